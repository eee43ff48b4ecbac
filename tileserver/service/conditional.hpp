// Answers that a client already has (RFC 9110 §13).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tileserver/cache/compression.hpp"
#include "tileserver/service/request.hpp"
#include "tileserver/service/response.hpp"

namespace geoprio::service {

/// A strong entity tag of these bytes.
[[nodiscard]] std::string content_etag(std::string_view bytes);

/// The tag of the same thing in that encoding: `"abc-br"`.
[[nodiscard]] std::string tag_in(std::string etag, cache::Encoding encoding);

/// Whether If-None-Match holds `etag` (weak comparison, RFC 9110 §8.8.3.2) or `*`.
[[nodiscard]] bool client_has(const Headers& request_headers, std::string_view etag);

/// The first tag of If-None-Match that begins so, quote included.
[[nodiscard]] std::optional<std::string> held_tag(const Headers& request_headers, std::string_view beginning);

/// The 304 in place of `full`: its ETag, Cache-Control, Vary and CORS headers, and no body.
[[nodiscard]] Response not_modified(const Response& full);

}  // namespace geoprio::service
