// The bbox parameter (OGC 17-069r4 §7.15.3) and what it selects.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "geo/core/box.hpp"
#include "geo/core/result.hpp"
#include "geo/domain/layer.hpp"
#include "tileserver/service/problem.hpp"

namespace geoprio::service {

/// Thread safety: immutable.
class BoundingBox {
 public:
  /// Four numbers (west, south, east, north in degrees) or six (with heights, which are not looked at); west greater
  /// than east crosses the antimeridian. A problem (400) for anything else.
  static Result<BoundingBox, Problem> parse(std::string_view text);

  /// Whether the geometry of the feature in that place and the box have a point in common, borders included: tested on
  /// the geometry itself, not on its bounds. A feature without a geometry is in no box.
  [[nodiscard]] bool selects(const domain::Features& features, std::size_t place) const;

 private:
  explicit BoundingBox(std::vector<DegreeBox> boxes) : boxes_(std::move(boxes)) {}
  std::vector<DegreeBox> boxes_;  ///< one, or two across the antimeridian
};

}  // namespace geoprio::service
