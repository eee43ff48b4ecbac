#include "geo/tiling/simplification.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "geo/partition/arrangement.hpp"
#include "geo/partition/dissolve.hpp"
#include "geo/partition/sweep.hpp"
#include "geo/tiling/reduction_turns.hpp"
#include "geo/tiling/tile_matrix_set.hpp"
#include "tests/geo/partition/real_shapes.hpp"
#include "tests/geo/tiling/made_up_coverage.hpp"
#include "tests/geo/tiling/tile_checks.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/real_files.hpp"

using namespace geoprio;
using namespace geoprio::tests;
using partition::PlanePoint;
using tiling::Chains;
using tiling::shallowest_zooms;
using tiling::Sides;

namespace {

constexpr Sides land_and_sea{0, tiling::no_group};

/// A unit of a tile at a zoom, on the Mercator grid.
constexpr std::int32_t unit_at(unsigned zoom) { return std::int32_t{1} << (20U - zoom); }

Chains chains(const std::vector<std::vector<PlanePoint>>& lines) {
  Chains made;
  for (const auto& line : lines) made.add(line, land_and_sea);
  return made;
}

using Segment = std::pair<PlanePoint, PlanePoint>;  // the lower end first

/// The partition's own proof sweep. @throws Error when two segments have more in common than an end.
void prove_clean(std::vector<Segment> segments) {
  std::ranges::sort(segments);
  std::vector<PlanePoint> vertices;
  for (const auto& [low, high] : segments) {
    vertices.push_back(low);
    vertices.push_back(high);
  }
  std::ranges::sort(vertices);
  vertices.erase(std::unique(vertices.begin(), vertices.end()), vertices.end());
  std::vector<partition::Piece> pieces;
  const auto number = [&](PlanePoint point) {
    return static_cast<std::uint32_t>(std::ranges::lower_bound(vertices, point) - vertices.begin());
  };
  for (const auto& [low, high] : segments) pieces.push_back({number(low), number(high), 0});
  partition::proven(vertices, pieces, partition::Stars(vertices, pieces));
}

/// The borders of a made-up territory of `side` times `side` cells.
Chains made_up_borders(std::uint32_t side) {
  const MadeUpCoverage coverage(99, side);
  const auto partition = partition::Partition::make(coverage.inputs());
  const auto arrangement = partition::Arrangement::make(
      tiling::border_segments(partition, by_last_perimeter(partition), partition::every_set));
  std::vector<tiling::Group> groups(arrangement.face_count(), tiling::no_group);
  for (partition::FaceId face = 0; face < groups.size(); ++face)
    if (const auto owners = arrangement.owners_of(face); !owners.empty()) groups[face] = owners.front();
  return Chains::of(arrangement, groups);
}

}  // namespace

TEST_CASE("a point stays as long as its triangle is a quarter of a pixel", "[simplification]") {
  // By hand: base 8, height 4 units of zoom 10 is an area of 16; half as wide and high at zoom 9, where it is 4.
  const auto u = unit_at(10);
  CHECK(shallowest_zooms(chains({{{0, 0}, {4 * u, 4 * u}, {8 * u, 0}}}))[1] == 10);
  CHECK(shallowest_zooms(chains({{{0, 0}, {4 * u, 4 * u - 1}, {8 * u, 0}}}))[1] == 11);
}

TEST_CASE("junctions are always there", "[simplification]") {
  const auto shallowest = shallowest_zooms(chains({{{0, 0}, {1, 1}, {2, 0}}}));
  CHECK(shallowest == std::vector<std::uint8_t>{0, 21, 0});
}

TEST_CASE("a closed chain keeps a triangle", "[simplification]") {
  const auto shallowest = shallowest_zooms(chains({{{0, 0}, {4, 0}, {5, 2}, {4, 4}, {0, 4}, {0, 0}}}));
  CHECK(std::ranges::count(shallowest, 0) == 4);  // the first point is there twice
}

TEST_CASE("of two chains between the same junctions one keeps a point", "[simplification]") {
  const auto shallowest = shallowest_zooms(chains({{{0, 0}, {5, 1}, {10, 0}}, {{0, 0}, {5, -1}, {10, 0}}}));
  CHECK(std::ranges::count(shallowest, 0) == 5);
}

TEST_CASE("a point stays where going would cut off an island", "[simplification]") {
  // A bay 20 wide and 20 deep with an island in it: its triangle is 200 square grid units: under 16 units at zoom 18.
  const std::vector<PlanePoint> coast{{0, 0}, {100, 0}, {110, 20}, {120, 0}, {220, 0}};
  const std::vector<PlanePoint> island{{108, 5}, {112, 5}, {110, 9}, {108, 5}};
  CHECK(shallowest_zooms(chains({coast, island}))[2] == 0);
  CHECK(shallowest_zooms(chains({coast}))[2] == 19);
}

TEST_CASE("chains that do not cross do not cross at any zoom", "[simplification]") {
  for (const std::uint32_t side : {6U, 16U}) {
    const auto whole = made_up_borders(side);
    // The larger territory is reduced in blocks, side by side.
    CHECK((tiling::reduction_turns(whole).size() > 1) == (side == 16));
    const auto shallowest = shallowest_zooms(whole);
    std::size_t before = whole.points().size() + 1;
    for (unsigned levels = 0; levels <= 20; levels += 2) {
      const unsigned zoom = 20 - levels;
      std::vector<Segment> segments;
      for (std::uint32_t chain = 0; chain < whole.size(); ++chain)
        tiling::for_each_segment(
            {shallowest, zoom}, whole.first(chain), whole.first(chain + 1) - 1,
            [&](auto from, auto to) { segments.push_back(std::minmax(whole.points()[from], whole.points()[to])); });
      INFO("side " << side << ", zoom " << zoom);
      CHECK_NOTHROW(prove_clean(segments));
      CHECK(segments.size() <= before);
      before = segments.size();
    }
    CHECK(before < whole.points().size() / 2);
  }
}

TEST_CASE("chains that are reduced side by side lie in blocks that no other one enters", "[simplification]") {
  const auto whole = made_up_borders(16);
  std::vector<std::size_t> turns_of_chain(whole.size(), 0);
  std::size_t side_by_side = 0;
  for (const auto& turn : tiling::reduction_turns(whole)) {
    std::vector<partition::PlaneBox> boxes;  // of the parts that hold chains
    for (const auto& part : turn.parts) {
      if (part.empty()) continue;
      auto& box =
          boxes.emplace_back(partition::PlaneBox{whole.points_of(part.front())[0], whole.points_of(part.front())[0]});
      for (const auto chain : part) {
        ++turns_of_chain[chain];
        for (const auto point : whole.points_of(chain))
          box = {{std::min(box.low.x, point.x), std::min(box.low.y, point.y)},
                 {std::max(box.high.x, point.x), std::max(box.high.y, point.y)}};
      }
      if (turn.parts.size() > 1) side_by_side += part.size();
    }
    for (std::size_t a = 0; a < boxes.size(); ++a)
      for (std::size_t b = a + 1; b < boxes.size(); ++b)
        CHECK((boxes[a].high.x < boxes[b].low.x || boxes[b].high.x < boxes[a].low.x ||
               boxes[a].high.y < boxes[b].low.y || boxes[b].high.y < boxes[a].low.y));
  }
  CHECK(std::ranges::all_of(turns_of_chain, [](std::size_t turns) { return turns == 1; }));
  CHECK(8 * side_by_side > whole.size());
}

TEST_CASE("Occitanie: what is visible stays visible on the way down", "[simplification][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  const auto quarters = real_shapes(folder / "occitanie/qp.geojson");
  std::vector<partition::PartitionInput> inputs;
  add_set(inputs, 0, quarters);
  const auto partition = partition::Partition::make(inputs);
  const auto count = static_cast<std::uint32_t>(quarters.size());
  const auto grouping = by_perimeter(partition, 0, 0, count);
  const auto network = tiling::Network::make(partition, grouping, {.max_zoom = 13});
  auto box = DegreeBox::around(quarters.front().polygons.front().shell.points.front());
  for (const auto& shape : quarters)
    for (const auto& polygon : shape.polygons)
      for (const auto point : polygon.shell.points) box.extend(point);
  std::set<std::uint32_t> seen_before;
  for (unsigned zoom = 0; zoom <= 13; ++zoom) {
    std::set<std::uint32_t> seen;
    const auto range = tiling::tiles_meeting(box, zoom);
    for (auto row = range.first_row; row <= range.last_row; ++row)
      for (auto column = range.first_column; column <= range.last_column; ++column)
        for (const auto& feature :
             cut(network, *TileCoordinate::make(zoom, column, row), one_feature_per_group(grouping.group_count)))
          seen.insert(feature.feature);
    INFO("zoom " << zoom);
    CHECK(std::ranges::includes(seen, seen_before));
    seen_before = seen;
  }
  CHECK(seen_before.size() == 105);  // all of them, tests/geo/loading says where the number is from
}
