#include <algorithm>
#include <utility>

#include "tileserver/service/api_description.hpp"
#include "tileserver/service/item_filter.hpp"
#include "tileserver/service/page_size.hpp"
#include "tileserver/service/resources.hpp"
#include "tileserver/service/router.hpp"
#include "tileserver/service/stylesheets.hpp"

namespace geoprio::service {
namespace {

Document text_schema() { return {{"type", "string"}}; }

class Parameters {
 public:
  explicit Parameters(Language language) : language_(language) {}

  void in_path(std::string_view key, std::string_view name, Document schema, const Text& description) {
    list_[std::string(key)] = {{"name", name},
                               {"in", "path"},
                               {"required", true},
                               {"description", in(language_, description)},
                               {"schema", std::move(schema)}};
  }
  void in_query(std::string_view name, Document schema, const Text& description) {
    in_query(name, name, std::move(schema), description);
  }
  /// A parameter that has other values on other routes.
  void in_query(std::string_view key, std::string_view name, Document schema, const Text& description) {
    list_[std::string(key)] = {{"name", name},
                               {"in", "query"},
                               {"required", false},
                               {"description", in(language_, description)},
                               {"schema", std::move(schema)},
                               {"style", "form"},
                               {"explode", false}};
  }
  /// One that a route does not answer without.
  void in_query_always(std::string_view name, Document schema, const Text& description) {
    in_query(name, std::move(schema), description);
    list_[std::string(name)]["required"] = true;
  }
  /// Parameters whose names are the layer's own.
  void in_any_name(std::string_view key, const Text& description) {
    list_[std::string(key)] = {{"name", key},
                               {"in", "query"},
                               {"required", false},
                               {"description", in(language_, description)},
                               {"schema", {{"type", "object"}, {"additionalProperties", text_schema()}}},
                               {"style", "form"},
                               {"explode", true}};
  }
  [[nodiscard]] Document list() && { return std::move(list_); }

 private:
  Language language_;
  Document list_ = Document::object();
};

Document word_schema(const Document& words) { return {{"type", "string"}, {"enum", words}}; }

Document degrees_schema(double limit) { return {{"type", "number"}, {"minimum", -limit}, {"maximum", limit}}; }

Document count_schema(std::uint64_t lowest) { return {{"type", "integer"}, {"minimum", lowest}}; }

template <class List, class Id>
Document one_of(const List& list, Id id) {
  Document words = Document::array();
  for (const auto& element : list) words.push_back(id(element));
  Document schema = text_schema();
  if (!words.empty()) schema["enum"] = std::move(words);
  return schema;
}

Document limit_schema() {
  auto schema = count_schema(1);
  schema["maximum"] = highest_limit;
  schema["default"] = usual_limit;
  return schema;
}

Document collections_schema(const atlas::Atlas& atlas) {
  return {{"type", "array"},
          {"minItems", 1},
          {"maxItems", most_layers_in_a_tile},
          {"uniqueItems", true},
          {"items", one_of(atlas.layers, [](const auto& layer) { return layer.id; })}};
}

Document bbox_schema() {
  // OGC 17-069r4 §7.15.3, /req/core/fc-bbox-definition; its version 1.0.0, and the OGC's suite, have the outer two.
  return {{"type", "array"},
          {"minItems", 4},
          {"maxItems", 6},
          {"oneOf", Document::array({{{"minItems", 4}, {"maxItems", 4}}, {{"minItems", 6}, {"maxItems", 6}}})},
          {"items", {{"type", "number"}}}};
}

void add_path_parameters(Parameters& parameters, const atlas::Atlas& atlas) {
  const auto id_of = [](const auto& element) { return element.id; };
  parameters.in_path("layer", "layer", one_of(atlas.layers, id_of), {"Une couche.", "A layer."});
  parameters.in_path("item", "id", text_schema(), {"L'identifiant d'un objet.", "The id of an item."});
  parameters.in_path("format", "format", one_of(export_formats(), [](const auto& format) { return format; }),
                     {"Le format du téléchargement.", "The format of the download."});
  parameters.in_path("layers", "layers", text_schema(),
                     {"Une à huit couches, séparées par des virgules.", "One to eight layers, with commas between."});
  parameters.in_path("z", "z", {{"type", "integer"}, {"minimum", 0}, {"maximum", atlas.max_zoom}}, {"Zoom.", "Zoom."});
  parameters.in_path("x", "x", count_schema(0), {"Colonne, de l'ouest.", "Column, from the west."});
  parameters.in_path("y", "y", count_schema(0), {"Ligne, du nord.", "Row, from the north."});
  parameters.in_path("style", "id", text_schema(), {"Un style.", "A style."});
  parameters.in_path("stylesheet", "format",
                     one_of(stylesheet_formats(), [](const auto& format) { return format.suffix; }),
                     {"Le langage du style.", "The language of the style."});
  parameters.in_path("sprite", "file", text_schema(), {"Un fichier de motifs.", "A file of patterns."});
  parameters.in_path("edition", "id", one_of(atlas.editions, id_of), {"Une édition.", "An edition."});
  parameters.in_path("quarter", "code", text_schema(), {"Le code d'un quartier.", "The code of a quarter."});
  parameters.in_path("asset", "path", text_schema(), {"Un fichier des pages.", "A file of the pages."});
  parameters.in_path("basemap", "file", text_schema(),
                     {"Le fichier que [basemap] nomme.", "The file that [basemap] names."});
}

void add_parameters_of_questions(Parameters& parameters, const atlas::Atlas& atlas) {
  parameters.in_query_always("lon", degrees_schema(180), {"La longitude, en degrés.", "The longitude, in degrees."});
  parameters.in_query_always("lat", degrees_schema(90), {"La latitude, en degrés.", "The latitude, in degrees."});
  auto question = text_schema();
  question["maxLength"] = 200;
  parameters.in_query_always(
      "q", std::move(question),
      {"Ce que l'on cherche, fautes de frappe comprises.", "What is looked for, misspelt or not."});
  auto limit = count_schema(1);
  limit["maximum"] = highest_search_limit;
  limit["default"] = usual_search_limit;
  parameters.in_query(
      "search-limit", "limit", std::move(limit),
      {"Combien de résultats au plus ; au-delà de 20, 20.", "How many results at most; more than 20 gives 20."});
  parameters.in_query("located-edition", "edition",
                      one_of(atlas.editions, [](const auto& edition) { return edition.id; }),
                      {"L'édition ; sans elle, celle de la carte.", "The edition; without it, the map's."});
}

}  // namespace

Document api_parameters(const Exchange& exchange, Language language) {
  Parameters parameters(language);
  add_path_parameters(parameters, exchange.atlas);
  const Text format = {"Le format, qui l'emporte sur l'en-tête Accept.",
                       "The format, stronger than the Accept header."};
  parameters.in_query("f", word_schema(Document::array({"json", "html"})), format);
  parameters.in_query("f-json", "f", word_schema(Document::array({"json"})), format);
  parameters.in_query("f-items", "f", word_schema(Document::array({"geojson", "json", "html"})), format);
  parameters.in_query("f-style", "f", word_schema(Document::array({"json", "mapbox", "qml", "sld", "html"})), format);
  parameters.in_query("lang", {{"type", "string"}, {"enum", Document::array({"fr", "en"})}},
                      {"La langue, qui l'emporte sur l'en-tête Accept-Language.",
                       "The language, stronger than the Accept-Language header."});
  parameters.in_query(
      "collections", collections_schema(exchange.atlas),
      {"Une à huit couches ; sans elles, celles de la carte.", "One to eight layers; without them, those of the map."});
  parameters.in_query("limit", limit_schema(),
                      {"Combien d'objets au plus par page ; au-delà de 10 000, 10 000.",
                       "How many items a page holds at most; more than 10,000 is served as 10,000."});
  parameters.in_query("offset", count_schema(0),
                      {"Combien d'objets passer ; les liens next et prev le portent.",
                       "How many items to pass over; the links next and prev have it."});
  parameters.in_query("bbox", bbox_schema(),
                      {"Les objets qui touchent cette boîte : ouest,sud,est,nord.",
                       "The items that meet this box: west,south,east,north."});
  const auto addresses = one_of(exchange.snapshot.crs, [](const auto& crs) { return crs.address(); });
  parameters.in_query("filter-crs", addresses,
                      {"Le système des géométries de filter ; CRS84 sans lui.",
                       "The system of the geometries in filter; CRS84 without it."});
  parameters.in_query("bbox-crs", addresses,
                      {"Le système de bbox ; CRS84 sans lui.", "The system of bbox; CRS84 without it."});
  parameters.in_query("crs", addresses,
                      {"Le système de la réponse ; CRS84 sans lui.", "The answer's system; CRS84 without it."});
  parameters.in_query(
      "filter", {{"type", "string"}, {"minLength", 1}, {"maxLength", longest_filter}},
      {"Une condition en CQL2 sur les propriétés de la couche. La ligne de requête et les en-têtes n'ont ensemble que "
       "8192 octets, échappements compris : au-delà, 414 ou 431.",
       "A condition in CQL2 on the layer's properties. The request line and header fields have 8192 bytes together, "
       "escapes included: beyond, 414 or 431."});
  parameters.in_query(
      "filter-lang",
      {{"type", "string"}, {"enum", Document::array({"cql2-text", "cql2-json"})}, {"default", "cql2-text"}},
      {"Le langage de filter.", "The language of filter."});
  parameters.in_query("properties", {{"type", "array"}, {"items", text_schema()}},
                      {"Les propriétés qui sont écrites.", "The properties that are written."});
  parameters.in_query("sortby", {{"type", "array"}, {"items", text_schema()}},
                      {"L'ordre : des propriétés, précédées de - pour descendre.",
                       "The order: properties, with a - before one to descend."});
  parameters.in_any_name("queryable", {"Les objets dont une propriété a cette valeur ; queryables les nomme.",
                                       "The items of which a property has this value; queryables names them."});
  parameters.in_query(
      "datetime", text_schema(),
      {"Les objets d'une édition valide à ce moment ou dans cet intervalle ; une couche de contexte n'a "
       "pas de date et répond toujours.",
       "The items of an edition that is valid at this moment or in this interval; a context set has no "
       "date and always answers."});
  parameters.in_query("v", text_schema(),
                      {"L'empreinte de l'atlas : la tuile se garde sans limite.",
                       "The atlas's fingerprint: the tile may be kept for ever."});
  add_parameters_of_questions(parameters, exchange.atlas);
  return std::move(parameters).list();
}

}  // namespace geoprio::service
