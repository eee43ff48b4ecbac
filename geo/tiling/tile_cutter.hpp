// One tile of one network: the polygons of its features, valid, exact at every seam.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
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

/// Which borders are lines of which feature. Groups are on sides of a few kinds (a tier, or none); a feature is the
/// border between two kinds, and has the smaller number on its left as seen on the map, north up.
class BorderFeatures {
 public:
  /// `kind_of_group`: per group of the network; `kind_of_no_group`: of the land outside all.
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

 private:
  std::vector<std::uint32_t> kind_of_group_;
  std::uint32_t kind_of_no_group_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> features_;
};

/// The features that have land in the tile's buffered box. Nothing is clipped: the borders in the box are chosen, the
/// box's sides between them are walked, and the rings assembled, so that the polygons of a coverage fill a box wholly
/// inside the territory exactly, and neighbouring tiles have the same vertices. A feature whose land has collapsed at
/// this zoom is absent.
TilePolygons cut_polygons(const TileBorders& borders, const FeatureGroups& features);

/// The borders in the tile's buffered box, each once; those along its sides are left to the neighbour.
TileLines cut_lines(const TileBorders& borders, const BorderFeatures& features);

/// The point in the tile's units, when it lies in the tile's buffered box.
std::optional<TilePoint> tile_point(DegreePoint place, TileCoordinate tile);

}  // namespace geoprio::tiling
