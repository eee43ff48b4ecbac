// What becomes of one feature's geometry: a valid perimeter on the grid, or the reason why not. Private to geo/loading.
#pragma once

#include <cstdint>
#include <optional>

#include "geo/core/bilingual.hpp"
#include "geo/core/result.hpp"
#include "geo/core/shape.hpp"
#include "geo/ogr/source.hpp"
#include "geo/projection/reprojector.hpp"

namespace geoprio::loading {

struct PerimeterRefusal {
  BilingualText reason, remedy;
};

/// What GEOS mended in the source, beyond what rounding to the grid asked for.
struct PerimeterRepair {
  double area_m2 = 0;
  double share = 0;
};

struct SoundPerimeter {
  DegreeShape shape;
  std::uint64_t sum = 0;  ///< over the shape's points: equal for equal shapes
  std::optional<PerimeterRepair> repair;
};

using PerimeterOutcome = Result<SoundPerimeter, PerimeterRefusal>;

/// Repaired in its own system, brought to degrees, repaired again where rounding broke it. `geographic`: the source's
/// system is in degrees.
PerimeterOutcome perimeter_of(const ogr::SourceFeature& feature, const projection::Reprojector& to_degrees,
                              bool geographic);

}  // namespace geoprio::loading
