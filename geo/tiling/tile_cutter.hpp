// One tile of one network: the polygons of its features, valid, exact at every seam.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "geo/core/flat_array.hpp"
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
  explicit FeatureGroups(const std::vector<std::vector<std::uint32_t>>& features);

  [[nodiscard]] std::span<const std::uint32_t> of(Group group) const {
    if (group == no_group) return {};
    return features_.between(firsts_[group], firsts_[group + 1]);
  }

  static auto members(auto& self) { return std::tie(self.firsts_, self.features_); }

 private:
  FlatArray<std::uint32_t> firsts_;  ///< per group, and one more
  FlatArray<std::uint32_t> features_;
};

/// Which borders are lines of which feature. Groups are on sides of a few kinds (a tier, or none); a feature is the
/// border between two kinds, and has the smaller number on its left as seen on the map, north up.
class BorderFeatures {
 public:
  /// `kind_of_group`: per group of the network; `kind_of_no_group`: of the land outside all.
  BorderFeatures() = default;
  BorderFeatures(std::vector<std::uint32_t> kind_of_group, std::uint32_t kind_of_no_group)
      : kind_of_group_(std::move(kind_of_group)), kind_of_no_group_(kind_of_no_group) {}

  struct Line {
    std::uint32_t feature = 0;
    bool turned = false;  ///< it runs against the border
  };
  /// The feature with `left` < `right` on its sides, new features numbered from 0.
  std::uint32_t add(std::uint32_t left, std::uint32_t right);
  /// Nothing when both sides are of one kind, or of two that were not added.
  [[nodiscard]] std::optional<Line> line_of(Sides sides) const;
  [[nodiscard]] std::uint32_t kind_of(Group group) const {
    return group == no_group ? kind_of_no_group_ : kind_of_group_[group];
  }

  static auto members(auto& self) { return std::tie(self.kind_of_group_, self.kind_of_no_group_, self.features_); }

 private:
  FlatArray<std::uint32_t> kind_of_group_;
  std::uint32_t kind_of_no_group_ = 0;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> features_;
};

/// Where features of points are, west to east, so that a tile looks at few of them.
class PointFeatures {
 public:
  PointFeatures() = default;
  /// The place of each feature; one without a place is in no tile.
  explicit PointFeatures(std::span<const std::optional<DegreePoint>> places);

  /// Those in the tile's closed buffered box, by feature.
  [[nodiscard]] std::vector<PlacedPoint> in(TileCoordinate tile) const;

  static auto members(auto& self) { return std::tie(self.points_); }

 private:
  struct Point {
    partition::PlanePoint place;  ///< on the Mercator grid
    std::uint32_t feature = 0;
  };
  FlatArray<Point> points_;
};

/// Gives `take` the polygons of each feature that has land in the tile's buffered box, ascending. Nothing is clipped:
/// the borders in the box are chosen, the box's sides between them are walked, and the rings assembled, so that the
/// polygons of a coverage fill a box wholly inside the territory exactly, and neighbouring tiles have the same
/// vertices. A feature whose land has collapsed at this zoom is absent.
void cut_polygons(const TileBorders& borders, const FeatureGroups& features, const TakePolygons& take);

/// The borders in the tile's buffered box, each once; those along its sides are left to the neighbour.
TileLines cut_lines(const TileBorders& borders, const BorderFeatures& features);

}  // namespace geoprio::tiling
