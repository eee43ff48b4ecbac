// Rings of a tile's features, from the borders in it and the sides of its box.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <span>
#include <vector>

#include "geo/tiling/tile_shape.hpp"

namespace geoprio::tiling {

/// Part of the boundary of one feature, which lies left of it (y as if it grew upwards). A loan.
class BoundaryPart {
 public:
  /// `points` are two at least; `turned`: walked from the last to the first.
  BoundaryPart(std::uint32_t feature, std::span<const TilePoint> points, bool turned)
      : start_(turned ? &points.back() : points.data()),
        steps_(static_cast<std::int32_t>(points.size() - 1) * (turned ? -1 : 1)),
        feature_(feature) {}

  [[nodiscard]] std::uint32_t feature() const { return feature_; }
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(std::abs(steps_)) + 1; }
  [[nodiscard]] TilePoint at(std::size_t place) const {
    return start_[steps_ < 0 ? -static_cast<std::ptrdiff_t>(place) : static_cast<std::ptrdiff_t>(place)];
  }

 private:
  // 16 bytes: a tile of a country has two million of them.
  const TilePoint* start_;
  std::int32_t steps_;  ///< to its last point, below zero when they go back in memory
  std::uint32_t feature_;
};

/// The polygons of one feature, in one array of points. A polygon is a shell and the holes that follow it.
struct FeaturePolygons {
  struct RingEnd {
    std::uint32_t end = 0;  ///< in `points`, the first point is not repeated
    bool hole = false;
  };
  std::uint32_t feature = 0;
  std::vector<TilePoint> points;
  std::vector<RingEnd> rings;  ///< one at least

  [[nodiscard]] std::span<const TilePoint> ring(std::size_t number) const {
    const std::uint32_t first = number == 0 ? 0 : rings[number - 1].end;
    return std::span(points).subspan(first, rings[number].end - first);
  }
};
/// Takes what is lent to it for the time of the call.
using TakePolygons = std::function<void(const FeaturePolygons&)>;

/// Gives `take` the polygons that the parts bound, feature by feature, ascending: a tile of a country is then never in
/// memory as points. They are valid by OGC 06-103r4 §6.1.11: rings simple, interiors connected, holes in the
/// smallest shell that holds them, shells with a positive area by the surveyor's formula and holes with a negative one.
/// Of each feature the parts meet only at their ends, and as many arrive at a point as leave.
/// @throws Error when they do not.
void assemble_polygons(std::span<const BoundaryPart> parts, const TakePolygons& take);

}  // namespace geoprio::tiling
