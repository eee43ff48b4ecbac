// The bbox parameter (OGC 17-069r4 §7.15.3) and what it selects.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "geo/core/box.hpp"
#include "geo/core/result.hpp"
#include "geo/domain/layer.hpp"
#include "geo/geometry/relations.hpp"
#include "geo/projection/offered_crs.hpp"
#include "tileserver/service/problem.hpp"

namespace geoprio::service {

/// Thread safety: confined to one thread.
class BoundingBox {
 public:
  /// Four numbers, or six with heights, which are not looked at: the lower corner, then the upper, each in the order of
  /// axes of `crs`. In degrees, west greater than east crosses the antimeridian. `around` is the box around all that
  /// may be selected. A problem (400) for anything else, and for a box in a system that cannot show what lies there.
  static Result<BoundingBox, Problem> parse(std::string_view text, const projection::OfferedCrs& crs,
                                            const std::optional<DegreeBox>& around);

  /// Whether the geometry of the feature in that place and the box have a point in common, borders included: tested on
  /// the geometry itself, not on its bounds. A feature without a geometry is in no box.
  [[nodiscard]] bool selects(const domain::Features& features, std::size_t place) const;

 private:
  static Result<BoundingBox, Problem> of_degrees(std::string_view text, const std::array<double, 4>& corners);
  static Result<BoundingBox, Problem> of_projected(std::string_view text, std::array<double, 4> corners,
                                                   const projection::OfferedCrs& crs, const DegreeBox& around);
  explicit BoundingBox(std::vector<DegreeBox> boxes) : boxes_(std::move(boxes)) {}
  std::vector<DegreeBox> boxes_;                               ///< one, or two across the antimeridian
  std::shared_ptr<const geometry::ComparedGeometry> outline_;  ///< what the box is in degrees when it is no box there
};

}  // namespace geoprio::service
