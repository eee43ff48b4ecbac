// Tiles snapped on demand against the same tiles snapped with their whole zoom.
#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

#include "geo/partition/arrangement.hpp"
#include "geo/partition/border_parts.hpp"
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

}  // namespace

TEST_CASE("a tile snapped alone is the tile that its whole zoom snapped gives", "[tiles]") {
  const MadeUpCoverage coverage(4711);
  const auto partition = partition::Partition::make(coverage.inputs());
  const auto grouping = coverage.by_last_perimeter(partition);
  constexpr auto half = MadeUpCoverage::half;
  // From zoom 5 on: before that perimeters vanish, and the zooms snapped at once keep them so.
  CHECK(compare(partition, grouping, {{-half, -half}, {half, half}}, 5, 12) > 5000);
}

TEST_CASE("a tile snapped alone is its part of the whole plane snapped at once", "[tiles]") {
  const MadeUpCoverage coverage(4711);
  const auto partition = partition::Partition::make(coverage.inputs());
  const auto grouping = coverage.by_last_perimeter(partition);
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
  const auto grouping = coverage.by_last_perimeter(partition);
  const auto network = Network::make(partition, grouping, {.max_zoom = 12, .snapped_zooms = 4});
  constexpr auto half = MadeUpCoverage::half;
  const DegreeBox box{{-half, -half}, {2 * half, half}};
  std::set<tiling::Group> seen_before;
  for (unsigned zoom = 0; zoom <= 12; ++zoom) {
    std::set<tiling::Group> seen;
    const auto range = tiling::tiles_meeting(box, zoom);
    for (auto row = range.first_row; row <= range.last_row; ++row)
      for (auto column = range.first_column; column <= range.last_column; ++column) {
        const auto borders = network.borders_in(*TileCoordinate::make(zoom, column, row));
        for (const auto& run : borders.runs()) seen.insert({run.sides.left, run.sides.right});
      }
    INFO("zoom " << zoom);
    CHECK(std::ranges::includes(seen, seen_before));
    seen_before = std::move(seen);
  }
  CHECK(seen_before.size() > 50);
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
