// Rings, polygons and multipolygons of any kind of point.
#pragma once

#include <vector>

#include "geo/core/coordinate.hpp"
#include "geo/core/grid_point.hpp"

namespace geoprio {

/// A closed ring; the first point is not repeated at the end.
template <class Point>
struct Ring {
  std::vector<Point> points;
  bool operator==(const Ring&) const = default;
};

/// One shell (anticlockwise with y upwards) and its holes (clockwise).
template <class Point>
struct Polygon {
  Ring<Point> shell;
  std::vector<Ring<Point>> holes;
  bool operator==(const Polygon&) const = default;
};

template <class Point>
struct MultiPolygon {
  std::vector<Polygon<Point>> polygons;
  bool operator==(const MultiPolygon&) const = default;
};

/// Lines of two points at least.
template <class Point>
struct MultiLine {
  std::vector<std::vector<Point>> lines;
  bool operator==(const MultiLine&) const = default;
};

using DegreeLines = MultiLine<DegreePoint>;
using DegreeShape = MultiPolygon<DegreePoint>;
using MetricShape = MultiPolygon<MetricCoordinate>;
using SourceShape = MultiPolygon<SourceCoordinate>;

}  // namespace geoprio
