// A part of a body by its bytes (RFC 9110 §14), so that a long download can be gone on with.
#pragma once

#include <cstdint>
#include <optional>

#include "tileserver/service/request.hpp"
#include "tileserver/service/response.hpp"

namespace geoprio::service {

struct BytePart {
  std::uint64_t first = 0, count = 0;
};

/// What of a body of `size` bytes Range asks for, its status (206) and Content-Range set; the whole without a range,
/// with several, when If-Range names another tag than the response's, for a response that is no 200, and for HEAD. The
/// body is the caller's to fill. Nothing for a range behind the end: the response is then the whole 416, which tells
/// the size.
[[nodiscard]] std::optional<BytePart> part_asked(const Request& request, Response& response, std::uint64_t size);

/// The response with the part of its body that is asked for, or the 416.
[[nodiscard]] Response with_range(const Request& request, Response response);

}  // namespace geoprio::service
