// Tiles of an atlas, cut from the networks of its groupings.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "geo/mvt/layer_encoder.hpp"
#include "geo/tiling/network.hpp"
#include "geo/tiling/tile_cutter.hpp"
#include "tileserver/atlas/atlas.hpp"

namespace geoprio::atlas {

/// Where the geometry of one layer's tiles comes from: a network shared with other layers, or points.
struct LayerTiles {
  std::shared_ptr<const tiling::Network> network;  ///< null for a layer of points
  std::variant<tiling::FeatureGroups, tiling::BorderFeatures> features;
};

/// Thread safety: immutable.
class NetworkTiles final : public TileSource {
 public:
  /// `layers` is a loan from the atlas that owns this source; `tiles` has one entry per layer.
  NetworkTiles(std::span<const domain::Layer> layers, std::vector<LayerTiles> tiles);

  [[nodiscard]] std::string cut(std::size_t number, tiling::TileCoordinate tile) const override;

 private:
  std::span<const domain::Layer> layers_;
  std::vector<LayerTiles> tiles_;
  std::vector<mvt::LayerTable> tables_;
};

}  // namespace geoprio::atlas
