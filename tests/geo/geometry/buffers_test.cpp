#include "geo/geometry/buffers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "geo/geometry/overlay.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using geometry::area_of;
using geometry::band;
using geometry::buffer;

namespace {

MetricShape rectangle(double west, double south, double east, double north) {
  return {{{.shell = {{{west, south}, {east, south}, {east, north}, {west, north}}}, .holes = {}}}};
}

double distance_to_segment(MetricCoordinate a, MetricCoordinate b) {
  const double dx = b.easting - a.easting, dy = b.northing - a.northing;
  const double part = std::clamp(-(a.easting * dx + a.northing * dy) / (dx * dx + dy * dy), 0.0, 1.0);
  return std::hypot(a.easting + part * dx, a.northing + part * dy);
}

/// The nearest that a ring comes to the origin.
double nearest_to_origin(const Ring<MetricCoordinate>& ring) {
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t index = 0; index < ring.points.size(); ++index)
    nearest = std::min(nearest, distance_to_segment(ring.points[index], ring.points[(index + 1) % ring.points.size()]));
  return nearest;
}

}  // namespace

// A tiny square at the origin stands for a point; 500·(1 - cos(90°/64/2)) is 0.0377 m (shared data's README: 4 cm).
TEST_CASE("a buffer of 500 m falls at most 4 cm short", "[geometry][buffers]") {
  const std::vector<MetricShape> dot{rectangle(-1e-3, -1e-3, 1e-3, 1e-3)};
  const auto around = buffer(dot, Metres(500));
  REQUIRE(around.polygons.size() == 1);
  const double nearest = nearest_to_origin(around.polygons.front().shell);
  CHECK(nearest > 500 - 0.04);
  CHECK(nearest < 500 - 0.03);  // as many chords as it takes, not more
}

// By hand: a rectangle of 200 by 100 grown by 300 is itself, four sides of 300 and a whole circle of 300.
TEST_CASE("a band is the buffer without the land itself", "[geometry][buffers]") {
  const std::vector<MetricShape> land{rectangle(0, 0, 200, 100)};
  const auto result = band(land, Metres(300));
  const double expected = 2 * (200 + 100) * 300 + std::numbers::pi * 300 * 300;
  CHECK(area_of(result) == Approx(expected).epsilon(2e-4));
  CHECK(area_of(geometry::intersection(result, land.front())) == Approx(0).margin(1e-6));
  CHECK(geometry::defect_of(result).empty());
  REQUIRE(result.polygons.size() == 1);
  CHECK(result.polygons.front().holes.size() == 1);
}

TEST_CASE("the bands of two quarters that meet are one, without a seam", "[geometry][buffers]") {
  const std::vector<MetricShape> land{rectangle(0, 0, 100, 100), rectangle(100, 0, 200, 100)};
  const std::vector<MetricShape> whole{rectangle(0, 0, 200, 100)};
  const auto result = band(land, Metres(50));
  CHECK(result.polygons.size() == 1);
  CHECK(geometry::symmetric_difference_area(result, band(whole, Metres(50))) == Approx(0).margin(1));
}

TEST_CASE("nothing has no band, and no distance neither", "[geometry][buffers]") {
  CHECK(band({}, Metres(300)).polygons.empty());
  const std::vector<MetricShape> land{rectangle(0, 0, 200, 100)};
  CHECK(band(land, Metres(0)).polygons.empty());
}
