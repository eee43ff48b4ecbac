#include <algorithm>

#include "geo/core/grid_point.hpp"
#include "tileserver/service/document.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/resources.hpp"
#include "tileserver/service/tileset_description.hpp"

namespace geoprio::service {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ",") + percent_encoded(name);
  return list;
}

std::string_view tile_json_type(FieldType type) {
  switch (type) {
    case FieldType::boolean:
      return "Boolean";
    case FieldType::integer:
    case FieldType::real:
      return "Number";
    case FieldType::text:
      break;
  }
  return "String";
}

Document vector_layer(const domain::Layer& layer, unsigned max_zoom) {
  Document fields = Document::object();
  for (const auto& field : layer.fields) fields[field.name] = tile_json_type(field.type);
  return {{"id", layer.id}, {"description", layer.title}, {"minzoom", 0}, {"maxzoom", max_zoom}, {"fields", fields}};
}

}  // namespace

Document tileset_description(const atlas::Atlas& atlas, std::span<const std::size_t> layers, unsigned max_zoom) {
  Document vector_layers = Document::array();
  std::vector<std::string> attributions;
  for (const std::size_t number : layers) {
    const auto& layer = atlas.layers[number];
    vector_layers.push_back(vector_layer(layer, max_zoom));
    if (!layer.attribution.empty() &&
        std::find(attributions.begin(), attributions.end(), layer.attribution) == attributions.end())
      attributions.push_back(layer.attribution);
  }
  std::string attribution;
  for (const auto& one : attributions) attribution += (attribution.empty() ? "" : " · ") + one;

  Document document{{"name", atlas.title}};
  document["vector_layers"] = vector_layers;
  document["minzoom"] = 0;
  document["maxzoom"] = max_zoom;
  if (const auto bounds = atlas.bounds(layers))
    document["bounds"] = Document::array(
        {longitude_of(bounds->low), latitude_of(bounds->low), longitude_of(bounds->high), latitude_of(bounds->high)});
  if (!attribution.empty()) document["attribution"] = attribution;
  return document;
}

Answer tile_document(const Exchange& exchange, const TileJsonRoute& route) {
  const auto& atlas = exchange.atlas;
  std::vector<std::size_t> layers;
  for (const auto& name : route.layers) {
    const auto number = layer_named(atlas, name);
    if (!number) return Unexpected{number.error()};
    layers.push_back(*number);
  }
  if (auto fault = fault_of_document(exchange, Strict::no)) return Unexpected{std::move(*fault)};

  Document document = tileset_description(atlas, layers, atlas.max_zoom);
  document["tilejson"] = "3.0.0";
  document["tiles"] =
      Document::array({exchange.base_url + "/xyz/" + joined(route.layers) + "/{z}/{x}/{y}.mvt?v=" + atlas.fingerprint});
  document["scheme"] = "xyz";
  return document_response(exchange, document);
}

}  // namespace geoprio::service
