#include "geo/geometry/verification.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace geoprio::geometry {

Verification verify(std::string name, const DegreeShape& made, const UnroundedShape& expected) {
  Verification result{.name = std::move(name),
                      .area = area_of(made),
                      .expected_area = area_of(expected),
                      .area_difference = 0,
                      .land_differing = 0,
                      .bound = std::max(perimeter_of(made), perimeter_of(expected)),
                      .defect = defect_of(made),
                      .ok = false};
  result.area_difference = std::abs(result.area - result.expected_area);
  // An invalid shape has no overlay; its area alone is worth nothing.
  if (!result.defect.empty()) return result;
  result.land_differing = symmetric_difference_area(unrounded(made), expected);
  result.ok = result.area_difference <= result.bound && result.land_differing <= result.bound;
  return result;
}

Verification verify_union(std::string name, const DegreeShape& made, std::span<const DegreeShape> sources) {
  return verify(std::move(name), made, union_of(sources));
}

Verification verify_crossing(std::string name, const DegreeShape& made, std::span<const DegreeShape> sources,
                             std::span<const DegreeShape> others) {
  return verify(std::move(name), made, intersection(union_of(sources), union_of(others)));
}

Verification verify_difference(std::string name, const DegreeShape& made, std::span<const DegreeShape> sources,
                               std::span<const DegreeShape> others) {
  return verify(std::move(name), made, difference(union_of(sources), union_of(others)));
}

}  // namespace geoprio::geometry
