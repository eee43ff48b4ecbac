// Union, intersection and difference by plain floating GEOS: for what is not in the partition, and the oracle for what
// is.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>

#include "geo/core/coordinate.hpp"
#include "geo/core/error.hpp"
#include "geo/core/shape.hpp"

namespace geoprio::geometry {

/// GEOS gave up on an operation. The message says which and what GEOS said.
class GeometryError : public Error {
 public:
  using Error::Error;
};

/// The plane of the degree grid, unit 1e-7 degree, not rounded: an overlay's crossings lie between grid points.
struct UnroundedPlane {};
using UnroundedShape = MultiPolygon<Coordinate<UnroundedPlane>>;

/// The same land, as doubles.
[[nodiscard]] UnroundedShape unrounded(const DegreeShape& shape);
/// The same land on the grid, valid again (GEOS' snap rounding); what is thinner than the grid goes.
[[nodiscard]] DegreeShape rounded(const UnroundedShape& shape);

/// Land of any of them. The operands are valid, as `repair` leaves them; so are the results.
/// @throws GeometryError when GEOS fails; so do all of these.
[[nodiscard]] UnroundedShape union_of(std::span<const DegreeShape> shapes);
[[nodiscard]] UnroundedShape union_of(std::span<const UnroundedShape> shapes);
[[nodiscard]] MetricShape union_of(std::span<const MetricShape> shapes);

/// Land of both.
[[nodiscard]] UnroundedShape intersection(const DegreeShape& a, const DegreeShape& b);
[[nodiscard]] UnroundedShape intersection(const UnroundedShape& a, const UnroundedShape& b);
[[nodiscard]] MetricShape intersection(const MetricShape& a, const MetricShape& b);

/// Land of `a` that is not land of `b`.
[[nodiscard]] UnroundedShape difference(const DegreeShape& a, const DegreeShape& b);
[[nodiscard]] UnroundedShape difference(const UnroundedShape& a, const UnroundedShape& b);
[[nodiscard]] MetricShape difference(const MetricShape& a, const MetricShape& b);

/// The area of the land that is in one of the two only: 0 for equal shapes however they are cut up.
[[nodiscard]] double symmetric_difference_area(const UnroundedShape& a, const UnroundedShape& b);
[[nodiscard]] double symmetric_difference_area(const DegreeShape& a, const DegreeShape& b);
[[nodiscard]] double symmetric_difference_area(const MetricShape& a, const MetricShape& b);

/// Shells minus holes in squares of the unit (1e-7 degree; metres), by the shoelace formula.
[[nodiscard]] double area_of(const DegreeShape& shape);
[[nodiscard]] double area_of(const UnroundedShape& shape);
[[nodiscard]] double area_of(const MetricShape& shape);

/// The length of all rings in the unit.
[[nodiscard]] double perimeter_of(const DegreeShape& shape);
[[nodiscard]] double perimeter_of(const UnroundedShape& shape);
[[nodiscard]] double perimeter_of(const MetricShape& shape);

/// Empty when the shape is valid (OGC 06-103r4 §6.1.11), else GEOS' reason with the place.
[[nodiscard]] std::string defect_of(const DegreeShape& shape);
[[nodiscard]] std::string defect_of(const UnroundedShape& shape);
[[nodiscard]] std::string defect_of(const MetricShape& shape);

/// What linework cuts the plane into, the outside left out.
struct Faces {
  std::size_t count = 0;
  double area = 0;  ///< of all faces, in squares of 1e-7 degree
};

/// The faces of the shapes' borders, noded on the grid of 1e-7 degree (GEOSUnaryUnionPrec, GEOSPolygonize): what the
/// partition must find too. Slow: 29 s for the nation's communes.
[[nodiscard]] Faces faces_of(std::span<const DegreeShape> shapes);
[[nodiscard]] Faces faces_of(std::span<const std::array<DegreePoint, 2>> segments);

}  // namespace geoprio::geometry
