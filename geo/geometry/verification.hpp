// What the partition made, against what GEOS makes of the same sources.
#pragma once

#include <span>
#include <string>

#include "geo/core/shape.hpp"
#include "geo/geometry/overlay.hpp"

namespace geoprio::geometry {

/// One overlay compared; areas in squares of 1e-7 degree.
struct Verification {
  std::string name;
  double area = 0;             ///< as the partition has it
  double expected_area = 0;    ///< as GEOS has it
  double area_difference = 0;  ///< |area - expected_area|
  double land_differing = 0;   ///< land in one of the two only: also tells a shape of the right size in a wrong place
  double bound = 0;    ///< the longer of both perimeters × 1 unit: snap rounding moves nothing by more than 0.71
  std::string defect;  ///< why the partition's shape is not valid; empty when it is
  bool ok = false;     ///< both differences within the bound, and valid
};

/// @throws GeometryError when GEOS itself gives up.
[[nodiscard]] Verification verify(std::string name, const DegreeShape& made, const UnroundedShape& expected);

/// Against the union of the sources: a tier and its quarters.
[[nodiscard]] Verification verify_union(std::string name, const DegreeShape& made,
                                        std::span<const DegreeShape> sources);

/// Against the land of both unions: a tier in a commune.
[[nodiscard]] Verification verify_crossing(std::string name, const DegreeShape& made,
                                           std::span<const DegreeShape> sources, std::span<const DegreeShape> others);

/// Against the union of the sources without that of the others: a tier where a higher one goes first.
[[nodiscard]] Verification verify_difference(std::string name, const DegreeShape& made,
                                             std::span<const DegreeShape> sources, std::span<const DegreeShape> others);

}  // namespace geoprio::geometry
