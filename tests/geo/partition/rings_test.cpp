#include "geo/geometry/overlay.hpp"
#include "geo/partition/dissolve.hpp"
#include "tests/geo/partition/soups.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using namespace geoprio::partition;
using namespace geoprio::tests;

namespace {

/// A drawn map, one letter a cell, the first line the northernmost: the land of `letters` as one group.
DegreeShape dissolved_map(const std::vector<std::string>& map, const std::string& letters) {
  std::vector<PartitionInput> cells;
  for (std::size_t line = 0; line < map.size(); ++line)
    for (std::size_t column = 0; column < map[line].size(); ++column) {
      if (letters.find(map[line][column]) == std::string::npos) continue;
      const auto x = static_cast<std::int32_t>(column);
      const auto y = static_cast<std::int32_t>(map.size() - 1 - line);
      cells.push_back({0, {{{{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}}}}});
    }
  const auto partition = Partition::make(cells);
  Grouping grouping{std::vector<std::uint32_t>(partition.face_count(), Grouping::no_group), 1};
  for (FaceId face = 1; face < partition.face_count(); ++face)
    if (!partition.perimeters_of(face).empty()) grouping.group_of_face[face] = 0;
  return dissolve(partition, grouping).front();
}

int area_of(const Ring<DegreePoint>& ring) {
  std::int64_t doubled = 0;
  for (std::size_t a = 0, b = ring.points.size() - 1; a < ring.points.size(); b = a++)
    doubled += std::int64_t{ring.points[b].x} * ring.points[a].y - std::int64_t{ring.points[a].x} * ring.points[b].y;
  return static_cast<int>(doubled / 2);
}

std::string shapes_of(const DegreeShape& shape) {
  std::string text;
  for (const auto& polygon : shape.polygons) {
    text += text.empty() ? "" : " ";
    text += std::to_string(area_of(polygon.shell));
    for (const auto& hole : polygon.holes) text += std::to_string(area_of(hole));
  }
  return text;
}

}  // namespace

// In what follows a polygon is written as its shell's area and its holes' (negative) areas, counted in the drawing.

TEST_CASE("one cell is one shell, anticlockwise from its westernmost corner", "[rings]") {
  const auto polygons = dissolved_map({"A"}, "A").polygons;
  REQUIRE(polygons.size() == 1);
  CHECK(polygons[0].shell.points == std::vector<DegreePoint>{{0, 0}, {1, 0}, {1, 1}, {0, 1}});
}

TEST_CASE("two cells that touch at a corner are two polygons", "[rings]") {
  CHECK(shapes_of(dissolved_map({"A.", ".A"}, "A")) == "1 1");
}

TEST_CASE("a hole that touches its shell at a corner stays a hole", "[rings]") {
  const auto polygons = dissolved_map({"AAA",  //
                                       "A.A",  //
                                       ".AA"},
                                      "A");
  // The outside reaches the hole at one point only: shell of 8 with a hole of 1.
  CHECK(shapes_of(polygons) == "8-1");
}

TEST_CASE("two holes that touch at a corner are two simple rings", "[rings]") {
  CHECK(shapes_of(dissolved_map({"AAAA",  //
                                 "A.AA",  //
                                 "AA.A",  //
                                 "AAAA"},
                                "A")) == "16-1-1");
}

TEST_CASE("holes that close a ring by their corners cut the land in two polygons", "[rings]") {
  const std::vector<std::string> map{"AAAAA",  //
                                     "AA.AA",  //
                                     "A.A.A",  //
                                     "AA.AA",  //
                                     "AAAAA"};
  const auto polygons = dissolved_map(map, "A");
  CHECK(shapes_of(polygons) == "25-5 1");
  CHECK(geometry::defect_of(polygons).empty());
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
  CHECK(shapes_of(dissolved_map(map, "A")) == "81-49 25-9 1");
  CHECK(shapes_of(dissolved_map(map, ".")) == "49-25 9-1");
}

TEST_CASE("an island that touches the rim of its lake is a polygon of its own", "[rings]") {
  const std::vector<std::string> map{"AAAAAA",  //
                                     "A....A",  //
                                     "A.A..A",  //
                                     "A..A.A",  //
                                     "AA...A",  //
                                     "AAAAAA"};
  const auto polygons = dissolved_map(map, "A");
  CHECK(shapes_of(polygons) == "36-15 1 1");
  CHECK(geometry::defect_of(polygons).empty());
}

TEST_CASE("cells of one group melt into their union", "[rings]") {
  CHECK(shapes_of(dissolved_map({"AB", "BA"}, "AB")) == "4");
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
    const auto shape = dissolved_map(map, "A");
    CHECK(geometry::defect_of(shape).empty());
    CHECK(geometry::area_of(shape) == cells);
  }
}

TEST_CASE("ten thousand holes in one shell are the holes of one polygon", "[rings]") {
  const auto square = [](std::int32_t x, std::int32_t y, std::int32_t side) {
    return PartitionInput{0, {{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}}}};
  };
  std::vector<PartitionInput> inputs{square(-5, -5, 1010)};
  for (std::int32_t i = 0; i < 10000; ++i) inputs.push_back(square(i % 100 * 10, i / 100 * 10, 5));
  const auto partition = Partition::make(inputs);
  Grouping grouping{std::vector<std::uint32_t>(partition.face_count(), Grouping::no_group), 1};
  for (FaceId face = 1; face < partition.face_count(); ++face)
    if (partition.perimeters_of(face).size() == 1) grouping.group_of_face[face] = 0;
  const auto shape = dissolve(partition, grouping).front();
  REQUIRE(shape.polygons.size() == 1);
  CHECK(shape.polygons[0].holes.size() == 10000);
}
