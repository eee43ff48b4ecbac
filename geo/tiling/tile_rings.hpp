// Rings of a tile's features, from the borders in it and the sides of its box.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/tiling/tile_shape.hpp"

namespace geoprio::tiling {

/// Part of the boundary of one feature, which lies left of it (y as if it grew upwards). A loan.
struct BoundaryPart {
  std::uint32_t feature = 0;
  bool turned = false;  ///< walked from its last point to its first
  std::span<const TilePoint> points;

  [[nodiscard]] std::size_t size() const { return points.size(); }
  [[nodiscard]] TilePoint at(std::size_t place) const {
    return turned ? points[points.size() - 1 - place] : points[place];
  }
};

/// Polygons of many features in one array of points. A polygon is a shell and the holes that follow it.
struct TilePolygons {
  struct RingEnd {
    std::uint32_t end = 0;  ///< in `points`, the first point is not repeated
    bool hole = false;
  };
  struct Feature {
    std::uint32_t feature = 0;
    std::uint32_t first_ring = 0;
    std::uint32_t end_ring = 0;
  };
  std::vector<TilePoint> points;
  std::vector<RingEnd> rings;
  std::vector<Feature> features;  ///< ascending; each has a ring

  [[nodiscard]] std::span<const TilePoint> ring(std::size_t number) const {
    const std::uint32_t first = number == 0 ? 0 : rings[number - 1].end;
    return std::span(points).subspan(first, rings[number].end - first);
  }
};

/// The polygons that the parts bound, valid by OGC 06-103r4 §6.1.11: rings simple, interiors connected, holes in the
/// smallest shell that holds them, shells with a positive area by the surveyor's formula and holes with a negative one.
/// Of each feature the parts meet only at their ends, and as many arrive at a point as leave.
/// @throws Error when they do not.
TilePolygons assembled_polygons(std::span<const BoundaryPart> parts);

}  // namespace geoprio::tiling
