// The headers that answers have in common.
#pragma once

#include <string>
#include <string_view>

#include "tileserver/service/response.hpp"

namespace geoprio::service {

/// An answer that any page of any site may read (CORS), errors and 304 included, and whose type is not to be guessed.
/// An empty `content_type` leaves that header out.
[[nodiscard]] inline Response public_response(unsigned status, std::string_view content_type, Body body = {}) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  if (!content_type.empty()) response.headers.set("Content-Type", std::string(content_type));
  response.headers.set("Access-Control-Allow-Origin", "*");
  response.headers.set("Access-Control-Expose-Headers",
                       "ETag, Link, Allow, Content-Crs, Content-Language, Accept-Ranges, Content-Range, "
                       "Content-Disposition, Retry-After");
  response.headers.set("X-Content-Type-Options", "nosniff");
  return response;
}

}  // namespace geoprio::service
