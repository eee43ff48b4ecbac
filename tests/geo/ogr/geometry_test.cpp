#include "tests/geo/ogr/reading.hpp"
#include "tests/geo/ogr/small_shapefile.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using tests::all_rows;
using tests::fixture;
using tests::opened;

TEST_CASE("polygons and multipolygons of one layer are one kind of shape", "[ogr][geometry]") {
  auto source = opened(fixture("mixed_geometries.geojson"));
  const auto rows = all_rows(source);
  REQUIRE(rows.size() == 7);
  CHECK(rows[0].geometry_name == "POLYGON");
  CHECK(rows[0].geometry->polygons.size() == 1);
  CHECK(rows[1].geometry_name == "MULTIPOLYGON");
  REQUIRE(rows[1].geometry->polygons.size() == 2);
  CHECK(rows[1].geometry->polygons[1].holes.size() == 1);
}

TEST_CASE("heights are dropped and the closing point is not repeated", "[ogr][geometry]") {
  auto source = opened(fixture("mixed_geometries.geojson"));
  const auto rows = all_rows(source);
  const Ring<SourceCoordinate> expected{{{4.0, 45.0}, {4.0, 45.1}, {4.1, 45.1}}};
  CHECK(rows.at(0).geometry->polygons.front().shell == expected);
}

TEST_CASE("a null, an empty collection and a line are no shape, and are named", "[ogr][geometry]") {
  auto source = opened(fixture("mixed_geometries.geojson"));
  const auto rows = all_rows(source);
  for (const std::size_t index : {2U, 3U, 4U}) {
    CHECK_FALSE(rows.at(index).geometry);
    CHECK_FALSE(rows.at(index).point);
  }
  CHECK(rows[2].geometry_name.empty());
  CHECK(rows[3].geometry_name == "GEOMETRYCOLLECTION EMPTY");
  CHECK(rows[4].geometry_name == "LINESTRING");
  CHECK(rows[4].row == 5);
}

TEST_CASE("a collection gives its polygons and leaves its lines", "[ogr][geometry]") {
  auto source = opened(fixture("mixed_geometries.geojson"));
  const auto rows = all_rows(source);
  REQUIRE(rows.at(5).geometry);
  CHECK(rows[5].geometry->polygons.size() == 1);
}

TEST_CASE("a point is a point, longitude first", "[ogr][geometry]") {
  auto source = opened(fixture("mixed_geometries.geojson"));
  const auto rows = all_rows(source);
  CHECK_FALSE(rows.at(6).geometry);
  CHECK(rows[6].point == SourceCoordinate{4.39203, 45.437121});
}

TEST_CASE("a curve becomes chords that keep the circle's area to a thousandth", "[ogr][geometry]") {
  auto source = opened(fixture("curves.csv"));
  const auto rows = all_rows(source);
  REQUIRE(rows.at(0).geometry);
  const auto& points = rows[0].geometry->polygons.front().shell.points;
  double twice = 0;
  for (std::size_t index = 0; index < points.size(); ++index) {
    const auto next = points[(index + 1) % points.size()];
    twice += points[index].easting * next.northing - next.easting * points[index].northing;
  }
  CHECK(std::abs(twice) / 2 == Approx(3.14159265).epsilon(0.001));
  CHECK(rows.at(1).geometry->polygons.size() == 1);
  CHECK(rows.at(2).geometry->polygons.size() == 1);
}

TEST_CASE("a null shape of a shapefile is a row without geometry", "[ogr][geometry]") {
  const tests::ScratchFolder folder("null-shape");
  tests::write_small_shapefile(folder.path() / "quarters.shp",
                               {{.name = "A", .ring = {{0, 0}, {0, 9}, {9, 9}, {0, 0}}}, {.name = "B", .ring = {}}}, 0);
  auto source = opened(folder.path() / "quarters.shp");
  const auto rows = all_rows(source);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].geometry);
  CHECK_FALSE(rows[1].geometry);
  CHECK(rows[1].geometry_name.empty());
}
