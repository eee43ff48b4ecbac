#include "tileserver/atlas/network_tiles.hpp"

#include <utility>
#include <variant>

namespace geoprio::atlas {

NetworkTiles::NetworkTiles(std::span<const domain::Layer> layers, std::vector<tiling::Network> networks,
                           std::vector<LayerTiles> tiles)
    : networks_(std::move(networks)), tiles_(std::move(tiles)) {
  for (const auto& layer : layers) {
    mvt::LayerTable::Builder table(layer.id, layer.fields);
    for (const auto& feature : layer.features)
      table.add_feature(domain::tile_feature_id(layer.id, feature.id), feature.values);
    tables_.push_back(std::move(table).finished());
  }
}

std::string NetworkTiles::cut(std::size_t number, tiling::TileCoordinate tile) const {
  const auto& table = tables_[number];
  const auto& [network, features] = tiles_[number];
  if (const auto* points = std::get_if<tiling::PointFeatures>(&features))
    return mvt::encoded_layer(table, points->in(tile));
  const auto borders = networks_[*network].borders_in(tile);
  if (const auto* groups = std::get_if<tiling::FeatureGroups>(&features))
    return mvt::encoded_layer(table, tiling::cut_polygons(borders, *groups));
  return mvt::encoded_layer(table, tiling::cut_lines(borders, std::get<tiling::BorderFeatures>(features)));
}

}  // namespace geoprio::atlas
