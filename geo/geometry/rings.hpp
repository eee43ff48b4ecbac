// Plane arithmetic on rings: signed areas, lengths, direction, repeated points. Private to geo/geometry.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "geo/core/coordinate.hpp"
#include "geo/core/grid_point.hpp"
#include "geo/core/shape.hpp"

namespace geoprio::geometry {

template <class Crs>
double x_of(Coordinate<Crs> at) {
  return at.easting;
}
template <class Crs>
double y_of(Coordinate<Crs> at) {
  return at.northing;
}
template <class Grid>
double x_of(GridPoint<Grid> at) {
  return at.x;
}
template <class Grid>
double y_of(GridPoint<Grid> at) {
  return at.y;
}

/// Shoelace, in squares of the unit; positive anticlockwise. Taken from the first point, so that a small ring far from
/// the origin keeps its digits.
template <class Point>
double signed_area(const Ring<Point>& ring) {
  double twice = 0;
  const auto& points = ring.points;
  for (std::size_t index = 1; index + 1 < points.size(); ++index) {
    const double ax = x_of(points[index]) - x_of(points[0]);
    const double ay = y_of(points[index]) - y_of(points[0]);
    const double bx = x_of(points[index + 1]) - x_of(points[0]);
    const double by = y_of(points[index + 1]) - y_of(points[0]);
    twice += ax * by - bx * ay;
  }
  return twice / 2;
}

template <class Point>
double length_of(const Ring<Point>& ring) {
  double sum = 0;
  for (std::size_t index = 0; index < ring.points.size(); ++index) {
    const auto& here = ring.points[index];
    const auto& next = ring.points[(index + 1) % ring.points.size()];
    sum += std::hypot(x_of(next) - x_of(here), y_of(next) - y_of(here));
  }
  return sum;
}

/// Shells minus holes, whichever way they turn.
template <class Point>
double shells_minus_holes(const MultiPolygon<Point>& shape) {
  double sum = 0;
  for (const auto& polygon : shape.polygons) {
    sum += std::abs(signed_area(polygon.shell));
    for (const auto& hole : polygon.holes) sum -= std::abs(signed_area(hole));
  }
  return sum;
}

template <class Point>
void turn(Ring<Point>& ring, bool anticlockwise) {
  if ((signed_area(ring) > 0) != anticlockwise) std::ranges::reverse(ring.points);
}

template <class Point>
void drop_repeated_points(Ring<Point>& ring) {
  // Not std::ranges::unique: clang 14, which builds the fuzzers, does not compile the subrange of libstdc++ 12.
  ring.points.erase(std::unique(ring.points.begin(), ring.points.end()), ring.points.end());
  while (ring.points.size() > 1 && ring.points.front() == ring.points.back()) ring.points.pop_back();
}

}  // namespace geoprio::geometry
