#include "tileserver/service/page_policy.hpp"

#include <string>
#include <string_view>

namespace geoprio::service {
namespace {

std::string_view ancestors(Embedding embedding) {
  switch (embedding) {
    case Embedding::by_anyone:
      return "*";
    case Embedding::by_this_server:
      return "'self'";
    case Embedding::by_nobody:
      return "'none'";
  }
  return "'none'";
}

}  // namespace

void confine_page(Response& response, const atlas::Atlas& atlas, Embedding embedding) {
  // Loading has made sure that an origin is a scheme, a host and a port, and nothing that could end the directive.
  std::string others;
  if (atlas.basemap)
    for (const auto& origin : atlas.basemap->origins) others += " " + origin;
  // MapLibre GL JS runs its worker from a blob or from a file of ours, draws images from blobs and data URLs, and sets
  // styles by the DOM; it fetches styles, tiles and glyphs, and needs nothing else.
  std::string policy =
      "default-src 'none'; script-src 'self'; worker-src 'self' blob:; child-src 'self' blob:; style-src 'self'; "
      "img-src 'self' data: blob:" +
      others + "; connect-src 'self'" + others +
      "; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors ";
  policy += ancestors(embedding);
  response.headers.set("Content-Security-Policy", std::move(policy));
  response.headers.set("Referrer-Policy", "same-origin");
}

}  // namespace geoprio::service
