#include "geo/partition/rings.hpp"

#include "geo/core/error.hpp"
#include "geo/geometry/overlay.hpp"
#include "geo/partition/arrangement.hpp"
#include "tests/geo/partition/soups.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using namespace geoprio::partition;
using namespace geoprio::tests;

namespace {

/// A drawn map, one letter a cell, the first line the northernmost: the edges around the cells of `letter`.
std::vector<DirectedEdge> edges_of(const std::vector<std::string>& map, char letter) {
  const auto is_area = [&](std::int32_t column, std::int32_t row) {
    const auto line = static_cast<std::int32_t>(map.size()) - 1 - row;
    if (line < 0 || line >= static_cast<std::int32_t>(map.size()) || column < 0) return false;
    const auto& cells = map[static_cast<std::size_t>(line)];
    return static_cast<std::size_t>(column) < cells.size() && cells[static_cast<std::size_t>(column)] == letter;
  };
  std::vector<DirectedEdge> edges;
  for (std::int32_t row = 0; row < static_cast<std::int32_t>(map.size()); ++row)
    for (std::int32_t column = 0; column < 20; ++column) {
      if (!is_area(column, row)) continue;
      const PlanePoint a{column, row};
      const PlanePoint b{column + 1, row};
      const PlanePoint c{column + 1, row + 1};
      const PlanePoint d{column, row + 1};
      if (!is_area(column, row - 1)) edges.push_back({a, b});
      if (!is_area(column + 1, row)) edges.push_back({b, c});
      if (!is_area(column, row + 1)) edges.push_back({c, d});
      if (!is_area(column - 1, row)) edges.push_back({d, a});
    }
  return edges;
}

std::string shapes_of(const std::vector<PlanePolygon>& polygons) {
  std::string text;
  for (const auto& polygon : polygons) {
    text += text.empty() ? "" : " ";
    text += std::to_string(static_cast<int>(doubled_area(polygon.shell.points) / 2));
    for (const auto& hole : polygon.holes) text += std::to_string(static_cast<int>(doubled_area(hole.points) / 2));
  }
  return text;
}

DegreeShape degrees(const std::vector<PlanePolygon>& polygons) {
  const auto ring = [](const Ring<PlanePoint>& points) {
    Ring<DegreePoint> result;
    for (const auto& point : points.points) result.points.push_back({point.x, point.y});
    return result;
  };
  DegreeShape shape;
  for (const auto& polygon : polygons) {
    auto& added = shape.polygons.emplace_back(Polygon<DegreePoint>{ring(polygon.shell), {}});
    for (const auto& hole : polygon.holes) added.holes.push_back(ring(hole));
  }
  return shape;
}

}  // namespace

// In what follows a polygon is written as its shell's area and its holes' (negative) areas, counted in the drawing.

TEST_CASE("one cell is one shell, anticlockwise from its westernmost corner", "[rings]") {
  const auto polygons = assembled(edges_of({"A"}, 'A'));
  REQUIRE(polygons.size() == 1);
  CHECK(polygons[0].shell.points == std::vector<PlanePoint>{{0, 0}, {1, 0}, {1, 1}, {0, 1}});
}

TEST_CASE("two cells that touch at a corner are two polygons", "[rings]") {
  CHECK(shapes_of(assembled(edges_of({"A.", ".A"}, 'A'))) == "1 1");
}

TEST_CASE("a hole that touches its shell at a corner stays a hole", "[rings]") {
  const auto polygons = assembled(edges_of({"AAA",  //
                                            "A.A",  //
                                            ".AA"},
                                           'A'));
  // The outside reaches the hole at one point only: shell of 8 with a hole of 1.
  CHECK(shapes_of(polygons) == "8-1");
}

TEST_CASE("two holes that touch at a corner are two simple rings", "[rings]") {
  CHECK(shapes_of(assembled(edges_of({"AAAA",  //
                                      "A.AA",  //
                                      "AA.A",  //
                                      "AAAA"},
                                     'A'))) == "16-1-1");
}

TEST_CASE("holes that close a ring by their corners cut the land in two polygons", "[rings]") {
  const std::vector<std::string> map{"AAAAA",  //
                                     "AA.AA",  //
                                     "A.A.A",  //
                                     "AA.AA",  //
                                     "AAAAA"};
  const auto polygons = assembled(edges_of(map, 'A'));
  CHECK(shapes_of(polygons) == "25-5 1");
  CHECK(geometry::defect_of(degrees(polygons)).empty());
}

TEST_CASE("holes lie in the smallest shell around them, islands four deep", "[rings]") {
  const std::vector<std::string> map{"AAAAAAAAA",  //
                                     "A.......A",  //
                                     "A.AAAAA.A",  //
                                     "A.A...A.A",  //
                                     "A.A.A.A.A",  //
                                     "A.A...A.A",  //
                                     "A.AAAAA.A",  //
                                     "A.......A",  //
                                     "AAAAAAAAA"};
  CHECK(shapes_of(assembled(edges_of(map, 'A'))) == "81-49 25-9 1");
  CHECK(shapes_of(assembled(edges_of(map, '.'))) == "49-25 9-1");
}

TEST_CASE("an island that touches the rim of its lake is a polygon of its own", "[rings]") {
  const std::vector<std::string> map{"AAAAAA",  //
                                     "A....A",  //
                                     "A.A..A",  //
                                     "A..A.A",  //
                                     "AA...A",  //
                                     "AAAAAA"};
  const auto polygons = assembled(edges_of(map, 'A'));
  CHECK(shapes_of(polygons) == "36-15 1 1");
  CHECK(geometry::defect_of(degrees(polygons)).empty());
}

TEST_CASE("an edge and its opposite cancel, so cells melt into their union", "[rings]") {
  std::vector<DirectedEdge> edges;
  for (const auto letter : {'A', 'B'})
    for (const auto& edge : edges_of({"AB", "BA"}, letter)) edges.push_back(edge);
  CHECK(shapes_of(assembled(edges)) == "4");
}

TEST_CASE("edges that do not close are refused by name of the place", "[rings]") {
  const std::vector<DirectedEdge> open{{{0, 0}, {10, 0}}, {{10, 0}, {10, 10}}};
  CHECK_THROWS_AS(assembled(open), Error);
}

TEST_CASE("a random drawing gives valid polygons whose area is the number of its cells", "[rings]") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    Dice dice(seed);
    std::vector<std::string> map(20, std::string(20, '.'));
    double cells = 0;
    for (auto& line : map)
      for (auto& cell : line)
        if (dice.between(0, 9) < 4 + static_cast<std::int64_t>(seed % 4)) {
          cell = 'A';
          ++cells;
        }
    const auto shape = degrees(assembled(edges_of(map, 'A')));
    CHECK(geometry::defect_of(shape).empty());
    CHECK(geometry::area_of(shape) == cells);
  }
}

TEST_CASE("ten thousand holes in one shell take no longer than they should", "[rings]") {
  std::vector<std::string> map;
  std::vector<DirectedEdge> edges;
  const auto add = [&](std::int32_t x, std::int32_t y, std::int32_t side, bool hole) {
    const std::vector<PlanePoint> ring{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}};
    for (std::size_t i = 0; i < 4; ++i)
      edges.push_back(hole ? DirectedEdge{ring[(i + 1) % 4], ring[i]} : DirectedEdge{ring[i], ring[(i + 1) % 4]});
  };
  add(-5, -5, 1010, false);
  for (std::int32_t i = 0; i < 10000; ++i) add(i % 100 * 10, i / 100 * 10, 5, true);
  const auto polygons = assembled(edges);
  REQUIRE(polygons.size() == 1);
  CHECK(polygons[0].holes.size() == 10000);
}
