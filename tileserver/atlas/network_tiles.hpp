// Tiles of an atlas, cut from the networks of its groupings.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "geo/mvt/layer_encoder.hpp"
#include "geo/tiling/network.hpp"
#include "geo/tiling/tile_cutter.hpp"
#include "tileserver/atlas/atlas.hpp"

namespace geoprio::atlas {

/// Where the geometry of one layer's tiles comes from.
struct LayerTiles {
  /// Of the networks, which layers share; nothing for a layer of points.
  std::optional<std::uint32_t> network;
  std::variant<tiling::FeatureGroups, tiling::BorderFeatures, tiling::PointFeatures> features;

  static auto members(auto& self) { return std::tie(self.network, self.features); }
};

/// Thread safety: immutable.
class NetworkTiles final : public TileSource {
 public:
  NetworkTiles() = default;
  /// `tiles` has one entry per layer.
  NetworkTiles(std::span<const domain::Layer> layers, std::vector<tiling::Network> networks,
               std::vector<LayerTiles> tiles);

  using TileSource::cut;
  [[nodiscard]] std::string cut(std::span<const std::size_t> numbers, tiling::TileCoordinate tile) const override;

  static auto members(auto& self) { return std::tie(self.networks_, self.tiles_, self.tables_); }

 private:
  std::vector<tiling::Network> networks_;
  std::vector<LayerTiles> tiles_;
  std::vector<mvt::LayerTable> tables_;
};

}  // namespace geoprio::atlas
