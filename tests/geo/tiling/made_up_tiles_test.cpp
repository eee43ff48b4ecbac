// Properties of every tile of a made-up territory, from zoom 0 to 16.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "geo/partition/group_location.hpp"
#include "geo/projection/web_mercator.hpp"
#include "geo/tiling/tile_cutter.hpp"
#include "geo/tiling/tile_matrix_set.hpp"
#include "tests/geo/tiling/made_up_coverage.hpp"
#include "tests/geo/tiling/tile_checks.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using namespace geoprio::tests;
using partition::Partition;
using tiling::Network;

namespace {

constexpr unsigned max_zoom = 16;

struct Territory {
  MadeUpCoverage coverage;
  Partition partition;
  partition::Grouping grouping;
  Network network;
  tiling::FeatureGroups features;

  explicit Territory(std::uint64_t seed)
      : coverage(seed),
        partition(Partition::make(coverage.inputs())),
        grouping(by_last_perimeter(partition)),
        network(Network::make(partition, grouping, {.max_zoom = max_zoom})),
        features(one_feature_per_group(grouping.group_count)) {}

  [[nodiscard]] std::vector<CutFeature> tile(TileCoordinate place) const { return cut(network, place, features); }
};

const Territory& territory() {
  static const Territory made(20261);
  return made;
}

/// All tiles of the territory down to zoom 9; below, those around some of the partition's vertices and some elsewhere.
std::vector<TileCoordinate> some_tiles() {
  std::vector<TileCoordinate> tiles;
  Dice dice(7);
  const auto half = MadeUpCoverage::half;
  for (unsigned zoom = 0; zoom <= max_zoom; ++zoom) {
    if (zoom <= 9) {
      const auto range = tiling::tiles_meeting({{-half, -half}, {2 * half, half}}, zoom);
      for (auto row = range.first_row; row <= range.last_row; ++row)
        for (auto column = range.first_column; column <= range.last_column; ++column)
          tiles.push_back(*TileCoordinate::make(zoom, column, row));
      continue;
    }
    const auto vertices = territory().partition.vertices();
    for (int number = 0; number < 40; ++number) {
      const auto vertex =
          vertices[static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(vertices.size()) - 1))];
      const DegreePoint elsewhere{dice.coordinate(-half, half), dice.coordinate(-half, half)};
      const auto place = number % 4 == 0 ? elsewhere : DegreePoint{vertex.x, vertex.y};
      tiles.push_back(tiling::tile_containing(*LonLat::make(longitude_of(place), latitude_of(place)), zoom));
    }
  }
  return tiles;
}

std::optional<TileCoordinate> neighbour(TileCoordinate tile, std::uint32_t east, std::uint32_t south) {
  return TileCoordinate::make(tile.zoom(), tile.column() + east, tile.row() + south);
}

/// Whether the tile's box is at least a unit inside the territory, whose sides are at 1 degree.
bool wholly_inside(TileCoordinate tile) {
  const auto limit = [&](DegreePoint point) {
    const auto on_square = projection::on_mercator_grid(point);
    const auto units = [&](std::int32_t value) {
      return (std::int64_t{value} + (std::int64_t{1} << 31U)) >> (20U - tile.zoom());
    };
    return std::pair{units(on_square.x), units(on_square.y)};
  };
  const auto [west, south] = limit({-MadeUpCoverage::half, -MadeUpCoverage::half});
  const auto [east, north] = limit({MadeUpCoverage::half, MadeUpCoverage::half});
  const auto box = ZoomBox::of(tile);
  return box.west > west + 1 && box.east < east - 1 && box.north > north + 1 && box.south < south - 1;
}

std::string name_of(TileCoordinate tile) {
  return std::to_string(tile.zoom()) + "/" + std::to_string(tile.column()) + "/" + std::to_string(tile.row());
}

}  // namespace

TEST_CASE("every polygon of every tile is valid", "[tiles]") {
  for (const auto place : some_tiles()) {
    INFO(name_of(place));
    CHECK(defect_of(territory().tile(place)) == "");
  }
}

TEST_CASE("the parts of a tile inside the territory fill it exactly", "[tiles]") {
  int inside = 0;
  for (const auto place : some_tiles()) {
    if (!wholly_inside(place)) continue;
    ++inside;
    INFO(name_of(place));
    CHECK(doubled(territory().tile(place)) == doubled_box_area);
  }
  CHECK(inside > 200);
}

TEST_CASE("neighbours have the same borders where their buffers overlap", "[tiles]") {
  std::size_t compared = 0;
  for (const auto place : some_tiles())
    for (const auto& [east, south] : {std::pair{1U, 0U}, std::pair{0U, 1U}, std::pair{1U, 1U}}) {
      const auto other = neighbour(place, east, south);
      if (!other) continue;
      const auto zone = ZoomBox::of(place).common_with(ZoomBox::of(*other));
      const auto here = edges_in(territory().tile(place), place, zone);
      INFO(name_of(place) << " and " << name_of(*other));
      CHECK(here == edges_in(territory().tile(*other), *other, zone));
      compared += here.size();
    }
  CHECK(compared > 1000);
}

TEST_CASE("a point of a tile is in the feature that holds its place on the land", "[tiles]") {
  Dice dice(11);
  const partition::GroupLocation location(territory().partition, territory().grouping);
  int told = 0;
  for (const auto place : some_tiles()) {
    const auto features = territory().tile(place);
    for (int number = 0; number < 8; ++number) {
      const TilePoint point{dice.coordinate(box_low + 1, box_high - 1), dice.coordinate(box_low + 1, box_high - 1)};
      // A border moves by 0.71 unit in the tile, and its thin land may be gone: nothing is claimed close to one.
      if (distance_to_borders(features, point) < 2) continue;
      const auto on_square = [&](std::int32_t local, std::uint32_t tile) {
        return static_cast<std::int32_t>(((std::int64_t{tile} * tile_extent + local) << (20U - place.zoom())) -
                                         (std::int64_t{1} << 31U));
      };
      const auto there = projection::lon_lat_of({on_square(point.x, place.column()), on_square(point.y, place.row())});
      const auto group = location.group_at(on_grid(there)).value_or(tiling::no_group);
      INFO(name_of(place) << " at " << point.x << " " << point.y << ", group " << group);
      for (const auto& feature : features) CHECK(holds(feature, point.x, point.y) == (feature.feature == group));
      const bool drawn = std::ranges::any_of(features, [&](const auto& feature) { return feature.feature == group; });
      CHECK((drawn || group == tiling::no_group));
      ++told;
    }
  }
  CHECK(told > 1000);
}

TEST_CASE("rounding leaves no land to two groups", "[tiles]") { CHECK(territory().network.shared_faces() == 0); }

TEST_CASE("the same land made again gives the same tiles", "[tiles]") {
  const Territory again(20261);
  for (const auto place : some_tiles()) {
    const auto first = territory().tile(place);
    const auto second = again.tile(place);
    REQUIRE(first.size() == second.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
      CHECK(first[i].feature == second[i].feature);
      CHECK(first[i].polygons == second[i].polygons);
    }
  }
}
