#include "tileserver/service/document.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {

Answer conformance(const Exchange& exchange) {
  if (auto fault = fault_of_document(exchange, Strict::yes)) return Unexpected{std::move(*fault)};
  const std::string features = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/";
  Document classes = Document::array();
  for (const auto* name : {"core", "oas30", "html", "geojson"}) classes.push_back(features + name);
  classes.push_back("http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs");
  const std::string filtering = "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/";
  for (const auto* name : {"queryables", "queryables-query-parameters", "filter", "features-filter"})
    classes.push_back(filtering + name);
  const std::string cql2 = "http://www.opengis.net/spec/cql2/1.0/conf/";
  for (const auto* name : {"cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators",
                           "case-insensitive-comparison", "accent-insensitive-comparison", "basic-spatial-functions",
                           "basic-spatial-functions-plus", "spatial-functions", "property-property", "arithmetic"})
    classes.push_back(cql2 + name);
  const std::string tiles = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/";
  for (const auto* name : {"core", "tileset", "tilesets-list", "dataset-tilesets", "geodata-tilesets",
                           "collections-selection", "mvt", "oas30"})
    classes.push_back(tiles + name);
  const std::string matrices = "http://www.opengis.net/spec/tms/2.0/conf/";
  for (const auto* name : {"tilematrixset", "json-tilematrixset", "tilematrixsetlimits", "json-tilematrixsetlimits"})
    classes.push_back(matrices + name);
  const std::string common = "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/";
  for (const auto* name : {"core", "landing-page", "json", "html", "oas30"}) classes.push_back(common + name);
  classes.push_back("http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections");
  // A draft still (OGC 20-009): clients look for its classes under version 0.0.
  const std::string styles = "http://www.opengis.net/spec/ogcapi-styles-1/0.0/conf/";
  for (const auto* name : {"core", "html", "mapbox-styles", "sld-10"}) classes.push_back(styles + name);
  const Document document{
      {"links", Document::array({link("self", "application/json", exchange.base_url + "/conformance")})},
      {"conformsTo", classes}};
  return document_response(exchange, document);
}

}  // namespace geoprio::service
