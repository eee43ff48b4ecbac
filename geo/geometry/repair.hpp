// Invalid perimeters made valid, with the area that this changed, or refused with the reason.
#pragma once

#include <string>

#include "geo/core/bilingual.hpp"
#include "geo/core/lon_lat.hpp"
#include "geo/core/quantity.hpp"
#include "geo/core/result.hpp"
#include "geo/core/shape.hpp"

namespace geoprio::geometry {

/// More than this share of its area changed means that we would be guessing what the perimeter was.
inline constexpr double largest_repairable_share = 0.01;

/// A valid shape: shells anticlockwise, holes clockwise, no point twice in a row.
template <class Shape>
struct Repaired {
  Shape shape;
  bool changed = false;     ///< GEOS called the source invalid; turning rings and dropping repeated points do not count
  std::string defect;       ///< GEOS' words for what was wrong; empty when nothing was
  double area_changed = 0;  ///< |area now - shells minus holes of the source|, in squares of the source's own unit
  double share = 0;         ///< of the source's area
  double mean_northing = 0;  ///< of the source's vertices, in its unit: what `area_on_ground` wants for degrees
};

struct RepairRefusal {
  enum class Reason { empty, not_finite, collapsed, changed_too_much, not_repairable };
  Reason reason{};
  double area_changed = 0;  ///< as in Repaired; only for changed_too_much
  double share = 0;
  double mean_northing = 0;
  std::string said;  ///< GEOS' words, if it had any

  /// One sentence for the load report.
  [[nodiscard]] BilingualText text() const;
};

/// GEOS MakeValid by linework: all rings become lines that are cut where they cross, and the land between them is
/// even-odd by nesting (a ring in a ring is a hole; both wings of a bow tie are land), but land that two polygons of
/// the feature overlap on stays land. Lines and points that it leaves are dropped.
[[nodiscard]] Result<Repaired<SourceShape>, RepairRefusal> repair(const SourceShape& shape);

/// The same on the grid of 1e-7 degree, for what rounding broke; areas are in squares of that unit. New crossings are
/// brought to the grid by GEOS' snap rounding, which keeps the shape valid.
[[nodiscard]] Result<Repaired<DegreeShape>, RepairRefusal> repair(const DegreeShape& shape);

/// Square metres of a small piece of land given in square degrees at that latitude: WGS 84's two radii of curvature.
[[nodiscard]] SquareMetres area_on_ground(double square_degrees, Latitude latitude);

}  // namespace geoprio::geometry
