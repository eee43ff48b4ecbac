// Counts as shared data's README and the design state them; GEOS 3.11 found them through another program.
#include <algorithm>
#include <string>
#include <vector>

#include "geo/geometry/overlay.hpp"
#include "geo/geometry/repair.hpp"
#include "geo/ogr/source.hpp"
#include "geo/projection/reprojector.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/real_files.hpp"

using namespace geoprio;

namespace {

/// Read, repaired, brought to the grid and repaired again, as a load does it.
struct OnGrid {
  int read = 0;
  int broken_by_rounding = 0;
  int lost = 0;
  int invalid = 0;
  double largest_share = 0;
};

std::size_t repeated_points(const SourceShape& shape) {
  std::size_t count = 0;
  const auto count_in = [&count](const Ring<SourceCoordinate>& ring) {
    const auto& points = ring.points;
    for (std::size_t index = 0; index < points.size(); ++index)
      count += points[index] == points[(index + 1) % points.size()] ? 1U : 0U;
  };
  for (const auto& polygon : shape.polygons) {
    count_in(polygon.shell);
    for (const auto& hole : polygon.holes) count_in(hole);
  }
  return count;
}

OnGrid on_grid_of(const std::string& location, const std::string& layer) {
  OnGrid tally;
  auto source = ogr::Source::open({.location = location, .layer = layer, .encoding = ""});
  const auto to_degrees = projection::Reprojector::make(source.crs().value().definition, projection::degrees_crs);
  source.for_each([&](ogr::SourceFeature&& feature) {
    ++tally.read;
    const auto repaired = geometry::repair(feature.geometry.value_or(SourceShape{}));
    if (!repaired) return;
    const auto moved = to_degrees.to_degrees(repaired->shape);
    const auto again = moved ? geometry::repair(*moved) : geometry::repair(DegreeShape{});
    if (!again) {
      ++tally.lost;
      return;
    }
    tally.broken_by_rounding += again->changed ? 1 : 0;
    tally.largest_share = std::max(tally.largest_share, again->share);
    if (!geometry::defect_of(again->shape).empty()) ++tally.invalid;
  });
  return tally;
}

struct Tally {
  int read = 0;
  int repaired = 0;
  int refused = 0;
  double largest_share = 0;
  std::vector<std::string> repaired_first_values;
};

Tally tally_of(const std::string& location, const std::string& layer) {
  Tally tally;
  auto source = ogr::Source::open({.location = location, .layer = layer, .encoding = ""});
  source.for_each([&](ogr::SourceFeature&& feature) {
    ++tally.read;
    const auto result = geometry::repair(feature.geometry.value_or(SourceShape{}));
    if (!result) {
      ++tally.refused;
      return;
    }
    tally.largest_share = std::max(tally.largest_share, result->share);
    if (!result->changed) return;
    ++tally.repaired;
    for (const auto& value : feature.values)
      if (const auto* text = std::get_if<std::string>(&value)) tally.repaired_first_values.push_back(*text);
  });
  return tally;
}

}  // namespace

TEST_CASE("Occitanie: 105 read, 32 repaired by 0.015 % at most, none refused", "[geometry][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  const auto tally = tally_of(folder / "occitanie/qp.geojson", "");
  CHECK(tally.read == 105);
  CHECK(tally.repaired == 32);
  CHECK(tally.refused == 0);
  CHECK(tally.largest_share > 0.000145);
  CHECK(tally.largest_share < 0.000155);
}

// 1,022 repeated vertices in Occitanie: shared data's README.
TEST_CASE("Occitanie's repeated vertices are read as they are, and none is left after repair", "[geometry][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  std::size_t in_source = 0;
  std::size_t left = 0;
  auto source = ogr::Source::open({.location = folder / "occitanie/qp.geojson", .layer = "", .encoding = ""});
  source.for_each([&](ogr::SourceFeature&& feature) {
    in_source += repeated_points(*feature.geometry);
    left += repeated_points(geometry::repair(*feature.geometry)->shape);
  });
  CHECK(in_source == 1022);
  CHECK(left == 0);
}

TEST_CASE("Lille: 26 quarters read, QP059067 repaired", "[geometry][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  const auto tally = tally_of(folder / "lille.gpkg", "qpvs");
  CHECK(tally.read == 26);
  CHECK(tally.repaired == 1);
  CHECK(tally.refused == 0);
  CHECK(std::ranges::find(tally.repaired_first_values, "QP059067") != tally.repaired_first_values.end());
}

TEST_CASE("the nation: 35,357 communes read out of a zip, 1 repaired", "[geometry][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  const auto tally = tally_of(folder / "communes-france-2018.shp.zip", "");
  CHECK(tally.read == 35357);
  CHECK(tally.repaired == 1);
  CHECK(tally.refused == 0);
}

TEST_CASE("the Loire's communes and IRIS are valid", "[geometry][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  const auto communes = tally_of(folder / "communes-42-loire.geojson", "");
  CHECK(communes.read == 326);
  CHECK(communes.repaired + communes.refused == 0);
  const auto iris = tally_of(folder / "iris-42.geojson", "");
  CHECK(iris.read == 497);
  CHECK(iris.repaired + iris.refused == 0);
}

TEST_CASE("every real perimeter is valid on the grid, and rounding changes next to nothing", "[geometry][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  const std::vector<std::pair<std::string, std::string>> files{{"occitanie/qp.geojson", ""},
                                                               {"lille.gpkg", "qpvs"},
                                                               {"lille.gpkg", "cities"},
                                                               {"lille.gpkg", "enriched_grid"},
                                                               {"communes-42-loire.geojson", ""},
                                                               {"iris-42.geojson", ""},
                                                               {"communes-france-2018.shp.zip", ""}};
  for (const auto& [file, layer] : files) {
    const auto tally = on_grid_of(folder / file, layer);
    CAPTURE(file, layer, tally.read, tally.broken_by_rounding, tally.largest_share);
    CHECK(tally.lost == 0);
    CHECK(tally.invalid == 0);
    CHECK(tally.largest_share < 1e-6);
  }
}
