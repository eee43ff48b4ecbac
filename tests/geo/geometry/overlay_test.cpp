#include "geo/geometry/overlay.hpp"

#include <array>
#include <vector>

#include "geo/geometry/verification.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using geometry::area_of;

namespace {

Ring<DegreePoint> box(std::int32_t west, std::int32_t south, std::int32_t east, std::int32_t north) {
  return {{{west, south}, {east, south}, {east, north}, {west, north}}};
}

DegreeShape rectangle(std::int32_t west, std::int32_t south, std::int32_t east, std::int32_t north) {
  return {{{.shell = box(west, south, east, north), .holes = {}}}};
}

}  // namespace

TEST_CASE("union, intersection and difference of two rectangles, by hand", "[geometry][overlay]") {
  const auto a = rectangle(0, 0, 100, 100);
  const auto b = rectangle(50, 0, 150, 100);
  const std::vector<DegreeShape> both{a, b};
  CHECK(area_of(geometry::union_of(both)) == 15000);
  CHECK(area_of(geometry::intersection(a, b)) == 5000);
  CHECK(area_of(geometry::difference(a, b)) == 5000);
  CHECK(geometry::symmetric_difference_area(a, b) == 10000);
  CHECK(geometry::perimeter_of(a) == 400);
}

TEST_CASE("rectangles that only touch share no land", "[geometry][overlay]") {
  CHECK(geometry::intersection(rectangle(0, 0, 10, 10), rectangle(10, 0, 20, 10)).polygons.empty());
}

TEST_CASE("a hole counts once, against its shell", "[geometry][overlay]") {
  const DegreeShape ring{{{.shell = box(0, 0, 100, 100), .holes = {box(20, 20, 40, 40)}}}};
  CHECK(area_of(ring) == 9600);
  CHECK(area_of(geometry::intersection(ring, rectangle(0, 0, 100, 30))) == 3000 - 200);
}

TEST_CASE("a small ring far from the origin keeps its area's digits", "[geometry][overlay]") {
  CHECK(area_of(rectangle(1'799'999'990, 899'999'990, 1'799'999'993, 899'999'993)) == 9);
}

TEST_CASE("a crossing between grid points is kept until it is rounded, and the rounded shape is valid",
          "[geometry][overlay]") {
  const DegreeShape flat{{{.shell = {{{0, 0}, {1000, 1}, {1000, 1000}, {0, 1000}}}, .holes = {}}}};
  const DegreeShape steep{{{.shell = {{{0, 3}, {1000, 0}, {1000, 500}, {0, 500}}}, .holes = {}}}};
  const auto exact = geometry::intersection(flat, steep);
  bool between = false;
  for (const auto& at : exact.polygons.front().shell.points) between = between || at.easting == Approx(750);
  CHECK(between);
  const auto on_grid = geometry::rounded(exact);
  CHECK(geometry::defect_of(on_grid).empty());
  CHECK(geometry::symmetric_difference_area(geometry::unrounded(on_grid), exact) <= geometry::perimeter_of(on_grid));
}

TEST_CASE("an invalid shape has a defect with its place", "[geometry][overlay]") {
  const DegreeShape bow_tie{{{.shell = {{{0, 0}, {10, 10}, {10, 0}, {0, 10}}}, .holes = {}}}};
  CHECK(geometry::defect_of(bow_tie).find("Self-intersection") != std::string::npos);
  CHECK(geometry::defect_of(rectangle(0, 0, 1, 1)).empty());
}

// By hand: two squares that overlap make 3 faces, a square inside one of them a 4th, an island a 5th.
TEST_CASE("faces are the land that no border crosses", "[geometry][overlay]") {
  const std::vector<DegreeShape> shapes{rectangle(0, 0, 100, 100), rectangle(50, 50, 150, 150),
                                        rectangle(10, 10, 20, 20), rectangle(300, 300, 310, 310)};
  const auto faces = geometry::faces_of(shapes);
  CHECK(faces.count == 5);
  CHECK(faces.area == 10000 + 10000 - 2500 + 100);
}

TEST_CASE("segments that cross are cut where they cross", "[geometry][overlay]") {
  using Segment = std::array<DegreePoint, 2>;
  const DegreePoint a{0, 0}, b{100, 0}, c{100, 100}, d{0, 100};
  const std::vector<Segment> cross{Segment{a, b}, Segment{b, c}, Segment{c, d},
                                   Segment{d, a}, Segment{a, c}, Segment{b, d}};
  CHECK(geometry::faces_of(cross).count == 4);
}

TEST_CASE("what equals GEOS' union is verified within its bound", "[geometry][verification]") {
  const std::vector<DegreeShape> sources{rectangle(0, 0, 100, 100), rectangle(50, 0, 150, 100)};
  const auto result = geometry::verify_union("2014.tiers", rectangle(0, 0, 150, 100), sources);
  CHECK(result.ok);
  CHECK(result.name == "2014.tiers");
  CHECK(result.area_difference == 0);
  CHECK(result.bound >= 500);
}

TEST_CASE("a shape of the right size in the wrong place is not verified", "[geometry][verification]") {
  const std::vector<DegreeShape> sources{rectangle(0, 0, 10000, 10000)};
  const auto result = geometry::verify_union("moved", rectangle(5000, 0, 15000, 10000), sources);
  CHECK(result.area_difference == 0);
  CHECK_FALSE(result.ok);
}

TEST_CASE("an invalid shape is not verified, whatever its area", "[geometry][verification]") {
  const DegreeShape twice{{{.shell = box(0, 0, 100, 100), .holes = {}}, {.shell = box(0, 0, 100, 100), .holes = {}}}};
  const std::vector<DegreeShape> sources{rectangle(0, 0, 200, 100)};
  const auto result = geometry::verify_union("twice", twice, sources);
  CHECK_FALSE(result.ok);
  CHECK_FALSE(result.defect.empty());
}

TEST_CASE("a crossing and a difference are verified against their operands", "[geometry][verification]") {
  const std::vector<DegreeShape> tier{rectangle(0, 0, 100, 100), rectangle(100, 0, 200, 100)};
  const std::vector<DegreeShape> commune{rectangle(50, -50, 500, 500)};
  CHECK(geometry::verify_crossing("crossing", rectangle(50, 0, 200, 100), tier, commune).ok);
  CHECK(geometry::verify_difference("difference", rectangle(0, 0, 50, 100), tier, commune).ok);
  CHECK_FALSE(geometry::verify_difference("difference", rectangle(50, 0, 200, 100), tier, commune).ok);
}
