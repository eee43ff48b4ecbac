// Tiles snapped on demand against the same tiles snapped with their whole zoom.
#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>
#include <vector>

#include "geo/partition/arrangement.hpp"
#include "geo/partition/border_parts.hpp"
#include "geo/partition/group_location.hpp"
#include "geo/projection/web_mercator.hpp"
#include "geo/tiling/simplification.hpp"
#include "geo/tiling/tile_matrix_set.hpp"
#include "geo/tiling/tile_noding.hpp"
#include "tests/geo/partition/real_shapes.hpp"
#include "tests/geo/tiling/made_up_coverage.hpp"
#include "tests/geo/tiling/tile_checks.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/real_files.hpp"

using namespace geoprio;
using namespace geoprio::tests;
using tiling::Network;

namespace {

/// Borders as a set of directed pieces with their groups: how they are joined to runs is nobody's business.
using Pieces = std::set<std::tuple<TilePoint, TilePoint, std::uint32_t, std::uint32_t>>;

Pieces pieces_of(const tiling::TileBorders& borders) {
  Pieces pieces;
  for (const auto& run : borders.runs()) {
    const auto points = borders.points_of(run);
    for (std::size_t i = 1; i < points.size(); ++i) {
      const auto& [a, b] = std::pair(points[i - 1], points[i]);
      if (a < b)
        pieces.insert({a, b, run.sides.left, run.sides.right});
      else
        pieces.insert({b, a, run.sides.right, run.sides.left});
    }
  }
  return pieces;
}

/// The borders that a zoom shows, snapped on the whole plane at once by the partition's own noding and proven clean:
/// what every tile must hold its part of. Made without the network.
class WholeZoom {
 public:
  WholeZoom(const partition::Partition& partition, const partition::Grouping& grouping, unsigned zoom)
      : whole_(chains_of(tiling::border_segments(partition, grouping, partition::every_set), {})) {
    const auto shallowest = tiling::shallowest_zooms(whole_);
    std::vector<partition::OwnedSegment> segments;
    for (std::uint32_t chain = 0; chain < whole_.size(); ++chain)
      tiling::for_each_segment({shallowest, zoom}, whole_.first(chain), whole_.first(chain + 1) - 1,
                               [&](auto from, auto to) {
                                 for (const auto group : {whole_.sides(chain).left, whole_.sides(chain).right})
                                   if (group != tiling::no_group)
                                     segments.push_back({whole_.points()[from], whole_.points()[to], group});
                               });
    snapped_ = chains_of(std::move(segments), tiling::noding_at(zoom));
  }

  [[nodiscard]] Pieces pieces_in(TileCoordinate tile) const {
    tiling::TileBorders borders;
    for (std::size_t chain = 0; chain < snapped_.size(); ++chain) {
      std::vector<TilePoint> line;
      for (const auto point : snapped_.points_of(chain)) line.push_back(tiling::tile_units(point, tile));
      borders.add(line, snapped_.sides(chain));
    }
    return pieces_of(borders);
  }

 private:
  static tiling::Chains chains_of(std::vector<partition::OwnedSegment> segments,
                                  const partition::NodingOptions& options) {
    const auto arrangement = partition::Arrangement::make(std::move(segments), options);
    std::vector<tiling::Group> groups(arrangement.face_count(), tiling::no_group);
    for (partition::FaceId face = 0; face < groups.size(); ++face)
      if (const auto owners = arrangement.owners_of(face); !owners.empty()) groups[face] = owners.front();
    return tiling::Chains::of(arrangement, groups);
  }

  tiling::Chains whole_;
  tiling::Chains snapped_;
};

/// Compares all tiles of a box at a zoom with the whole zoom; returns how many pieces were the same.
std::size_t compare_with_whole_zoom(const partition::Partition& partition, const partition::Grouping& grouping,
                                    const DegreeBox& box, unsigned zoom) {
  const WholeZoom whole(partition, grouping, zoom);
  const auto network = Network::make(partition, grouping, {.max_zoom = zoom + 1, .snapped_zooms = zoom + 1});
  std::size_t compared = 0;
  const auto range = tiling::tiles_meeting(box, zoom);
  for (auto row = range.first_row; row <= range.last_row; ++row)
    for (auto column = range.first_column; column <= range.last_column; ++column) {
      const auto tile = *TileCoordinate::make(zoom, column, row);
      const auto pieces = whole.pieces_in(tile);
      INFO(zoom << "/" << column << "/" << row);
      CHECK((pieces == pieces_of(network.borders_in(tile))));
      compared += pieces.size();
    }
  return compared;
}

/// Compares all tiles of a box at zooms; returns how many pieces were the same.
std::size_t compare(const partition::Partition& partition, const partition::Grouping& grouping, const DegreeBox& box,
                    unsigned first_zoom, unsigned last_zoom) {
  const unsigned max_zoom = last_zoom + 1;  // the last zoom shows more points, on demand and not alike
  const auto at_once = Network::make(partition, grouping, {.max_zoom = max_zoom, .snapped_zooms = max_zoom + 1});
  const auto on_demand = Network::make(partition, grouping, {.max_zoom = max_zoom, .snapped_zooms = first_zoom});
  CHECK(at_once.snapped_zooms() == max_zoom + 1);
  CHECK(on_demand.snapped_zooms() == first_zoom);
  std::size_t compared = 0;
  for (unsigned zoom = first_zoom; zoom <= max_zoom; ++zoom) {
    const auto range = tiling::tiles_meeting(box, zoom);
    for (auto row = range.first_row; row <= range.last_row; ++row)
      for (auto column = range.first_column; column <= range.last_column; ++column) {
        const auto tile = *TileCoordinate::make(zoom, column, row);
        const auto whole = at_once.borders_in(tile);
        const auto alone = on_demand.borders_in(tile);
        INFO(zoom << "/" << column << "/" << row);
        const auto pieces = pieces_of(whole);
        CHECK((pieces == pieces_of(alone)));
        CHECK(whole.leave_the_box() == alone.leave_the_box());
        if (!whole.leave_the_box()) CHECK(whole.around() == alone.around());
        compared += pieces.size();
      }
  }
  return compared;
}

/// The groups beside a border in the tiles of a zoom that meet the box.
template <class PiecesIn>
std::set<tiling::Group> groups_seen(unsigned zoom, const DegreeBox& box, PiecesIn pieces_in) {
  std::set<tiling::Group> seen;
  const auto range = tiling::tiles_meeting(box, zoom);
  for (auto row = range.first_row; row <= range.last_row; ++row)
    for (auto column = range.first_column; column <= range.last_column; ++column)
      for (const auto& [from, to, left, right] : pieces_in(*TileCoordinate::make(zoom, column, row)))
        seen.insert({left, right});
  return seen;
}

/// A place of the Mercator grid near its middle.
DegreePoint on_degree_grid(double x, double y) {
  return on_grid(
      projection::lon_lat_of({static_cast<std::int32_t>(std::lround(x)), static_cast<std::int32_t>(std::lround(y))}));
}

}  // namespace

TEST_CASE("a tile snapped alone is the tile that its whole zoom snapped gives", "[tiles]") {
  const MadeUpCoverage coverage(4711);
  const auto partition = partition::Partition::make(coverage.inputs());
  const auto grouping = by_last_perimeter(partition);
  constexpr auto half = MadeUpCoverage::half;
  // From zoom 5 on: before that perimeters vanish, and the zooms snapped at once keep them so.
  CHECK(compare(partition, grouping, {{-half, -half}, {half, half}}, 5, 12) > 5000);
}

TEST_CASE("a tile snapped alone is its part of the whole plane snapped at once", "[tiles]") {
  const MadeUpCoverage coverage(4711);
  const auto partition = partition::Partition::make(coverage.inputs());
  const auto grouping = by_last_perimeter(partition);
  constexpr auto half = MadeUpCoverage::half;
  std::size_t compared = 0;
  // From zoom 5 on: before that perimeters vanish, and the zooms above show none that the next one does not.
  for (const unsigned zoom : {5U, 6U, 8U, 10U})
    compared += compare_with_whole_zoom(partition, grouping, {{-half, -half}, {half, half}}, zoom);
  CHECK(compared > 5000);
}

TEST_CASE("what is seen stays seen on the way down, where zooms are snapped on demand too", "[tiles]") {
  // Enclaves and islands down to 20 cm, and slivers: at each zoom some are about a unit across.
  const MadeUpCoverage coverage(4711);
  const auto partition = partition::Partition::make(coverage.inputs());
  const auto grouping = by_last_perimeter(partition);
  const auto network = Network::make(partition, grouping, {.max_zoom = 12, .snapped_zooms = 4});
  constexpr auto half = MadeUpCoverage::half;
  std::set<tiling::Group> seen_before;
  for (unsigned zoom = 0; zoom <= 12; ++zoom) {
    auto seen = groups_seen(zoom, {{-half, -half}, {2 * half, half}},
                            [&](TileCoordinate tile) { return pieces_of(network.borders_in(tile)); });
    INFO("zoom " << zoom);
    CHECK(std::ranges::includes(seen, seen_before));
    seen_before = std::move(seen);
  }
  CHECK(seen_before.size() > 50);
}

TEST_CASE("a triangle that a zoom would show and the next one not is shown by neither", "[tiles]") {
  // Kept at load are zooms 0 to 3: the two zooms are both kept, on the two sides of the seam, both on demand.
  for (const unsigned zoom : {2U, 3U, 7U}) {
    INFO("zoom " << zoom);
    const double unit = std::ldexp(1.0, 19 - static_cast<int>(zoom));  // of the next zoom, on the Mercator grid
    // Around the middle of a pixel of the next zoom, which is where four pixels of this one meet: its corners are in
    // one pixel there, and in three here.
    const double middle = std::ldexp(1.0, 20) + unit;
    const auto at = [&](double x, double y) { return on_degree_grid(middle + x * unit, middle + y * unit); };
    const Ring<DegreePoint> triangle{{at(-0.4, -0.4), at(0.4, -0.4), at(-0.3, 0.4)}};
    const Ring<DegreePoint> around{
        {on_degree_grid(-1e7, -1e7), on_degree_grid(1e7, -1e7), on_degree_grid(1e7, 1e7), on_degree_grid(-1e7, 1e7)}};
    const auto land =
        partition::Partition::make(std::vector<partition::PartitionInput>{{0, {around}}, {1, {triangle}}});
    const auto grouping = by_last_perimeter(land);
    const auto network = Network::make(land, grouping, {.max_zoom = 12, .snapped_zooms = 4});
    constexpr std::int32_t half_a_degree = 5'000'000;
    const auto shows = [](unsigned level, const auto& pieces_in) {
      return groups_seen(level, {{-half_a_degree, -half_a_degree}, {half_a_degree, half_a_degree}}, pieces_in)
          .contains(1);
    };
    const WholeZoom this_zoom(land, grouping, zoom);
    const WholeZoom next_zoom(land, grouping, zoom + 1);
    CHECK(shows(zoom, [&](TileCoordinate tile) { return this_zoom.pieces_in(tile); }));
    CHECK_FALSE(shows(zoom + 1, [&](TileCoordinate tile) { return next_zoom.pieces_in(tile); }));

    const auto of_network = [&](TileCoordinate tile) { return pieces_of(network.borders_in(tile)); };
    CHECK_FALSE(shows(zoom, of_network));
    CHECK_FALSE(shows(zoom + 1, of_network));
    CHECK(shows(zoom + 2, of_network));
    CHECK(shows(12, of_network));
  }
}

TEST_CASE("a gap too thin to be shown does not pass for the land around a tile that it runs through", "[tiles]") {
  // From corner to corner of the tile's box and on, 0.2 units wide, through the place just inside the first corner.
  constexpr unsigned zoom = 12;
  const auto tile = *TileCoordinate::make(zoom, 2048, 2048);
  const auto at = [](double x, double y) {
    constexpr double unit = 256;  // on the Mercator grid, whose middle is the tile's corner
    return on_degree_grid((x - 64) * unit, (y - 64) * unit);
  };
  const Ring<DegreePoint> gap{{at(-3999.9, -4000.1), at(8000.1, 7999.9), at(7999.9, 8000.1), at(-4000.1, -3999.9)}};
  const Ring<DegreePoint> land{{at(-9000, -9000), at(12000, -9000), at(12000, 12000), at(-9000, 12000)}};
  const auto partition = partition::Partition::make(std::vector<partition::PartitionInput>{{0, {land, gap}}});
  const auto grouping = by_last_perimeter(partition);
  REQUIRE_FALSE(partition::GroupLocation(partition, grouping).group_at(at(0.5, 0.5)));
  const auto network = Network::make(partition, grouping, {.max_zoom = zoom + 2, .snapped_zooms = 4});
  const auto borders = network.borders_in(tile);
  CHECK(borders.runs().empty());
  CHECK(borders.around() == 0);
}

TEST_CASE("Lille: tiles snapped alone are those that their whole zoom snapped gives", "[tiles][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  const auto communes = real_shapes(folder / "lille.gpkg", "cities");
  std::vector<partition::PartitionInput> inputs;
  add_set(inputs, 0, communes);
  const auto partition = partition::Partition::make(inputs);
  auto box = DegreeBox::around(communes.front().polygons.front().shell.points.front());
  for (const auto& shape : communes)
    for (const auto& polygon : shape.polygons)
      for (const auto point : polygon.shell.points) box.extend(point);
  CHECK(compare(partition, by_perimeter(partition, 0, 0, static_cast<std::uint32_t>(communes.size())), box, 7, 13) >
        20000);
}
