#include "geo/core/grid_point.hpp"
#include "tileserver/service/crs_parameter.hpp"
#include "tileserver/service/document.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/resources.hpp"
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
  document["links"] = Document::array(
      {link("self", "application/json", self, "Cette couche"),
       link("items", "application/geo+json", self + "/items", "Ses objets"),
       link("http://www.opengis.net/def/rel/ogc/1.0/queryables", "application/schema+json", self + "/queryables",
            "Ce qu'un filtre peut nommer"),
       link("http://www.opengis.net/def/rel/ogc/1.0/schema", "application/schema+json", self + "/schema",
            "Ses propriétés"),
       link("http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", "application/json",
            exchange.base_url + "/xyz/" + percent_encoded(layer.id) + ".json", "Ses tuiles (TileJSON)")});
  return document;
}

}  // namespace

Answer collections(const Exchange& exchange) {
  if (auto fault = fault_of_plain_document(exchange, true)) return Unexpected{std::move(*fault)};
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
  if (auto fault = fault_of_plain_document(exchange, true)) return Unexpected{std::move(*fault)};
  return document_response(exchange, collection_document(exchange, exchange.atlas.layers[*number]));
}

}  // namespace geoprio::service
