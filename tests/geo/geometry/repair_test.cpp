#include "geo/geometry/repair.hpp"

#include <cmath>

#include "geo/geometry/overlay.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using geometry::repair;
using Reason = geometry::RepairRefusal::Reason;

namespace {

Ring<SourceCoordinate> square(double west, double south, double side) {
  return {{{west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}}};
}

SourceShape one(Ring<SourceCoordinate> shell, std::vector<Ring<SourceCoordinate>> holes = {}) {
  return {{Polygon<SourceCoordinate>{.shell = std::move(shell), .holes = std::move(holes)}}};
}

double total_area(const SourceShape& shape) {
  MetricShape metric;
  for (const auto& polygon : shape.polygons) {
    Polygon<MetricCoordinate> copy;
    for (const auto& at : polygon.shell.points) copy.shell.points.push_back({at.easting, at.northing});
    metric.polygons.push_back(copy);
  }
  return geometry::area_of(metric);
}

}  // namespace

TEST_CASE("a valid square passes unchanged and is no repair", "[geometry][repair]") {
  const auto source = one(square(0, 0, 10));
  const auto result = repair(source);
  REQUIRE(result);
  CHECK(result->shape == source);
  CHECK_FALSE(result->changed);
  CHECK(result->area_changed == 0);
}

TEST_CASE("a clockwise shell is turned, and that is no repair", "[geometry][repair]") {
  const auto result = repair(one({{{0, 0}, {0, 10}, {10, 10}, {10, 0}}}, {square(2, 2, 3)}));
  REQUIRE(result);
  CHECK_FALSE(result->changed);
  CHECK(result->shape == one({{{10, 0}, {10, 10}, {0, 10}, {0, 0}}}, {{{{2, 5}, {5, 5}, {5, 2}, {2, 2}}}}));
}

TEST_CASE("a repeated point goes, and that is no repair", "[geometry][repair]") {
  const auto result = repair(one({{{0, 0}, {0, 0}, {10, 0}, {10, 10}, {10, 10}, {0, 10}, {0, 0}}}));
  REQUIRE(result);
  CHECK_FALSE(result->changed);
  CHECK(result->shape == one(square(0, 0, 10)));
}

// A 100 by 100 square with an ear of 1 by 0.5 twisted once: by hand, the crossing is in the ear's middle.
TEST_CASE("a small twist is undone and its area reported", "[geometry][repair]") {
  const auto result =
      repair(one({{{0, 0}, {100, 0}, {100, 100}, {51, 100}, {50, 101}, {51, 101}, {50, 100}, {0, 100}}}));
  REQUIRE(result);
  CHECK(result->changed);
  CHECK(result->defect.find("Self-intersection") != std::string::npos);
  // The twist's two triangles are 0.25 each; the source counts the upper one as negative, even-odd as land.
  CHECK(result->area_changed == Approx(0.5));
  CHECK(result->share == Approx(0.5 / 10000).epsilon(1e-3));
}

TEST_CASE("a bow tie would change all of its area and is refused", "[geometry][repair]") {
  const auto result = repair(one({{{0, 0}, {10, 10}, {10, 0}, {0, 10}}}));
  REQUIRE_FALSE(result);
  CHECK(result.error().reason == Reason::changed_too_much);
  CHECK_FALSE(result.error().text().french.empty());
}

// Two strips, 1000 and 1005, that overlap by 5, by hand: 2000 of land, which the source counts as 2005.
TEST_CASE("land that two polygons of one perimeter both cover is land once", "[geometry][repair]") {
  SourceShape shape = one({{{0, 0}, {100, 0}, {100, 10}, {0, 10}}});
  shape.polygons.push_back({.shell = {{{99.5, 0}, {200, 0}, {200, 10}, {99.5, 10}}}, .holes = {}});
  const auto result = repair(shape);
  REQUIRE(result);
  CHECK(result->changed);
  CHECK(result->area_changed == Approx(5));
  CHECK(total_area(result->shape) == Approx(2000));
}

TEST_CASE("a spike without land is dropped", "[geometry][repair]") {
  const auto result = repair(one({{{0, 0}, {10, 0}, {10, 5}, {20, 5}, {10, 5}, {10, 10}, {0, 10}}}));
  REQUIRE(result);
  CHECK(result->changed);
  CHECK(result->area_changed == Approx(0).margin(1e-9));
  CHECK(result->shape.polygons.size() == 1);
  for (const auto& point : result->shape.polygons.front().shell.points) CHECK(point.easting <= 10);
}

TEST_CASE("no polygon, no land and no number are refused, each for its reason", "[geometry][repair]") {
  CHECK(repair(SourceShape{}).error().reason == Reason::empty);
  CHECK(repair(one({{{0, 0}, {1, 1}, {0, 0}}})).error().reason == Reason::collapsed);
  CHECK(repair(one({{{0, 0}, {1, 1}, {2, 2}}})).error().reason == Reason::collapsed);
  CHECK(repair(one({{{0, 0}, {1, std::nan("")}, {2, 2}}})).error().reason == Reason::not_finite);
  CHECK(repair(one({{{0, 0}, {1, HUGE_VAL}, {2, 2}}})).error().reason == Reason::not_finite);
}

TEST_CASE("what rounding broke is repaired on the grid", "[geometry][repair]") {
  // The notch's tip was rounded through the right side: (101, 50) lies one unit outside it.
  const DegreeShape shape{{Polygon<DegreePoint>{
      .shell = {{{0, 0}, {10000, 0}, {10000, 10000}, {0, 10000}, {0, 5003}, {10001, 5001}, {0, 5000}}}, .holes = {}}}};
  REQUIRE_FALSE(geometry::defect_of(shape).empty());
  const auto result = repair(shape);
  REQUIRE(result);
  CHECK(result->changed);
  CHECK(geometry::defect_of(result->shape).empty());
}

// A degree square at 45 N is 111,131.8 m north-south (mean of the meridian's) by 78,846.8 m: Snyder's table 11.
TEST_CASE("square degrees become square metres at their latitude", "[geometry][repair]") {
  CHECK(geometry::area_on_ground(1, *Latitude::make(45)).value() == Approx(111131.8 * 78846.8).epsilon(1e-4));
  CHECK(geometry::area_on_ground(1, *Latitude::make(0)).value() == Approx(110574.0 * 111319.5).epsilon(1e-4));
}
