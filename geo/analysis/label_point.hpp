// Where a label stands: the pole of inaccessibility, the point of a shape that is farthest from its border.
#pragma once

#include <optional>

#include "geo/core/grid_point.hpp"
#include "geo/core/quantity.hpp"
#include "geo/core/shape.hpp"

namespace geoprio::analysis {

/// A point inside the largest polygon of `shape`, at most `precision` nearer to its border than the farthest there is,
/// measured in a local equirectangular plane. The same shape gives the same point on every machine. Nothing for a shape
/// without area. On a polygon so thin that it holds no grid point the answer is a point of its border.
[[nodiscard]] std::optional<DegreePoint> label_point(const DegreeShape& shape, Metres precision = Metres(1));

}  // namespace geoprio::analysis
