#include <cstdio>

#include "tests/geo/ogr/reading.hpp"
#include "tests/geo/ogr/small_shapefile.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using ogr::SourceError;
using ogr::SourceProblem;
using tests::fixture;
using tests::opened;

namespace {

SourceError error_of(const std::string& location, const std::string& layer = "", const std::string& encoding = "") {
  try {
    opened(location, layer, encoding);
  } catch (const SourceError& error) {
    return error;
  }
  throw std::logic_error("opened " + location);
}

bool says(const SourceError& error, const std::string& words) {
  return std::string(error.what()).find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("a missing file is named", "[ogr][errors]") {
  const auto error = error_of("/nowhere/quarters.geojson");
  CHECK(error.problem() == SourceProblem::missing);
  CHECK(says(error, "/nowhere/quarters.geojson"));
}

TEST_CASE("a file that GDAL does not know is named with what GDAL said", "[ogr][errors]") {
  const tests::ScratchFolder folder("nonsense");
  const auto file = folder.path() / "quarters.geojson";
  std::ofstream(file) << "bonjour";
  const auto error = error_of(file);
  CHECK(error.problem() == SourceProblem::unreadable);
  CHECK(says(error, file.string()));
  CHECK_FALSE(error.said().empty());
}

TEST_CASE("several layers and none chosen: the message lists them", "[ogr][errors]") {
  const auto error = error_of(fixture("undefined_crs.gpkg"));
  CHECK(error.problem() == SourceProblem::several_layers);
  CHECK(error.layers() == std::vector<std::string>{"geographic", "cartesian", "lambert"});
  CHECK(says(error, "cartesian"));
}

TEST_CASE("an unknown layer: the message lists those there are", "[ogr][errors]") {
  const auto error = error_of(fixture("undefined_crs.gpkg"), "quartiers");
  CHECK(error.problem() == SourceProblem::unknown_layer);
  CHECK(says(error, "quartiers"));
  CHECK(says(error, "lambert"));
}

TEST_CASE("a layer's name is matched without regard to case", "[ogr][errors]") {
  CHECK(opened(fixture("undefined_crs.gpkg"), "LAMBERT").layer() == "lambert");
}

TEST_CASE("an unknown encoding is named", "[ogr][errors]") {
  const auto error = error_of(fixture("cp1252.csv"), "", "latin-quarter");
  CHECK(error.problem() == SourceProblem::unknown_encoding);
  CHECK(says(error, "latin-quarter"));
}

TEST_CASE("a shapefile cut off in the middle is an error, not a shorter file", "[ogr][errors]") {
  const tests::ScratchFolder folder("cut");
  const auto file = folder.path() / "quarters.shp";
  const std::vector<std::pair<double, double>> ring{{0, 0}, {0, 9}, {9, 9}, {0, 0}};
  tests::write_small_shapefile(file, {{.name = "A", .ring = ring}, {.name = "B", .ring = ring}}, 0);
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 40);
  auto source = opened(file);
  int with_shape = 0;
  bool broken_off = false;
  try {
    source.for_each([&](ogr::SourceFeature&& row) { with_shape += row.geometry ? 1 : 0; });
  } catch (const SourceError& error) {
    broken_off = error.problem() == SourceProblem::broken_off;
  }
  CHECK(with_shape == 1);
  CHECK((broken_off || !source.warnings().empty()));
}

TEST_CASE("a password is not in the message", "[ogr][errors]") {
  for (const char* location : {"PG:host=127.0.0.1 port=1 dbname=q user=reader password=tr3s-secret",
                               "PG:host=127.0.0.1 port=1 password='tr3s-secret' user=reader",
                               "PG:host=127.0.0.1 port=1 Password = 'c\\'est tr3s-secret' user=reader",
                               "postgresql://reader:tr3s-secret@127.0.0.1:1/q"}) {
    const auto error = error_of(location);
    CHECK(error.problem() == SourceProblem::no_connection);
    CHECK_FALSE(says(error, "tr3s-secret"));
    CHECK(says(error, "reader"));
    CHECK(error.location().find("tr3s-secret") == std::string::npos);
  }
}

TEST_CASE("what the caller throws while reading comes out", "[ogr][errors]") {
  auto source = opened(fixture("mixed_geometries.geojson"));
  CHECK_THROWS_AS(source.for_each([](ogr::SourceFeature&&) { throw std::runtime_error("enough"); }),
                  std::runtime_error);
}
