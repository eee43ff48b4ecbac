// The OpenAPI 3.0 document of all routes that are served; a test holds its paths to the router's.
#include <algorithm>
#include <vector>

#include "tileserver/service/api_description.hpp"
#include "tileserver/service/negotiation.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {
namespace {

constexpr std::string_view api_type = "application/vnd.oai.openapi+json;version=3.0";
constexpr std::string_view json = "application/json";
constexpr std::string_view qml = "application/vnd.qgis.qml";
constexpr std::string_view sld = "application/vnd.ogc.sld+xml;version=1.0";
constexpr std::string_view mvt = "application/vnd.mapbox-vector-tile";

/// What a route answers when all is well: a media type and the name of a schema; without one, bytes.
struct Content {
  std::string_view type, schema;
};

constexpr Content html = {"text/html", ""};

struct Operation {
  std::string_view path, id, tag;  ///< ids of tiles: those of OGC 20-057, /req/oas30/operation-id
  Text summary;
  std::vector<std::string_view> parameters;  ///< names among `api_parameters`
  std::vector<Content> contents;
  std::vector<std::string_view> refusals;  ///< statuses
};

Document reference(std::string_view kind, std::string_view name) {
  return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

Document content_of(const Operation& operation) {
  Document content = Document::object();
  for (const auto& [type, schema] : operation.contents)
    content[std::string(type)] = {
        {"schema", schema.empty() ? Document{{"type", "string"}, {"format", "binary"}} : reference("schemas", schema)}};
  return content;
}

/// Whose answer depends on who asks: all but pages, their files, the backdrop and health, which a token changes nothing
/// of.
bool is_for_readers(std::string_view path) {
  const std::vector<std::string_view> same_for_everyone = {"/health/", "/assets/", "/basemap/", "/kiosk",
                                                           "/moderation"};
  return std::none_of(same_for_everyone.begin(), same_for_everyone.end(),
                      [&](std::string_view beginning) { return path.starts_with(beginning); });
}

Document written(const Operation& operation, Language language) {
  Document get{{"operationId", operation.id},
               {"tags", Document::array({operation.tag})},
               {"summary", in(language, operation.summary)}};
  Document parameters = Document::array();
  for (const auto name : operation.parameters) parameters.push_back(reference("parameters", name));
  if (!parameters.empty()) get["parameters"] = std::move(parameters);
  Document responses;
  responses["200"] = {{"description", in(language, operation.summary)}, {"content", content_of(operation)}};
  for (const auto status : operation.refusals)
    responses[std::string(status)] =
        status == "204" ? Document{{"description", "—"}} : reference("responses", "problem");
  // A bearer's bad token, too many of them, a store that cannot be asked.
  if (is_for_readers(operation.path))
    for (const auto* status : {"401", "429", "503"}) responses[status] = reference("responses", "problem");
  get["responses"] = std::move(responses);
  return {{"get", get}};
}

std::vector<Operation> features_operations() {
  return {{"/",
           "landing",
           "capabilities",
           {"Page d'accueil", "Landing page"},
           {"f", "lang"},
           {{json, "landing"}, html},
           {"400", "406"}},
          {"/conformance",
           "conformance",
           "capabilities",
           {"Classes de conformité", "Conformance classes"},
           {"f", "lang"},
           {{json, "conformance"}, html},
           {"400", "406"}},
          {"/api",
           "api",
           "capabilities",
           {"Ce document", "This document"},
           {"f", "lang"},
           {{api_type, "any"}, html},
           {"400", "406"}},
          {"/collections",
           "collections",
           "data",
           {"Les couches", "The layers"},
           {"f", "lang"},
           {{json, "collections"}, html},
           {"400", "406"}},
          {"/collections/{layer}",
           "collection",
           "data",
           {"Une couche", "A layer"},
           {"layer", "f", "lang"},
           {{json, "collection"}, html},
           {"400", "404", "406"}},
          {"/collections/{layer}/queryables",
           "queryables",
           "data",
           {"Ce qu'un filtre peut nommer", "What a filter may name"},
           {"layer", "f", "lang"},
           {{"application/schema+json", "any"}, html},
           {"400", "404", "406"}},
          {"/collections/{layer}/schema",
           "schema",
           "data",
           {"Les propriétés d'une couche", "The properties of a layer"},
           {"layer", "f", "lang"},
           {{"application/schema+json", "any"}, html},
           {"400", "404", "406"}},
          {"/collections/{layer}/items",
           "items",
           "data",
           {"Les objets d'une couche", "The items of a layer"},
           {"layer", "f-items", "lang", "limit", "offset", "bbox", "bbox-crs", "datetime", "crs", "filter",
            "filter-lang", "filter-crs", "properties", "sortby", "queryable"},
           {{"application/geo+json", "features"}, html},
           {"400", "404", "406", "414", "431"}},
          {"/collections/{layer}/items/{id}",
           "item",
           "data",
           {"Un objet", "An item"},
           {"layer", "item", "f-items", "lang", "crs"},
           {{"application/geo+json", "feature"}, html},
           {"400", "404", "406"}}};
}

std::vector<Operation> map_operations() {
  return {{"/xyz/{layers}.json",
           "tilejson",
           "tiles",
           {"TileJSON de une à huit couches", "TileJSON of one to eight layers"},
           {"layers", "f", "lang"},
           {{json, "tilejson"}, html},
           {"400", "404", "406"}},
          {"/xyz/{layers}/{z}/{x}/{y}.mvt",
           "tile",
           "tiles",
           {"Une tuile vectorielle", "A vector tile"},
           {"layers", "z", "x", "y", "v"},
           {{mvt, ""}},
           {"204", "400", "404"}},
          {"/tileMatrixSets",
           "getTileMatrixSetsList",
           "tiles",
           {"Les découpages en tuiles", "The tile matrix sets"},
           {"f", "lang"},
           {{json, "any"}, html},
           {"400", "406"}},
          {"/tileMatrixSets/WebMercatorQuad",
           "getTileMatrixSet",
           "tiles",
           {"Comment les tuiles sont découpées", "How the tiles are cut"},
           {"f", "lang"},
           {{json, "tileMatrixSet"}, html},
           {"400", "406"}},
          {"/tiles",
           ".dataset.vector.getTileSetsList",
           "tiles",
           {"Les jeux de tuiles de l'atlas", "The tilesets of the atlas"},
           {"f", "lang", "collections"},
           {{json, "tilesets"}, html},
           {"400", "404", "406"}},
          {"/tiles/WebMercatorQuad",
           ".dataset.vector.getTileSet",
           "tiles",
           {"Les tuiles de l'atlas", "The tiles of the atlas"},
           {"f", "lang", "collections"},
           {{json, "tileset"}, html},
           {"400", "404", "406"}},
          {"/tiles/WebMercatorQuad/{z}/{y}/{x}",
           ".dataset.vector.getTile",
           "tiles",
           {"Une tuile vectorielle de l'atlas", "A vector tile of the atlas"},
           {"z", "y", "x", "collections", "v"},
           {{mvt, ""}},
           {"204", "400", "404"}},
          {"/collections/{layer}/tiles",
           ".collection.vector.getTileSetsList",
           "tiles",
           {"Les jeux de tuiles d'une couche", "The tilesets of a layer"},
           {"layer", "f", "lang"},
           {{json, "tilesets"}, html},
           {"400", "404", "406"}},
          {"/collections/{layer}/tiles/WebMercatorQuad",
           ".collection.vector.getTileSet",
           "tiles",
           {"Les tuiles d'une couche", "The tiles of a layer"},
           {"layer", "f", "lang"},
           {{json, "tileset"}, html},
           {"400", "404", "406"}},
          {"/collections/{layer}/tiles/WebMercatorQuad/{z}/{y}/{x}",
           ".collection.vector.getTile",
           "tiles",
           {"Une tuile vectorielle d'une couche", "A vector tile of a layer"},
           {"layer", "z", "y", "x", "v"},
           {{mvt, ""}},
           {"204", "400", "404"}},
          {"/exports/{layer}.{format}",
           "export",
           "data",
           {"Une couche entière à télécharger", "A whole layer to download"},
           {"layer", "format", "bbox", "bbox-crs", "datetime", "crs", "filter", "filter-lang", "filter-crs",
            "properties", "sortby", "queryable"},
           {{"application/geo+json", "wholeLayer"}, {"*/*", ""}},
           {"400", "404", "414", "416", "431"}},
          {"/styles",
           "styles",
           "styles",
           {"Les styles", "The styles"},
           {"f", "lang"},
           {{json, "styles"}, html},
           {"400", "406"}},
          {"/styles/{id}",
           "style",
           "styles",
           {"Un style, pour MapLibre si rien d'autre n'est demandé", "A style, for MapLibre unless asked otherwise"},
           {"style", "f-style", "lang"},
           {{json, "style"}, {"application/vnd.mapbox.style+json", "style"}, {qml, ""}, {sld, ""}, html},
           {"400", "404", "406"}},
          {"/styles/{id}.{format}",
           "stylesheet",
           "styles",
           {"Un style pour QGIS (qml) ou en SLD 1.0 (sld)", "A style for QGIS (qml) or as SLD 1.0 (sld)"},
           {"style", "stylesheet"},
           {{qml, ""}, {sld, ""}},
           {"400", "404"}},
          {"/sprites/{file}",
           "sprite",
           "styles",
           {"Motifs de la carte", "Patterns of the map"},
           {"sprite"},
           {{json, "any"}, {"image/png", ""}},
           {"400", "404"}},
          {"/assets/{path}",
           "asset",
           "styles",
           {"Un fichier des pages", "A file of the pages"},
           {"asset"},
           {{"*/*", ""}},
           {"400", "404"}},
          {"/basemap/{file}",
           "basemap",
           "styles",
           {"Le fichier du fond de carte, par parties", "The basemap's file, by parts"},
           {"basemap"},
           {{"*/*", ""}},
           {"400", "404"}},
          {"/kiosk",
           "kiosk",
           "pages",
           {"La borne de la mairie", "The town hall's kiosk"},
           {"f"},
           {html},
           {"400", "404", "406"}},
          {"/moderation",
           "moderation",
           "pages",
           {"La page des modérateurs", "The moderators' page"},
           {"f"},
           {html},
           {"400", "404", "406"}}};
}

std::vector<Operation> other_operations() {
  return {
      {"/editions",
       "editions",
       "editions",
       {"Les éditions", "The editions"},
       {"f", "lang"},
       {{json, "editions"}, html},
       {"400", "406"}},
      {"/editions/{id}",
       "edition",
       "editions",
       {"Une édition : étape, règles, décisions", "An edition: stage, rules, decisions"},
       {"edition", "f", "lang"},
       {{json, "edition"}, html},
       {"400", "404", "406"}},
      {"/editions/{id}/quarters/{code}",
       "quarter",
       "editions",
       {"Un quartier, et pourquoi il a son niveau", "A quarter, and why it has its tier"},
       {"edition", "quarter", "f", "lang"},
       {{json, "quarter"}, html},
       {"400", "404", "406"}},
      {"/locate",
       "locate",
       "questions",
       {"Ce qui contient un point, et s'il est dans la géographie prioritaire",
        "What holds a place, and whether it is in the priority geography"},
       {"lon", "lat", "located-edition", "f-json", "lang"},
       {{json, "location"}},
       {"400", "404", "406"}},
      {"/search",
       "search",
       "questions",
       {"Quartiers, communes et adresses par leur nom", "Quarters, communes and addresses by name"},
       {"q", "search-limit", "f-json", "lang"},
       {{json, "found"}},
       {"400", "406"}},
      {"/health/live", "liveness", "operations", {"Le serveur répond", "The server answers"}, {}, {{json, "any"}}, {}},
      {"/health/ready",
       "readiness",
       "operations",
       {"Un atlas est chargé", "An atlas is loaded"},
       {},
       {{json, "readiness"}},
       {"503"}}};
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string list;
  for (const auto word : words) list.append(list.empty() ? "" : ", ").append(word);
  return list;
}

/// The routes as a table to be read.
Document routes_document(const Exchange& exchange, Language language) {
  Document routes = Document::array();
  for (const auto& operations : {features_operations(), map_operations(), other_operations()})
    for (const auto& operation : operations)
      routes.push_back({{"path", operation.path},
                        {"summary", in(language, operation.summary)},
                        {"parameters", joined(operation.parameters)}});
  for (const auto& route : consultation_routes())
    routes.push_back(
        {{"path", route.path}, {"summary", in(language, route.summary)}, {"parameters", route.parameters}});
  return {{"title", in(language, {"L'interface", "The interface"})},
          {"routes", std::move(routes)},
          {"links", Document::array({link("self", api_type, exchange.base_url + "/api")})}};
}

}  // namespace

Answer api(const Exchange& exchange) {
  if (auto fault = fault_of_document(exchange, Strict::yes, api_type)) return Unexpected{std::move(*fault)};

  const auto language = language_of(exchange);
  if (asks_for_a_page(exchange, api_type))
    return document_response(exchange, routes_document(exchange, language), api_type);
  Document paths = Document::object();
  for (const auto& operations : {features_operations(), map_operations(), other_operations()})
    for (const auto& operation : operations) paths[std::string(operation.path)] = written(operation, language);
  paths.update(consultation_paths(language));
  auto parameters = api_parameters(exchange, language);
  parameters.update(consultation_parameters(language));
  auto schemas = api_schemas();
  schemas.update(consultation_schemas());
  const Document problem{
      {"description", in(language, {"Pourquoi la demande est refusée.", "Why the request is refused."})},
      {"content", {{"application/problem+json", {{"schema", reference("schemas", "problem")}}}}}};
  const Document document{
      {"openapi", "3.0.3"},
      {"info",
       {{"title", exchange.atlas.title},
        {"version", exchange.atlas.fingerprint},
        {"description", in(language, {"Géographie prioritaire : quartiers, niveaux et décisions. Avec un jeton "
                                      "(Authorization: Bearer, ou le cookie de POST /session), les brouillons et les "
                                      "préfigurations aussi.",
                                      "Priority geography: quarters, tiers and decisions. With a token (Authorization: "
                                      "Bearer, or the cookie of POST /session), drafts and prefigurations too."})}}},
      {"servers", Document::array({{{"url", exchange.base_url}}})},
      {"paths", paths},
      {"components", {{"parameters", parameters}, {"responses", {{"problem", problem}}}, {"schemas", schemas}}}};
  return document_response(exchange, document, api_type);
}

}  // namespace geoprio::service
