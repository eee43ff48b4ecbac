#include "geo/core/grid_point.hpp"
#include "tileserver/service/crs_parameter.hpp"
#include "tileserver/service/document.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/resources.hpp"
#include "tileserver/service/stylesheets.hpp"
#include "tileserver/service/time_interval.hpp"

namespace geoprio::service {
namespace {

constexpr std::string_view gregorian = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian";
constexpr std::string_view crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// OGC 17-069r4 §7.13.2: the box around the land, and the days on which the edition is valid. Empty when neither is
/// known.
Document extent_document(const atlas::Atlas& atlas, const domain::Layer& layer) {
  Document extent = Document::object();
  if (layer.bounds) {
    const auto& [low, high] = *layer.bounds;
    const Document box{longitude_of(low), latitude_of(low), longitude_of(high), latitude_of(high)};
    extent["spatial"] = {{"bbox", Document::array({box})}, {"crs", crs84}};
  }
  if (const auto* edition = layer.edition.empty() ? nullptr : atlas.edition(layer.edition))
    extent["temporal"] = {{"interval", Document::array({interval_document(TimeInterval::of(*edition))})},
                          {"trs", gregorian}};
  return extent;
}

std::string tilejson_address(const Exchange& exchange, const domain::Layer& layer) {
  return exchange.base_url + "/xyz/" + percent_encoded(layer.id) + ".json";
}

/// What a format leaves out or fixes is said before it is downloaded.
Text export_title(const std::string& format) {
  if (format == "ods")
    return {"Toute la couche, sans sa géométrie (ods)", "The whole layer without its geometry (ods)"};
  if (format == "kml") return {"Toute la couche, en WGS 84 (kml)", "The whole layer in WGS 84 (kml)"};
  return {"Toute la couche (" + format + ")", "The whole layer (" + format + ")"};
}

Document collection_document(const Exchange& exchange, const domain::Layer& layer) {
  const std::string self = exchange.base_url + "/collections/" + percent_encoded(layer.id);
  Document document{{"id", layer.id}, {"title", layer.title.empty() ? layer.id : layer.title}};
  if (!layer.attribution.empty()) document["attribution"] = layer.attribution;
  if (!layer.licence.empty()) document["licence"] = layer.licence;
  if (!layer.edition.empty()) document["edition"] = layer.edition;
  if (auto extent = extent_document(exchange.atlas, layer); !extent.empty()) document["extent"] = std::move(extent);
  document["itemType"] = "feature";
  document["crs"] = crs_list(exchange);
  document["storageCrs"] = crs84;
  const auto language = language_of(exchange);
  const std::string ogc = "http://www.opengis.net/def/rel/ogc/1.0/";
  Document links = Document::array();
  const auto add = [&](std::string_view relation, std::string_view type, const std::string& address,
                       const Text& title) { links.push_back(link(relation, type, address, in(language, title))); };
  add("self", "application/json", self, {"Cette couche", "This layer"});
  add("items", "application/geo+json", self + "/items", {"Ses objets", "Its items"});
  add("items", "text/html", self + "/items?f=html", {"Ses objets, à lire", "Its items, to be read"});
  add(ogc + "queryables", "application/schema+json", self + "/queryables",
      {"Ce qu'un filtre peut nommer", "What a filter may name"});
  add(ogc + "schema", "application/schema+json", self + "/schema", {"Ses propriétés", "Its properties"});
  add(ogc + "tilesets-vector", "application/json", self + "/tiles", {"Ses tuiles", "Its tiles"});
  add("describedby", "application/json", tilejson_address(exchange, layer), {"TileJSON 3.0", "TileJSON 3.0"});
  for (const auto& format : export_formats())
    add("enclosure", export_type(format), exchange.base_url + "/exports/" + percent_encoded(layer.id) + "." + format,
        export_title(format));
  if (const auto style = style_of_layer(exchange.atlas, layer)) {
    const std::string address = exchange.base_url + "/styles/" + percent_encoded(*style);
    add("style", "application/json", address, {"Son style pour MapLibre", "Its style for MapLibre"});
    for (const auto& format : stylesheet_formats())
      add("style", format.type, address + "." + std::string(format.suffix), format.title);
  }
  add("alternate", "text/html", self + "?f=html", {"Cette page", "This page"});
  document["links"] = std::move(links);
  return document;
}

}  // namespace

Answer collections(const Exchange& exchange) {
  if (auto fault = fault_of_document(exchange, Strict::yes)) return Unexpected{std::move(*fault)};
  Document list = Document::array();
  for (const auto& layer : exchange.atlas.layers) list.push_back(collection_document(exchange, layer));
  const Document document{
      {"links", Document::array({link("self", "application/json", exchange.base_url + "/collections")})},
      {"collections", list}};
  return document_response(exchange, document);
}

Answer collection(const Exchange& exchange, const CollectionRoute& route) {
  const auto number = layer_named(exchange.atlas, route.layer);
  if (!number) return Unexpected{number.error()};
  if (auto fault = fault_of_document(exchange, Strict::yes)) return Unexpected{std::move(*fault)};
  const auto& layer = exchange.atlas.layers[*number];
  return document_response(exchange, collection_document(exchange, layer), "application/json",
                           {.tilejson = tilejson_address(exchange, layer)});
}

}  // namespace geoprio::service
