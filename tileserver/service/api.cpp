// The OpenAPI 3.0 document of all routes that are served; a test holds its paths to the router's.
#include <vector>

#include "tileserver/service/api_description.hpp"
#include "tileserver/service/negotiation.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {
namespace {

constexpr std::string_view api_type = "application/vnd.oai.openapi+json;version=3.0";
constexpr std::string_view json = "application/json";

/// What a route answers when all is well: a media type and the name of a schema; without one, bytes.
struct Content {
  std::string_view type, schema;
};

struct Operation {
  std::string_view path, id, tag;
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
  get["responses"] = std::move(responses);
  return {{"get", get}};
}

std::vector<Operation> features_operations() {
  return {{"/",
           "landing",
           "capabilities",
           {"Page d'accueil", "Landing page"},
           {"f"},
           {{json, "landing"}, {"text/html", ""}},
           {"400", "406"}},
          {"/conformance",
           "conformance",
           "capabilities",
           {"Classes de conformité", "Conformance classes"},
           {"f"},
           {{json, "conformance"}},
           {"400", "406"}},
          {"/api", "api", "capabilities", {"Ce document", "This document"}, {"f"}, {{api_type, "any"}}, {"400", "406"}},
          {"/collections",
           "collections",
           "data",
           {"Les couches", "The layers"},
           {"f"},
           {{json, "collections"}},
           {"400", "406"}},
          {"/collections/{layer}",
           "collection",
           "data",
           {"Une couche", "A layer"},
           {"layer", "f"},
           {{json, "collection"}},
           {"400", "404", "406"}},
          {"/collections/{layer}/queryables",
           "queryables",
           "data",
           {"Ce qu'un filtre peut nommer", "What a filter may name"},
           {"layer", "f"},
           {{"application/schema+json", "any"}},
           {"400", "404", "406"}},
          {"/collections/{layer}/schema",
           "schema",
           "data",
           {"Les propriétés d'une couche", "The properties of a layer"},
           {"layer", "f"},
           {{"application/schema+json", "any"}},
           {"400", "404", "406"}},
          {"/collections/{layer}/items",
           "items",
           "data",
           {"Les objets d'une couche", "The items of a layer"},
           {"layer", "f", "limit", "offset", "bbox", "bbox-crs", "datetime", "crs", "filter", "filter-lang",
            "filter-crs", "filter-crs", "properties", "sortby", "queryable"},
           {{"application/geo+json", "features"}},
           {"400", "404", "406"}},
          {"/collections/{layer}/items/{id}",
           "item",
           "data",
           {"Un objet", "An item"},
           {"layer", "item", "f", "crs"},
           {{"application/geo+json", "feature"}},
           {"400", "404", "406"}}};
}

std::vector<Operation> map_operations() {
  return {{"/xyz/{layers}.json",
           "tilejson",
           "tiles",
           {"TileJSON de une à huit couches", "TileJSON of one to eight layers"},
           {"layers", "f"},
           {{json, "tilejson"}},
           {"400", "404", "406"}},
          {"/xyz/{layers}/{z}/{x}/{y}.mvt",
           "tile",
           "tiles",
           {"Une tuile vectorielle", "A vector tile"},
           {"layers", "z", "x", "y", "v"},
           {{"application/vnd.mapbox-vector-tile", ""}},
           {"204", "400", "404"}},
          {"/styles", "styles", "styles", {"Les styles", "The styles"}, {"f"}, {{json, "styles"}}, {"400", "406"}},
          {"/styles/{id}",
           "style",
           "styles",
           {"Un style MapLibre", "A MapLibre style"},
           {"style", "f"},
           {{json, "style"}},
           {"400", "404", "406"}},
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
           {"400", "404"}}};
}

std::vector<Operation> other_operations() {
  return {
      {"/editions",
       "editions",
       "editions",
       {"Les éditions", "The editions"},
       {"f"},
       {{json, "editions"}},
       {"400", "406"}},
      {"/editions/{id}",
       "edition",
       "editions",
       {"Une édition : étape, règles, décisions", "An edition: stage, rules, decisions"},
       {"edition", "f"},
       {{json, "edition"}},
       {"400", "404", "406"}},
      {"/editions/{id}/quarters/{code}",
       "quarter",
       "editions",
       {"Un quartier, et pourquoi il a son niveau", "A quarter, and why it has its tier"},
       {"edition", "quarter", "f"},
       {{json, "quarter"}},
       {"400", "404", "406"}},
      {"/health/live", "liveness", "operations", {"Le serveur répond", "The server answers"}, {}, {{json, "any"}}, {}},
      {"/health/ready",
       "readiness",
       "operations",
       {"Un atlas est chargé", "An atlas is loaded"},
       {},
       {{json, "readiness"}},
       {"503"}}};
}

}  // namespace

Answer api(const Exchange& exchange) {
  static constexpr Format offered[] = {{"json", api_type}, {"json", json}};
  if (auto fault = exchange.query.fault({"f"})) return Unexpected{std::move(*fault)};
  const auto format = negotiated(exchange, offered);
  if (!format) return Unexpected{format.error()};

  const auto language = preferred_language(exchange.request.headers);
  Document paths = Document::object();
  for (const auto& operations : {features_operations(), map_operations(), other_operations()})
    for (const auto& operation : operations) paths[std::string(operation.path)] = written(operation, language);
  const Document problem{
      {"description", in(language, {"Pourquoi la demande est refusée.", "Why the request is refused."})},
      {"content", {{"application/problem+json", {{"schema", reference("schemas", "problem")}}}}}};
  const Document document{{"openapi", "3.0.3"},
                          {"info",
                           {{"title", exchange.atlas.title},
                            {"version", exchange.atlas.fingerprint},
                            {"description", in(language, {"Géographie prioritaire : quartiers, niveaux et décisions.",
                                                          "Priority geography: quarters, tiers and decisions."})}}},
                          {"servers", Document::array({{{"url", exchange.base_url}}})},
                          {"paths", paths},
                          {"components",
                           {{"parameters", api_parameters(exchange, language)},
                            {"responses", {{"problem", problem}}},
                            {"schemas", api_schemas()}}}};
  Response response = document_response(exchange, document, api_type);
  response.headers.set("Content-Language", language == Language::english ? "en" : "fr");
  response.headers.append("Vary", "Accept-Language");
  return response;
}

}  // namespace geoprio::service
