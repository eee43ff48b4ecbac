// One tile of one network: the polygons of its features, valid, exact at every seam.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "geo/core/grid_point.hpp"
#include "geo/tiling/tile_borders.hpp"
#include "geo/tiling/tile_coordinate.hpp"
#include "geo/tiling/tile_rings.hpp"
#include "geo/tiling/tile_shape.hpp"

namespace geoprio::tiling {

/// For each group of a network, the features that it is part of, ascending (several where quarters overlap).
class FeatureGroups {
 public:
  FeatureGroups() = default;
  explicit FeatureGroups(std::vector<std::vector<std::uint32_t>> features) : features_(std::move(features)) {}

  [[nodiscard]] const std::vector<std::uint32_t>& of(Group group) const {
    return group == no_group ? nowhere_ : features_[group];
  }

 private:
  std::vector<std::vector<std::uint32_t>> features_;
  std::vector<std::uint32_t> nowhere_;
};

/// The features that have land in the tile's buffered box. Nothing is clipped: the borders in the box are chosen, the
/// box's sides between them are walked, and the rings assembled, so that the polygons of a coverage fill a box wholly
/// inside the territory exactly, and neighbouring tiles have the same vertices. A feature whose land has collapsed at
/// this zoom is absent.
TilePolygons cut_polygons(const TileBorders& borders, const FeatureGroups& features);

/// The point in the tile's units, when it lies in the tile's buffered box.
std::optional<TilePoint> tile_point(DegreePoint place, TileCoordinate tile);

}  // namespace geoprio::tiling
