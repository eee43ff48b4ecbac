#include "tileserver/service/api_description.hpp"

namespace geoprio::service {
namespace {

Document object_with(const Document& properties, const Document& required) {
  return {{"type", "object"}, {"required", required}, {"properties", properties}};
}
Document array_of(const Document& items) { return {{"type", "array"}, {"items", items}}; }
Document schema(std::string_view name) { return {{"$ref", "#/components/schemas/" + std::string(name)}}; }
const Document& text() {
  static const Document made = {{"type", "string"}};
  return made;
}
const Document& nothing_or_text() {
  static const Document made = {{"type", "string"}, {"nullable", true}};
  return made;
}
const Document& any_object() {
  static const Document made = {{"type", "object"}};
  return made;
}

Document geometry_schema() {
  Document names = Document::array({"Point", "MultiLineString", "Polygon", "MultiPolygon"});
  return {{"type", "object"},
          {"nullable", true},
          {"required", Document::array({"type", "coordinates"})},
          {"properties",
           {{"type", {{"type", "string"}, {"enum", names}}},
            {"coordinates", {{"type", "array"}, {"items", Document::object()}}}}}};
}

Document feature_schema() {
  const Document properties{{"type", {{"type", "string"}, {"enum", Document::array({"Feature"})}}},
                            {"id", text()},
                            {"geometry", geometry_schema()},
                            {"properties", any_object()},
                            {"links", array_of(schema("link"))}};
  return object_with(properties, Document::array({"type", "id", "geometry", "properties"}));
}

Document features_schema() {
  const Document count{{"type", "integer"}, {"minimum", 0}};
  const Document properties{{"type", {{"type", "string"}, {"enum", Document::array({"FeatureCollection"})}}},
                            {"features", array_of(schema("feature"))},
                            {"numberMatched", count},
                            {"numberReturned", count},
                            {"timeStamp", {{"type", "string"}, {"format", "date-time"}}},
                            {"links", array_of(schema("link"))}};
  return object_with(properties, Document::array({"type", "features", "numberMatched", "numberReturned", "links"}));
}

Document collection_schema() {
  const Document properties{
      {"id", text()},       {"title", text()},         {"attribution", text()}, {"extent", any_object()},
      {"itemType", text()}, {"crs", array_of(text())}, {"storageCrs", text()},  {"links", array_of(schema("link"))}};
  return object_with(properties, Document::array({"id", "links"}));
}

Document edition_schema() {
  const Document properties{{"id", text()},
                            {"title", text()},
                            {"stage", text()},
                            {"valid_from", nothing_or_text()},
                            {"valid_to", nothing_or_text()},
                            {"links", array_of(schema("link"))}};
  return object_with(properties, Document::array({"id", "title", "stage", "links"}));
}

Document landing_schema() {
  const Document seconds{{"type", "integer"}, {"minimum", 1}};
  const Document kiosk{{"idle_s", seconds}, {"warning_s", seconds}, {"near_limit_m", {{"type", "number"}}}};
  const Document basemap{
      {"style", text()}, {"pmtiles", text()}, {"raster", text()}, {"attribution", nothing_or_text()}};
  auto nothing_or_basemap = object_with(basemap, Document::array({"attribution"}));
  nothing_or_basemap["nullable"] = true;
  return object_with({{"title", text()},
                      {"description", text()},
                      {"kiosk", object_with(kiosk, Document::array({"idle_s", "warning_s", "near_limit_m"}))},
                      {"addresses", {{"type", "boolean"}}},
                      {"basemap", nothing_or_basemap},
                      {"links", array_of(schema("link"))}},
                     Document::array({"title", "kiosk", "addresses", "basemap", "links"}));
}

Document location_schema() {
  const Document number{{"type", "number"}};
  const Document membership = object_with({{"set", text()}, {"code", text()}, {"name", nothing_or_text()}},
                                          Document::array({"set", "code", "name"}));
  const Document answers = Document::array({"inside", "outside", "near_limit", "unavailable"});
  return object_with({{"lon", number},
                      {"lat", number},
                      {"edition", text()},
                      {"answer", {{"type", "string"}, {"enum", answers}}},
                      {"distance_m", {{"type", "number"}, {"nullable", true}}},
                      {"tier", nothing_or_text()},
                      {"memberships", array_of(membership)}},
                     Document::array({"lon", "lat", "edition", "answer", "distance_m", "tier", "memberships"}));
}

Document found_schema() {
  const Document number{{"type", "number"}};
  const Document kinds = Document::array({"quarter", "commune", "address"});
  const Document confidence{{"type", "number"}, {"minimum", 0}, {"maximum", 1}};
  const auto result = object_with({{"kind", {{"type", "string"}, {"enum", kinds}}},
                                   {"code", nothing_or_text()},
                                   {"label", text()},
                                   {"lon", number},
                                   {"lat", number},
                                   {"confidence", confidence}},
                                  Document::array({"kind", "code", "label", "lon", "lat", "confidence"}));
  return object_with({{"results", array_of(result)}}, Document::array({"results"}));
}

Document quarter_schema() {
  const Document number{{"type", "number"}};
  const auto neighbour = object_with({{"code", text()},
                                      {"name", nothing_or_text()},
                                      {"tier", nothing_or_text()},
                                      {"border_m", {{"type", "number"}, {"nullable", true}}}},
                                     Document::array({"code", "name", "tier", "border_m"}));
  const auto alternative =
      object_with({{"tier", text()},
                   {"kind", {{"type", "string"}, {"enum", Document::array({"score", "indicator"})}}},
                   {"id", text()},
                   {"from", number},
                   {"to", number},
                   {"change", number}},
                  Document::array({"tier", "kind", "id", "from", "to", "change"}));
  const Document range{{"type", "array"}, {"nullable", true}, {"minItems", 2}, {"maxItems", 2}, {"items", number}};
  return object_with(
      {{"code", text()},
       {"explanation", {{"type", "object"}, {"nullable", true}}},
       {"neighbours", array_of(neighbour)},
       {"population_range", range},
       {"alternatives", array_of(alternative)}},
      Document::array({"code", "explanation", "decisions", "neighbours", "population_range", "alternatives"}));
}

Document problem_schema() {
  const Document properties{
      {"type", text()},      {"title", text()}, {"status", {{"type", "integer"}}}, {"detail", text()},
      {"parameter", text()}, {"value", text()}, {"allowed", array_of(text())},     {"suggestion", text()}};
  return object_with(properties, Document::array({"type", "title", "status", "detail"}));
}

}  // namespace

Document api_schemas() {
  const Document links = array_of(schema("link"));
  Document schemas;
  schemas["link"] = object_with({{"href", text()}, {"rel", text()}, {"type", text()}, {"title", text()}},
                                Document::array({"href", "rel"}));
  schemas["landing"] = landing_schema();
  schemas["conformance"] = object_with({{"conformsTo", array_of(text())}}, Document::array({"conformsTo"}));
  schemas["collections"] = object_with({{"links", links}, {"collections", array_of(schema("collection"))}},
                                       Document::array({"links", "collections"}));
  schemas["collection"] = collection_schema();
  schemas["feature"] = feature_schema();
  schemas["features"] = features_schema();
  schemas["wholeLayer"] = object_with({{"type", {{"type", "string"}, {"enum", Document::array({"FeatureCollection"})}}},
                                       {"features", array_of(schema("feature"))}},
                                      Document::array({"type", "features"}));
  schemas["tilejson"] =
      object_with({{"tilejson", text()}, {"tiles", array_of(text())}}, Document::array({"tilejson", "tiles"}));
  schemas["tilesets"] =
      object_with({{"tilesets", array_of(schema("tileset"))}, {"links", links}}, Document::array({"tilesets"}));
  schemas["tileset"] = object_with(
      {{"title", text()}, {"dataType", text()}, {"crs", text()}, {"tileMatrixSetURI", text()}, {"links", links}},
      Document::array({"dataType", "crs", "links"}));
  schemas["tileMatrixSet"] = object_with({{"id", text()}, {"crs", text()}, {"tileMatrices", array_of(any_object())}},
                                         Document::array({"crs", "tileMatrices"}));
  schemas["styles"] = object_with({{"styles", array_of(any_object())}}, Document::array({"styles"}));
  schemas["style"] = object_with({{"version", {{"type", "integer"}}}, {"layers", array_of(any_object())}},
                                 Document::array({"version", "layers"}));
  schemas["editions"] = object_with({{"editions", array_of(schema("edition"))}, {"current", text()}},
                                    Document::array({"editions", "current"}));
  schemas["edition"] = edition_schema();
  schemas["quarter"] = quarter_schema();
  schemas["found"] = found_schema();
  schemas["location"] = location_schema();
  schemas["readiness"] = object_with({{"ready", {{"type", "boolean"}}}}, Document::array({"ready"}));
  schemas["any"] = any_object();
  schemas["problem"] = problem_schema();
  return schemas;
}

}  // namespace geoprio::service
