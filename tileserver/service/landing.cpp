#include "tileserver/service/document.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {

Answer landing(const Exchange& exchange) {
  static constexpr Format offered[] = {{"json", "application/json"}, {"html", "text/html"}};
  const auto format = negotiated(exchange, offered);
  if (!format) return Unexpected{format.error()};
  if (format->word == "html") return page(exchange, "index.html");

  const auto& base = exchange.base_url;
  const auto& atlas = exchange.atlas;
  Document links = Document::array();
  links.push_back(link("self", "application/json", base + "/?f=json", "Ce document"));
  links.push_back(link("alternate", "text/html", base + "/?f=html", "La carte"));
  links.push_back(link("service-desc", "application/vnd.oai.openapi+json;version=3.0", base + "/api",
                       "La description de l'interface (OpenAPI 3.0)"));
  links.push_back(link("conformance", "application/json", base + "/conformance", "Les classes de conformité"));
  links.push_back(link("data", "application/json", base + "/collections", "Les couches"));
  links.push_back(link("http://www.opengis.net/def/rel/ogc/1.0/styles", "application/json", base + "/styles",
                       "Les styles de carte"));
  links.push_back(link("related", "application/json", base + "/editions", "Les éditions"));
  const Document document{{"title", atlas.title},
                          {"description",
                           "Géographie prioritaire : quartiers, niveaux de priorité et décisions, en "
                           "GeoJSON et en tuiles vectorielles."},
                          {"fingerprint", atlas.fingerprint},
                          {"default_edition", atlas.default_edition},
                          {"links", links}};
  return document_response(exchange, document);
}

}  // namespace geoprio::service
