#include "geo/tiling/tile_cutter.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "tests/geo/tiling/tile_checks.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using namespace geoprio::tests;
using partition::Grouping;
using partition::Partition;
using partition::PartitionInput;
using tiling::FeatureGroups;
using tiling::Network;

namespace {

constexpr std::uint64_t every_set = ~std::uint64_t{0};

PartitionInput perimeter(std::vector<DegreePoint> points, std::uint32_t set = 0) {
  return {set, {{std::move(points)}}};
}

DegreePoint at(double lon, double lat) { return on_grid(*LonLat::make(lon, lat)); }

PartitionInput rectangle(double west, double south, double east, double north, std::uint32_t set = 0) {
  return perimeter({at(west, south), at(east, south), at(east, north), at(west, north)}, set);
}

/// Each face to the last of its perimeters.
Grouping by_last(const Partition& made) {
  Grouping grouping{std::vector<std::uint32_t>(made.face_count(), Grouping::no_group),
                    static_cast<std::uint32_t>(made.perimeter_count())};
  for (partition::FaceId face = 0; face < made.face_count(); ++face)
    if (!made.perimeters_of(face).empty()) grouping.group_of_face[face] = made.perimeters_of(face).back();
  return grouping;
}

/// The tiles of perimeters, one feature per perimeter.
struct Tiles {
  Network network;
  FeatureGroups features;

  Tiles(const std::vector<PartitionInput>& inputs, unsigned max_zoom, std::uint64_t kept_sets = every_set)
      : network(made(inputs, max_zoom, kept_sets)),
        features(one_feature_per_group(static_cast<std::uint32_t>(inputs.size()))) {}

  static Network made(const std::vector<PartitionInput>& inputs, unsigned max_zoom, std::uint64_t kept_sets) {
    const auto partition = Partition::make(inputs);
    return Network::make(partition, by_last(partition), {.kept_sets = kept_sets, .max_zoom = max_zoom});
  }
  [[nodiscard]] std::vector<CutFeature> at(unsigned zoom, std::uint32_t column, std::uint32_t row) const {
    return cut(network, *TileCoordinate::make(zoom, column, row), features);
  }
};

using Points = std::vector<TilePoint>;

/// The shell from its westernmost point, without the points where it goes straight on: a border keeps one at each tile
/// side that it crosses, in every tile, so that tiles meet; they do not change its shape.
Points corners(const Ring<TilePoint>& ring) {
  Points kept;
  const auto count = ring.points.size();
  for (std::size_t place = 0; place < count; ++place) {
    const auto before = ring.points[(place + count - 1) % count];
    const auto point = ring.points[place];
    const auto after = ring.points[(place + 1) % count];
    const auto turn =
        std::int64_t{point.x - before.x} * (after.y - point.y) - std::int64_t{point.y - before.y} * (after.x - point.x);
    if (turn != 0) kept.push_back(point);
  }
  std::ranges::rotate(kept, std::ranges::min_element(kept));
  return kept;
}

/// Half the square's height north of the equator: atan(sinh(pi/2)), so that it is at a quarter from the top.
constexpr double quarter_latitude = 66.5132604;

const std::vector<PartitionInput> half_of_the_north{rectangle(-90, 0, 90, quarter_latitude)};

}  // namespace

TEST_CASE("a rectangle in a tile has its four corners, clockwise on the screen", "[tiles]") {
  const auto tile = Tiles(half_of_the_north, 0).at(0, 0, 0);
  REQUIRE(tile.size() == 1);
  REQUIRE(tile[0].polygons.size() == 1);
  // By hand: 90 degrees are a quarter of 4096.
  CHECK(corners(tile[0].polygons[0].shell) == Points{{1024, 1024}, {3072, 1024}, {3072, 2048}, {1024, 2048}});
  CHECK(tile[0].polygons[0].holes.empty());
}

TEST_CASE("a polygon goes on into the buffer, and no further", "[tiles]") {
  const Tiles tiles(half_of_the_north, 1);
  // By hand: in the units of zoom 1 the rectangle is x 2048 to 6144, y 2048 to 4096.
  CHECK(corners(tiles.at(1, 0, 0)[0].polygons[0].shell) ==
        Points{{2048, 2048}, {4160, 2048}, {4160, 4096}, {2048, 4096}});
  CHECK(corners(tiles.at(1, 1, 0)[0].polygons[0].shell) ==
        Points{{-64, 2048}, {2048, 2048}, {2048, 4096}, {-64, 4096}});
  CHECK(corners(tiles.at(1, 0, 1)[0].polygons[0].shell) == Points{{2048, -64}, {4160, -64}, {4160, 0}, {2048, 0}});
}

TEST_CASE("a tile deep inside one perimeter is its whole buffered box", "[tiles]") {
  const Tiles tiles(half_of_the_north, 8);
  const auto tile = tiles.at(8, 100, 100);
  REQUIRE(tile.size() == 1);
  CHECK(corners(tile[0].polygons[0].shell) == Points{{-64, -64}, {4160, -64}, {4160, 4160}, {-64, 4160}});
  CHECK(doubled(tile) == doubled_box_area);
}

TEST_CASE("tiles beside, above and east of the land are empty", "[tiles]") {
  const Tiles tiles(half_of_the_north, 8);
  for (const auto& [column, row] :
       {std::pair{10U, 100U}, std::pair{250U, 100U}, std::pair{100U, 10U}, std::pair{100U, 200U}})
    CHECK(tiles.at(8, column, row).empty());
}

TEST_CASE("land that ends on a tile's side is drawn up to it by both neighbours", "[tiles]") {
  // Longitude 0 is a side of tiles at every zoom; both ends of 0 to 22.5 degrees are sides at zoom 4.
  const Tiles tiles({rectangle(0, 0, 22.5, 21.9430455)}, 4);  // atan(sinh(pi/8)), a sixteenth of the square
  CHECK(corners(tiles.at(4, 8, 7)[0].polygons[0].shell) == Points{{0, 0}, {4096, 0}, {4096, 4096}, {0, 4096}});
  CHECK(corners(tiles.at(4, 7, 7)[0].polygons[0].shell) == Points{{4096, 0}, {4160, 0}, {4160, 4096}, {4096, 4096}});
  CHECK(corners(tiles.at(4, 9, 7)[0].polygons[0].shell) == Points{{-64, 0}, {0, 0}, {0, 4096}, {-64, 4096}});
  CHECK(corners(tiles.at(4, 9, 8)[0].polygons[0].shell) == Points{{-64, -64}, {0, -64}, {0, 0}, {-64, 0}});
  CHECK(tiles.at(4, 10, 7).empty());
}

TEST_CASE("land that ends on the side of a buffered box is in that box or not, and never half", "[tiles]") {
  // 22.5 degrees are a tile of zoom 4, 0.3515625 its buffer of 64: exact on the degree grid.
  const std::vector<PartitionInput> inputs{rectangle(0.3515625, 1, 10, 10), rectangle(-10, 1, 0.3515625, 10)};
  const Tiles tiles(inputs, 4);
  const auto west = tiles.at(4, 7, 7);  // its box ends exactly where the first rectangle begins
  REQUIRE(west.size() == 1);
  CHECK(west[0].feature == 1);
  CHECK(defect_of(west).empty());
  const auto east = tiles.at(4, 8, 7);
  REQUIRE(east.size() == 2);
  CHECK(defect_of(east).empty());
}

TEST_CASE("an enclave is a hole of what surrounds it, and a feature", "[tiles]") {
  const Tiles tiles({rectangle(-90, -45, 90, 45), rectangle(-10, -10, 10, 10), rectangle(-5, -5, 5, 5)}, 3);
  const auto tile = tiles.at(0, 0, 0);
  REQUIRE(tile.size() == 3);
  CHECK(tile[0].polygons[0].holes.size() == 1);
  CHECK(tile[1].polygons[0].holes.size() == 1);
  CHECK(tile[2].polygons[0].holes.empty());
  CHECK(tile[0].polygons[0].holes[0].points.size() == 4);
}

TEST_CASE("an enclave in a box that no other border enters is seen from its surroundings", "[tiles]") {
  const Tiles tiles({rectangle(-90, -45, 90, 45), rectangle(1, 1, 2, 2)}, 5);
  const auto tile = tiles.at(5, 16, 15);  // 0 to 11.25 degrees
  REQUIRE(tile.size() == 2);
  CHECK(tile[0].polygons[0].holes.size() == 1);
  CHECK(doubled(tile) == doubled_box_area);
}

TEST_CASE("an island in a box that no other border enters has nothing around it", "[tiles]") {
  const auto tile = Tiles({rectangle(1, 1, 2, 2)}, 5).at(5, 16, 15);
  REQUIRE(tile.size() == 1);
  CHECK(tile[0].polygons[0].shell.points.size() == 4);
}

TEST_CASE("land that is thinner than a unit has no polygon, and shows at a deeper zoom", "[tiles]") {
  const Tiles tiles({rectangle(10.00001, 10.00001, 10.00101, 10.00101)}, 14);  // 110 m, a unit of zoom 0 is 9.8 km
  CHECK(tiles.at(0, 0, 0).empty());
  const auto tile = *TileCoordinate::make(14, 8647, 7734);  // (10 / 360 + 0.5) * 2^14; the row by asinh(tan(10°))
  const auto shown = cut(tiles.network, tile, tiles.features);
  REQUIRE(shown.size() == 1);
  // 0.001 of 360 degrees on 2^26 units: 186 across; a parallel's units are stretched by 1 / cos 10° on the other axis.
  CHECK(std::abs(static_cast<double>(doubled(shown)) / 2 - 186.4 * 189.3) < 2 * 190);
}

TEST_CASE("where two features overlap both have the land", "[tiles]") {
  const auto partition = Partition::make(std::vector{rectangle(-40, 0, 10, 40), rectangle(-10, 0, 40, 40)});
  // Groups: only the first, both, only the second.
  Grouping grouping{std::vector<std::uint32_t>(partition.face_count(), Grouping::no_group), 3};
  for (partition::FaceId face = 0; face < partition.face_count(); ++face) {
    const auto in = partition.perimeters_of(face);
    if (in.size() == 2)
      grouping.group_of_face[face] = 1;
    else if (in.size() == 1)
      grouping.group_of_face[face] = in[0] == 0 ? 0 : 2;
  }
  const auto network = Network::make(partition, grouping, {.max_zoom = 0});
  const auto both = cut(network, *TileCoordinate::make(0, 0, 0), FeatureGroups({{0}, {0, 1}, {1}}));
  const auto apart = cut(network, *TileCoordinate::make(0, 0, 0), FeatureGroups({{0}, {1}, {2}}));
  REQUIRE(both.size() == 2);
  REQUIRE(apart.size() == 3);
  CHECK(doubled(both[0]) == doubled(apart[0]) + doubled(apart[1]));
  CHECK(doubled(both[1]) == doubled(apart[1]) + doubled(apart[2]));
  CHECK(both[0].polygons.size() == 1);
}

TEST_CASE("a feature of all groups shows no inner border", "[tiles]") {
  const auto partition = Partition::make(std::vector{rectangle(-40, 0, 0, 40), rectangle(0, 0, 40, 40)});
  const auto network = Network::make(partition, by_last(partition), {.max_zoom = 0});
  const auto tile = cut(network, *TileCoordinate::make(0, 0, 0), FeatureGroups({{7}, {7}}));
  REQUIRE(tile.size() == 1);
  CHECK(tile[0].feature == 7);
  REQUIRE(tile[0].polygons.size() == 1);
  // Four corners, and the two ends of the border between the two.
  CHECK(tile[0].polygons[0].shell.points.size() == 6);
}

TEST_CASE("where a border of another layer only crosses, no vertex is left", "[tiles]") {
  const std::vector<PartitionInput> inputs{rectangle(-40, -40, 40, 40, 0), rectangle(3, -60, 20, 60, 1)};
  const auto partition = Partition::make(inputs);
  Grouping first{std::vector<std::uint32_t>(partition.face_count(), Grouping::no_group), 1};
  for (partition::FaceId face = 0; face < partition.face_count(); ++face)
    for (const auto number : partition.perimeters_of(face))
      if (number == 0) first.group_of_face[face] = 0;
  // Four sides, two of them cut twice each.
  CHECK(tiling::border_segments(partition, first, every_set).size() == 8);
  CHECK(tiling::border_segments(partition, first, 1).size() == 4);
}

TEST_CASE("a label is where its place is, in its tile and in the buffers of the neighbours", "[tiles]") {
  const auto tile = [](std::uint32_t column, std::uint32_t row) { return *TileCoordinate::make(4, column, row); };
  // 22.5 degrees are 4096 units, 0.17578125 are 32.
  const std::vector<std::optional<DegreePoint>> places{at(22.5 + 0.4, 0), at(22.5 + 0.17578125, 0), std::nullopt};
  const tiling::PointFeatures features(places);
  const auto place_in = [&](TileCoordinate where, std::uint32_t feature) {
    std::optional<TilePoint> place;
    for (const auto& point : features.in(where))
      if (point.feature == feature) place = point.place;
    return place;
  };
  CHECK(place_in(tile(9, 8), 1) == TilePoint{32, 0});
  CHECK(place_in(tile(8, 8), 1) == TilePoint{4128, 0});
  CHECK(place_in(tile(9, 7), 1) == TilePoint{32, 4096});
  CHECK_FALSE(place_in(tile(10, 8), 1));
  CHECK_FALSE(place_in(tile(8, 8), 0));
  REQUIRE(features.in(tile(9, 8)).size() == 2);
  CHECK(features.in(tile(9, 8)).front().feature == 0);
}

TEST_CASE("the world's edges are drawn up to the square's", "[tiles]") {
  const Tiles tiles({rectangle(-180, -90, 180, 90)}, 3);
  for (const auto& [zoom, column, row] :
       {std::tuple{0U, 0U, 0U}, std::tuple{3U, 0U, 0U}, std::tuple{3U, 7U, 7U}, std::tuple{3U, 4U, 4U}}) {
    const auto tile = tiles.at(zoom, column, row);
    REQUIRE(tile.size() == 1);
    CHECK(defect_of(tile).empty());
  }
  CHECK(doubled(tiles.at(3, 4, 4)) == doubled_box_area);
}
