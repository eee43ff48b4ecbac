// Tiles snapped on demand against the same tiles snapped with their whole zoom.
#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

#include "geo/tiling/tile_matrix_set.hpp"
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
