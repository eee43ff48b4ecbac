// An axis-aligned box of integer points; closed on all sides, never empty once made of a point.
#pragma once

#include <algorithm>
#include <tuple>

#include "geo/core/grid_point.hpp"

namespace geoprio {

template <class Grid>
struct GridBox {
  GridPoint<Grid> low;
  GridPoint<Grid> high;

  static constexpr GridBox around(GridPoint<Grid> point) { return {point, point}; }
  constexpr void extend(GridPoint<Grid> point) {
    low = {std::min(low.x, point.x), std::min(low.y, point.y)};
    high = {std::max(high.x, point.x), std::max(high.y, point.y)};
  }
  [[nodiscard]] constexpr bool intersects(const GridBox& other) const {
    return low.x <= other.high.x && other.low.x <= high.x && low.y <= other.high.y && other.low.y <= high.y;
  }
  static constexpr auto members(auto& self) { return std::tie(self.low.x, self.low.y, self.high.x, self.high.y); }
  constexpr bool operator==(const GridBox&) const = default;
};

using DegreeBox = GridBox<DegreeGrid>;

}  // namespace geoprio
