#include "tileserver/atlas/network_tiles.hpp"

#include <utility>
#include <variant>

namespace geoprio::atlas {

NetworkTiles::NetworkTiles(std::span<const domain::Layer> layers, std::vector<LayerTiles> tiles)
    : layers_(layers), tiles_(std::move(tiles)) {
  for (const auto& layer : layers_) {
    auto& table = tables_.emplace_back(layer.id, layer.fields);
    for (const auto& feature : layer.features)
      table.add_feature(domain::tile_feature_id(layer.id, feature.id), feature.values);
    table.finish();
  }
}

std::string NetworkTiles::cut(std::size_t number, tiling::TileCoordinate tile) const {
  if (const auto& [network, kinds] = tiles_[number]; network) {
    const auto borders = network->borders_in(tile);
    if (const auto* groups = std::get_if<tiling::FeatureGroups>(&kinds))
      return mvt::encoded_layer(tables_[number], tiling::cut_polygons(borders, *groups));
    return mvt::encoded_layer(tables_[number], tiling::cut_lines(borders, std::get<tiling::BorderFeatures>(kinds)));
  }
  std::vector<mvt::TilePointFeature> points;
  const auto& features = layers_[number].features;
  for (std::uint32_t feature = 0; feature < features.size(); ++feature)
    if (const auto* place = std::get_if<DegreePoint>(&features[feature].geometry))
      if (const auto point = tiling::tile_point(*place, tile)) points.push_back({feature, *point});
  return mvt::encoded_layer(tables_[number], points);
}

}  // namespace geoprio::atlas
