#include "geo/ogr/source.hpp"

#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/real_files.hpp"

using namespace geoprio;
using ogr::Source;
using ogr::SourceFeature;

namespace {

std::vector<SourceFeature> all_rows(Source& source) {
  std::vector<SourceFeature> rows;
  source.for_each([&](SourceFeature&& row) { rows.push_back(std::move(row)); });
  return rows;
}

}  // namespace

// Counts: shared data's README.
TEST_CASE("Occitanie's 105 quarters are read with their attributes", "[ogr][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  auto source = Source::open({.location = folder / "occitanie/qp.geojson", .layer = "", .encoding = ""});
  REQUIRE(source.crs());
  CHECK(source.crs()->declared_by_standard);
  const auto rows = all_rows(source);
  CHECK(rows.size() == 105);
  CHECK(source.fields().front().name == "code_qp");
  for (const auto& row : rows) CHECK(row.geometry.has_value());
  CHECK(source.warnings().empty());
}

TEST_CASE("Lille's GeoPackage must be told which layer", "[ogr][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  const std::string file = folder / "lille.gpkg";
  try {
    Source::open({.location = file, .layer = "", .encoding = ""});
    FAIL("a layer was chosen for us");
  } catch (const ogr::SourceError& error) {
    CHECK(error.problem() == ogr::SourceProblem::several_layers);
    CHECK(error.layers().size() == 4);
    CHECK(std::string(error.what()).find("enriched_grid") != std::string::npos);
  }
  auto quarters = Source::open({.location = file, .layer = "QPVS", .encoding = ""});
  CHECK(quarters.crs()->definition == "EPSG:2154");
  CHECK_FALSE(quarters.crs()->geographic);
  std::size_t vertices = 0;
  const auto rows = all_rows(quarters);
  for (const auto& row : rows)
    for (const auto& polygon : row.geometry->polygons) {
      vertices += polygon.shell.points.size() + 1;
      for (const auto& hole : polygon.holes) vertices += hole.points.size() + 1;
    }
  CHECK(rows.size() == 26);
  CHECK(vertices == 3586);
}

TEST_CASE("the nation's communes open as a bare zip", "[ogr][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  auto source = Source::open({.location = folder / "communes-france-2018.shp.zip", .layer = "", .encoding = ""});
  CHECK(source.driver() == "ESRI Shapefile");
  CHECK(source.crs()->geographic);
  CHECK(source.feature_count() == 35357);
  std::size_t rows = 0;
  source.for_each([&](SourceFeature&& row) { rows += row.geometry ? 1U : 0U; });
  CHECK(rows == 35357);
  CHECK(source.warnings().empty());
}
