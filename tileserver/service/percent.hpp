// Percent-encoding of URL parts (RFC 3986 §2.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace geoprio::service {

/// The bytes behind an encoded path segment; nothing when an escape is broken, or the bytes are not UTF-8 or hold a
/// NUL.
[[nodiscard]] std::optional<std::string> decoded_segment(std::string_view encoded);

/// The same for a name or value in a query, where `+` is a space (WHATWG URL §5.1).
[[nodiscard]] std::optional<std::string> decoded_query_part(std::string_view encoded);

/// `text` with everything but unreserved characters encoded: fit for one path segment or one query value.
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// Whether `bytes` are well-formed UTF-8 (Unicode 15, table 3-7).
[[nodiscard]] bool well_formed_utf8(std::string_view bytes);

}  // namespace geoprio::service
