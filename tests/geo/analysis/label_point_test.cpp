#include "geo/analysis/label_point.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "tests/support/catch.hpp"

using namespace geoprio;
using analysis::label_point;

namespace {

// Near Saint-Étienne one unit of latitude is 1.111 cm and one of longitude 0.782 cm (WGS 84 at 45.437° N, by hand:
// 111 141 m and 78 226 m a degree).
constexpr std::int32_t west = 43'920'300, south = 454'371'210;

Ring<DegreePoint> rectangle(std::int32_t x, std::int32_t y, std::int32_t width, std::int32_t height) {
  return {{{west + x, south + y},
           {west + x + width, south + y},
           {west + x + width, south + y + height},
           {west + x, south + y + height}}};
}

double metres_between(DegreePoint a, DegreePoint b) {
  return std::hypot((a.x - b.x) * 0.0078226, (a.y - b.y) * 0.0111141);
}

}  // namespace

TEST_CASE("a square is labelled in its middle", "[label]") {
  const DegreeShape square = {{{rectangle(0, 0, 100'000, 100'000), {}}}};
  const auto point = label_point(square, Metres(1));
  REQUIRE(point);
  CHECK(metres_between(*point, {west + 50'000, south + 50'000}) < 1);
}

TEST_CASE("the label of an L stands in its corner, where it is widest", "[label]") {
  // Two arms of 1 km by 200 m.
  const std::int32_t long_x = 127'835, wide_x = 25'567, long_y = 89'976, wide_y = 17'995;  // 1000 m and 200 m
  const DegreeShape corner = {{{{{{west, south},
                                  {west + long_x, south},
                                  {west + long_x, south + wide_y},
                                  {west + wide_x, south + wide_y},
                                  {west + wide_x, south + long_y},
                                  {west, south + long_y}}},
                                {}}}};
  const auto point = label_point(corner, Metres(0.1));
  REQUIRE(point);
  // By hand: the largest circle is centred at (r, r), touches x = 0 and y = 0, and passes through the inner corner
  // (200, 200): r = (200 - r)·√2.
  const double radius = 200 * std::numbers::sqrt2 / (1 + std::numbers::sqrt2);
  const double metres_east = (point->x - west) * 0.0078226, metres_north = (point->y - south) * 0.0111141;
  CHECK(metres_east == Approx(radius).margin(1));
  CHECK(metres_north == Approx(radius).margin(1));
}

TEST_CASE("a label avoids a hole", "[label]") {
  auto hole = rectangle(10'000, 10'000, 60'000, 80'000);
  std::reverse(hole.points.begin(), hole.points.end());
  const DegreeShape holed = {{{rectangle(0, 0, 100'000, 100'000), {hole}}}};
  const auto point = label_point(holed, Metres(1));
  REQUIRE(point);
  // Right of the hole is the widest place: 30,000 units of longitude (235 m).
  CHECK(point->x - west > 70'000);
  CHECK(metres_between({point->x, 0}, {west + 85'000, 0}) < 2);
}

TEST_CASE("of several polygons the largest is labelled", "[label]") {
  const DegreeShape pair = {{{rectangle(0, 0, 10'000, 10'000), {}}, {rectangle(500'000, 0, 90'000, 90'000), {}}}};
  const auto point = label_point(pair, Metres(1));
  REQUIRE(point);
  CHECK(point->x - west > 500'000);
}

TEST_CASE("a crescent is labelled inside, though its centroid is outside", "[label]") {
  DegreeShape crescent = {{{}}};
  auto& points = crescent.polygons[0].shell.points;
  for (int step = 0; step <= 40; ++step) {
    const double angle = std::numbers::pi * step / 40;
    points.push_back({west + static_cast<std::int32_t>(100'000 * std::cos(angle)),
                      south + static_cast<std::int32_t>(100'000 * std::sin(angle))});
  }
  for (int step = 40; step >= 0; --step) {
    const double angle = std::numbers::pi * step / 40;
    points.push_back({west + static_cast<std::int32_t>(80'000 * std::cos(angle)),
                      south + static_cast<std::int32_t>(80'000 * std::sin(angle))});
  }
  const auto point = label_point(crescent, Metres(1));
  REQUIRE(point);
  const double radius = std::hypot(point->x - west, point->y - south);
  CHECK(radius > 80'000 * 0.996);  // the chords of 40 steps stay within 0.4 % of the circle
  CHECK(radius < 100'000);
  CHECK(point->y >= south);
}

TEST_CASE("a needle of a few centimetres is labelled within itself", "[label]") {
  const DegreeShape needle = {{{rectangle(0, 0, 1'000'000, 4), {}}}};
  const auto point = label_point(needle, Metres(1));
  REQUIRE(point);
  CHECK(point->y > south);
  CHECK(point->y < south + 4);
  CHECK(point->x > west);
  CHECK(point->x < west + 1'000'000);
}

TEST_CASE("a polygon without a grid point inside is labelled on its border", "[label]") {
  const auto point = label_point({{{rectangle(0, 0, 1'000'000, 1), {}}}}, Metres(1));
  REQUIRE(point);
  CHECK((point->y == south || point->y == south + 1));
}

TEST_CASE("the start of a ring and its direction do not move a label by more than the precision", "[label]") {
  auto ring = rectangle(0, 0, 130'000, 100'000);
  const auto first = label_point({{{ring, {}}}}, Metres(1));
  std::rotate(ring.points.begin(), ring.points.begin() + 1, ring.points.end());
  std::reverse(ring.points.begin(), ring.points.end());
  const auto second = label_point({{{ring, {}}}}, Metres(1));
  REQUIRE(first);
  REQUIRE(second);
  CHECK(metres_between(*first, *second) < 1);
  CHECK(label_point({{{ring, {}}}}, Metres(1)) == second);
}

TEST_CASE("what has no area has no label", "[label]") {
  CHECK_FALSE(label_point({}));
  CHECK_FALSE(label_point({{{{{{west, south}, {west + 10, south}}}, {}}}}));
  CHECK_FALSE(label_point({{{rectangle(0, 0, 1000, 0), {}}}}));
}

TEST_CASE("labels exist at the ends of the Earth", "[label]") {
  const DegreeShape all = {{{{{{-1'800'000'000, -900'000'000},
                               {1'800'000'000, -900'000'000},
                               {1'800'000'000, 900'000'000},
                               {-1'800'000'000, 900'000'000}}},
                             {}}}};
  CHECK(label_point(all, Metres(1000)));
  const DegreeShape polar = {{{{{{0, 899'999'000}, {1000, 899'999'000}, {1000, 900'000'000}, {0, 900'000'000}}}, {}}}};
  CHECK(label_point(polar, Metres(1)));
}
