// Every polygon of every tile of real layers, from zoom 0 to 12, judged by GEOS.
#include <cstdio>
#include <string>
#include <vector>

#include "geo/tiling/tile_cutter.hpp"
#include "geo/tiling/tile_matrix_set.hpp"
#include "tests/geo/partition/real_shapes.hpp"
#include "tests/geo/tiling/tile_checks.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/real_files.hpp"

using namespace geoprio;
using namespace geoprio::tests;
using partition::Partition;
using tiling::Network;

namespace {

DegreeBox box_of(const std::vector<DegreeShape>& shapes) {
  auto box = DegreeBox::around(shapes.front().polygons.front().shell.points.front());
  for (const auto& shape : shapes)
    for (const auto& polygon : shape.polygons)
      for (const auto point : polygon.shell.points) box.extend(point);
  return box;
}

struct Tally {
  std::size_t tiles = 0;
  std::size_t polygons = 0;
  std::size_t seams = 0;
};

/// Checks all tiles that the shapes meet: valid, and the same borders as in the tile to the east.
Tally check_tiles(const Partition& made, const partition::Grouping& grouping, const DegreeBox& box, unsigned max_zoom) {
  const auto network = Network::make(made, grouping, {.max_zoom = max_zoom});
  const auto features = one_feature_per_group(grouping.group_count);
  CHECK(network.shared_faces() == 0);
  Tally tally;
  for (unsigned zoom = 0; zoom <= max_zoom; ++zoom) {
    INFO("zoom " << zoom);
    const auto range = tiling::tiles_meeting(box, zoom);
    for (auto row = range.first_row; row <= range.last_row; ++row) {
      std::vector<CutFeature> west;
      for (auto column = range.first_column; column <= range.last_column; ++column) {
        INFO("column " << column << ", row " << row);
        const auto place = *TileCoordinate::make(zoom, column, row);
        auto features_here = cut(network, place, features);
        ++tally.tiles;
        for (const auto& feature : features_here) tally.polygons += feature.polygons.size();
        if (const auto defect = defect_of(features_here); !defect.empty()) CHECK(defect == "");
        if (column > range.first_column) {
          const auto before = *TileCoordinate::make(zoom, column - 1, row);
          const auto zone = ZoomBox::of(before).common_with(ZoomBox::of(place));
          const auto seam = edges_in(features_here, place, zone);
          if (seam != edges_in(west, before, zone)) FAIL_CHECK("the seam differs");
          tally.seams += seam.size();
        }
        west = std::move(features_here);
      }
    }
  }
  return tally;
}

void report(const char* name, const Tally& tally) {
  std::printf("%s: %zu tiles, %zu polygons valid, %zu edges the same across seams\n", name, tally.tiles, tally.polygons,
              tally.seams);
}

}  // namespace

TEST_CASE("Lille: quarters and communes have valid tiles that meet", "[tiles][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  const auto quarters = real_shapes(folder / "lille.gpkg", "qpvs");
  const auto communes = real_shapes(folder / "lille.gpkg", "cities");
  std::vector<partition::PartitionInput> inputs;
  add_set(inputs, 0, quarters);
  add_set(inputs, 1, communes);
  const auto made = Partition::make(inputs);
  const auto count = [](const auto& shapes) { return static_cast<std::uint32_t>(shapes.size()); };
  const auto box = box_of(communes);
  report("Lille, quarters", check_tiles(made, by_perimeter(made, 0, 0, count(quarters)), box, 13));
  report("Lille, communes", check_tiles(made, by_perimeter(made, 1, count(quarters), count(communes)), box, 13));
}

TEST_CASE("Occitanie: quarters and communes have valid tiles that meet", "[tiles][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  const auto quarters = real_shapes(folder / "occitanie/qp.geojson");
  const auto communes = real_shapes(folder / "occitanie/communes.geojson");
  std::vector<partition::PartitionInput> inputs;
  add_set(inputs, 0, quarters);
  add_set(inputs, 1, communes);
  const auto made = Partition::make(inputs);
  const auto count = [](const auto& shapes) { return static_cast<std::uint32_t>(shapes.size()); };
  const auto box = box_of(communes);
  report("Occitanie, quarters", check_tiles(made, by_perimeter(made, 0, 0, count(quarters)), box, 12));
  report("Occitanie, communes", check_tiles(made, by_perimeter(made, 1, count(quarters), count(communes)), box, 12));
}

TEST_CASE("the Loire: communes under cells of another vintage have valid tiles that meet", "[tiles][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  const auto communes = real_shapes(folder / "communes-42-loire.geojson");
  const auto cells = real_shapes(folder / "iris-42.geojson");
  std::vector<partition::PartitionInput> inputs;
  add_set(inputs, 0, communes);
  add_set(inputs, 1, cells);
  const auto made = Partition::make(inputs);
  const auto count = [](const auto& shapes) { return static_cast<std::uint32_t>(shapes.size()); };
  const auto box = box_of(communes);
  report("Loire, communes", check_tiles(made, by_perimeter(made, 0, 0, count(communes)), box, 11));
  report("Loire, cells", check_tiles(made, by_perimeter(made, 1, count(communes), count(cells)), box, 11));
}
