// The head of an answer as it goes on the wire.
#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "tileserver/service/response.hpp"

namespace geoprio::http {

/// What the connection does once the answer is written.
enum class Afterwards { close, keep_open, keep_open_for_http_1_0 };

/// How a client knows where a streamed body ends: HTTP/1.0 has no chunks.
enum class Framing { chunks, end_of_connection };

/// Appends status line and fields to the empty line, with Date, Connection and, where RFC 9110 §8.6 allows one,
/// Content-Length, or what a streamed body has in its place. Appends, so that a connection's heads share one memory.
void append_head(std::string& head, const service::Response& response, std::string_view date, Afterwards afterwards,
                 Framing framing = Framing::chunks);

/// The time as RFC 9110 §5.6.7 writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
[[nodiscard]] std::string http_date(std::time_t time);

}  // namespace geoprio::http
