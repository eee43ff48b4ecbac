#include "tileserver/atlas/network_tiles.hpp"

#include <utility>
#include <variant>

#include "geo/mvt/layer_encoder.hpp"

namespace geoprio::atlas {

NetworkTiles::NetworkTiles(std::span<const domain::Layer> layers, std::vector<LayerTiles> tiles)
    : layers_(layers), tiles_(std::move(tiles)) {
  for (const auto& layer : layers_) {
    auto& ids = feature_ids_.emplace_back();
    for (const auto& feature : layer.features) ids.push_back(domain::tile_feature_id(layer.id, feature.id));
  }
}

std::string NetworkTiles::cut(std::size_t number, tiling::TileCoordinate tile) const {
  const auto& layer = layers_[number];
  mvt::LayerContent content{layer.id, layer.fields, {}};
  const auto add = [&](std::size_t feature, auto geometry) {
    content.features.push_back({feature_ids_[number][feature], layer.features[feature].values, std::move(geometry)});
  };
  if (tiles_[number].network) {
    for (auto& part : tiling::cut(*tiles_[number].network, tile, tiles_[number].features))
      add(part.feature, std::move(part.polygons));
  } else {
    for (std::size_t feature = 0; feature < layer.features.size(); ++feature)
      if (const auto* place = std::get_if<DegreePoint>(&layer.features[feature].geometry))
        if (const auto point = tiling::tile_point(*place, tile)) add(feature, *point);
  }
  return mvt::encoded_layer(content);
}

}  // namespace geoprio::atlas
