#include "tileserver/service/document.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {

Answer conformance(const Exchange& exchange) {
  if (auto fault = fault_of_plain_document(exchange, true)) return Unexpected{std::move(*fault)};
  const std::string features = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/";
  Document classes = Document::array();
  for (const auto* name : {"core", "oas30", "geojson"}) classes.push_back(features + name);
  classes.push_back("http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs");
  const std::string filtering = "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/";
  for (const auto* name : {"queryables", "queryables-query-parameters", "filter", "features-filter"})
    classes.push_back(filtering + name);
  const std::string cql2 = "http://www.opengis.net/spec/cql2/1.0/conf/";
  for (const auto* name : {"cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators",
                           "case-insensitive-comparison", "accent-insensitive-comparison", "basic-spatial-functions",
                           "basic-spatial-functions-plus", "spatial-functions", "property-property", "arithmetic"})
    classes.push_back(cql2 + name);
  const Document document{
      {"links", Document::array({link("self", "application/json", exchange.base_url + "/conformance")})},
      {"conformsTo", classes}};
  return document_response(exchange, document);
}

}  // namespace geoprio::service
