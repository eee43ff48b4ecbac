#include "tileserver/service/document.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {

Answer conformance(const Exchange& exchange) {
  if (auto fault = fault_of_plain_document(exchange, true)) return Unexpected{std::move(*fault)};
  const std::string features = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/";
  Document classes = Document::array();
  for (const auto* name : {"core", "oas30", "geojson"}) classes.push_back(features + name);
  classes.push_back("http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs");
  const Document document{
      {"links", Document::array({link("self", "application/json", exchange.base_url + "/conformance")})},
      {"conformsTo", classes}};
  return document_response(exchange, document);
}

}  // namespace geoprio::service
