// A part of a body by its bytes (RFC 9110 §14), so that a long download can be gone on with.
#pragma once

#include "tileserver/service/headers.hpp"
#include "tileserver/service/response.hpp"

namespace geoprio::service {

/// The part (206) that Range asks for, or the 416 that tells the size; the response as it is without one, with several
/// ranges, or when If-Range names another tag than the response's.
[[nodiscard]] Response with_range(const Headers& request, Response response);

}  // namespace geoprio::service
