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

/// Which pages may show a page inside them.
enum class Framing { own_site, nobody };

/// What confines a page to this server.
inline void confine_page(Response& response, Framing framing = Framing::own_site) {
  // MapLibre GL JS runs its worker from a blob or from a file of ours, draws images from blobs and data URLs, and sets
  // styles by the DOM; it needs nothing else, and nothing of another host.
  response.headers.set(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; worker-src 'self' blob:; child-src 'self' blob:; style-src 'self'; "
      "img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; "
      "form-action 'self'; frame-ancestors " +
          std::string(framing == Framing::nobody ? "'none'" : "'self'"));
  response.headers.set("Referrer-Policy", "same-origin");
}

}  // namespace geoprio::service
