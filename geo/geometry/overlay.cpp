#include "geo/geometry/overlay.hpp"

#include <utility>
#include <vector>

#include "geo/geometry/geos.hpp"
#include "geo/geometry/rings.hpp"

namespace geoprio::geometry {

namespace {

using UnroundedCoordinate = Coordinate<UnroundedPlane>;
using Operation = GEOSGeometry* (*)(GEOSContextHandle_t, const GEOSGeometry*, const GEOSGeometry*);

template <class Out, class In>
MultiPolygon<Out> merged(std::span<const MultiPolygon<In>> shapes) {
  const Geos geos;
  std::vector<GeometryHandle> members;
  members.reserve(shapes.size());
  for (const auto& shape : shapes) members.push_back(geos.geometry_of(shape));
  const auto all = geos.collection(GEOS_GEOMETRYCOLLECTION, std::move(members));
  const auto together = geos.made(GEOSUnaryUnion_r(geos.context(), all.get()), "union");
  return geos.shape_of<Out>(together.get());
}

template <class Out, class In>
MultiPolygon<Out> combined(Operation operation, const char* what, const MultiPolygon<In>& a,
                           const MultiPolygon<In>& b) {
  const Geos geos;
  const auto left = geos.geometry_of(a);
  const auto right = geos.geometry_of(b);
  const auto result = geos.made(operation(geos.context(), left.get(), right.get()), what);
  return geos.shape_of<Out>(result.get());
}

template <class Point>
UnroundedShape in_one_only(const MultiPolygon<Point>& a, const MultiPolygon<Point>& b) {
  return combined<UnroundedCoordinate>(&GEOSSymDifference_r, "différence symétrique", a, b);
}

template <class Point>
double ring_lengths(const MultiPolygon<Point>& shape) {
  double sum = 0;
  for (const auto& polygon : shape.polygons) {
    sum += length_of(polygon.shell);
    for (const auto& hole : polygon.holes) sum += length_of(hole);
  }
  return sum;
}

template <class Point>
std::string defect(const MultiPolygon<Point>& shape) {
  const Geos geos;
  return geos.defect_of(geos.geometry_of(shape).get());
}

std::vector<double> closed_line(const Ring<DegreePoint>& ring) {
  std::vector<double> x_y;
  x_y.reserve(2 * (ring.points.size() + 1));
  for (std::size_t index = 0; index <= ring.points.size(); ++index) {
    const auto& point = ring.points[index % ring.points.size()];
    x_y.push_back(point.x);
    x_y.push_back(point.y);
  }
  return x_y;
}

Faces faces_between(const Geos& geos, std::vector<GeometryHandle> lines) {
  const auto linework = geos.collection(GEOS_MULTILINESTRING, std::move(lines));
  const auto noded = geos.made(GEOSUnaryUnionPrec_r(geos.context(), linework.get(), 1.0), "nœuds");
  const GEOSGeometry* const pieces[] = {noded.get()};
  const auto polygons = geos.made(GEOSPolygonize_r(geos.context(), pieces, 1), "faces");
  Faces faces;
  faces.count = static_cast<std::size_t>(GEOSGetNumGeometries_r(geos.context(), polygons.get()));
  GEOSArea_r(geos.context(), polygons.get(), &faces.area);
  return faces;
}

}  // namespace

UnroundedShape unrounded(const DegreeShape& shape) {
  const auto copied = [](const Ring<DegreePoint>& ring) {
    Ring<UnroundedCoordinate> copy;
    copy.points.reserve(ring.points.size());
    for (const auto& point : ring.points) copy.points.push_back({x_of(point), y_of(point)});
    return copy;
  };
  UnroundedShape result;
  for (const auto& polygon : shape.polygons) {
    auto& copy = result.polygons.emplace_back();
    copy.shell = copied(polygon.shell);
    for (const auto& hole : polygon.holes) copy.holes.push_back(copied(hole));
  }
  return result;
}

DegreeShape rounded(const UnroundedShape& shape) {
  const Geos geos;
  const auto geometry = geos.geometry_of(shape);
  const auto on_grid = geos.made(GEOSGeom_setPrecision_r(geos.context(), geometry.get(), 1.0, 0), "arrondi");
  return geos.shape_of<DegreePoint>(on_grid.get());
}

UnroundedShape union_of(std::span<const DegreeShape> shapes) { return merged<UnroundedCoordinate>(shapes); }
UnroundedShape union_of(std::span<const UnroundedShape> shapes) { return merged<UnroundedCoordinate>(shapes); }
MetricShape union_of(std::span<const MetricShape> shapes) { return merged<MetricCoordinate>(shapes); }

UnroundedShape intersection(const DegreeShape& a, const DegreeShape& b) {
  return combined<UnroundedCoordinate>(&GEOSIntersection_r, "intersection", a, b);
}
UnroundedShape intersection(const UnroundedShape& a, const UnroundedShape& b) {
  return combined<UnroundedCoordinate>(&GEOSIntersection_r, "intersection", a, b);
}
MetricShape intersection(const MetricShape& a, const MetricShape& b) {
  return combined<MetricCoordinate>(&GEOSIntersection_r, "intersection", a, b);
}

UnroundedShape difference(const DegreeShape& a, const DegreeShape& b) {
  return combined<UnroundedCoordinate>(&GEOSDifference_r, "différence", a, b);
}
UnroundedShape difference(const UnroundedShape& a, const UnroundedShape& b) {
  return combined<UnroundedCoordinate>(&GEOSDifference_r, "différence", a, b);
}
MetricShape difference(const MetricShape& a, const MetricShape& b) {
  return combined<MetricCoordinate>(&GEOSDifference_r, "différence", a, b);
}

double symmetric_difference_area(const UnroundedShape& a, const UnroundedShape& b) {
  return shells_minus_holes(in_one_only(a, b));
}
double symmetric_difference_area(const DegreeShape& a, const DegreeShape& b) {
  return shells_minus_holes(in_one_only(a, b));
}
double symmetric_difference_area(const MetricShape& a, const MetricShape& b) {
  return shells_minus_holes(in_one_only(a, b));
}

double area_of(const DegreeShape& shape) { return shells_minus_holes(shape); }
double area_of(const UnroundedShape& shape) { return shells_minus_holes(shape); }
double area_of(const MetricShape& shape) { return shells_minus_holes(shape); }

double perimeter_of(const DegreeShape& shape) { return ring_lengths(shape); }
double perimeter_of(const UnroundedShape& shape) { return ring_lengths(shape); }
double perimeter_of(const MetricShape& shape) { return ring_lengths(shape); }

std::string defect_of(const DegreeShape& shape) { return defect(shape); }
std::string defect_of(const UnroundedShape& shape) { return defect(shape); }
std::string defect_of(const MetricShape& shape) { return defect(shape); }

Faces faces_of(std::span<const DegreeShape> shapes) {
  const Geos geos;
  std::vector<GeometryHandle> lines;
  for (const auto& shape : shapes)
    for (const auto& polygon : shape.polygons) {
      lines.push_back(geos.line(closed_line(polygon.shell)));
      for (const auto& hole : polygon.holes) lines.push_back(geos.line(closed_line(hole)));
    }
  return faces_between(geos, std::move(lines));
}

Faces faces_of(std::span<const std::array<DegreePoint, 2>> segments) {
  const Geos geos;
  std::vector<GeometryHandle> lines;
  lines.reserve(segments.size());
  for (const auto& [from, to] : segments) lines.push_back(geos.line({x_of(from), y_of(from), x_of(to), y_of(to)}));
  return faces_between(geos, std::move(lines));
}

}  // namespace geoprio::geometry
