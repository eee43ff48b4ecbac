#include "tests/geo/ogr/reading.hpp"
#include "tests/geo/ogr/small_shapefile.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using tests::all_rows;
using tests::fixture;
using tests::opened;

TEST_CASE("GeoJSON without a crs member is declared by its standard", "[ogr][crs]") {
  const auto source = opened(fixture("mixed_geometries.geojson"));
  REQUIRE(source.crs());
  CHECK(source.crs()->definition == "EPSG:4326");
  CHECK(source.crs()->geographic);
  CHECK(source.crs()->declared_by_standard);
}

TEST_CASE("KML is declared by its standard", "[ogr][crs]") {
  auto source = opened(fixture("quarters.kml"));
  REQUIRE(source.crs());
  CHECK(source.crs()->declared_by_standard);
  CHECK(all_rows(source).at(0).geometry->polygons.front().shell.points.front() == SourceCoordinate{4.0, 45.0});
}

TEST_CASE("a legacy crs member is obeyed", "[ogr][crs]") {
  const auto source = opened(fixture("legacy_crs.geojson"));
  REQUIRE(source.crs());
  CHECK(source.crs()->definition == "EPSG:2154");
  CHECK(source.crs()->name == "RGF93 v1 / Lambert-93");
  CHECK_FALSE(source.crs()->geographic);
  CHECK_FALSE(source.crs()->declared_by_standard);
}

TEST_CASE("IGN's name for Lambert-93 is kept", "[ogr][crs]") {
  const auto source = opened(fixture("ignf_crs.geojson"));
  REQUIRE(source.crs());
  CHECK(source.crs()->definition == "IGNF:LAMB93");
  CHECK_FALSE(source.crs()->geographic);
}

TEST_CASE("metres in GeoJSON without a crs member claim to be degrees, for the caller to refuse", "[ogr][crs]") {
  auto source = opened(fixture("metres_without_crs.geojson"));
  CHECK(source.crs()->geographic);
  CHECK(all_rows(source).at(0).geometry->polygons.front().shell.points.front().easting == 808800);
}

TEST_CASE("TopoJSON declares nothing", "[ogr][crs]") {
  auto source = opened(fixture("quarters.topojson"));
  CHECK_FALSE(source.crs());
  CHECK(all_rows(source).at(0).geometry);
}

TEST_CASE("GeoPackage's undefined systems are no system", "[ogr][crs]") {
  CHECK_FALSE(opened(fixture("undefined_crs.gpkg"), "geographic").crs());
  CHECK_FALSE(opened(fixture("undefined_crs.gpkg"), "cartesian").crs());
  CHECK(opened(fixture("undefined_crs.gpkg"), "lambert").crs()->definition == "EPSG:2154");
}

TEST_CASE("a shapefile without .prj declares nothing", "[ogr][crs]") {
  const tests::ScratchFolder folder("no-prj");
  tests::write_small_shapefile(folder.path() / "quarters.shp",
                               {{.name = "A", .ring = {{0, 0}, {0, 9}, {9, 9}, {0, 0}}}}, 0);
  CHECK_FALSE(opened(folder.path() / "quarters.shp").crs());
}

TEST_CASE("a shapefile's .prj in ESRI's words is known by its code", "[ogr][crs]") {
  const tests::ScratchFolder folder("esri-prj");
  tests::write_small_shapefile(folder.path() / "quarters.shp",
                               {{.name = "A", .ring = {{0, 0}, {0, 9}, {9, 9}, {0, 0}}}}, 0);
  std::ofstream(folder.path() / "quarters.prj")
      << "PROJCS[\"RGF_1993_Lambert_93\",GEOGCS[\"GCS_RGF_1993\",DATUM[\"D_RGF_1993\",SPHEROID[\"GRS_1980\",6378137.0,"
         "298.257222101]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Lambert_"
         "Conformal_"
         "Conic\"],PARAMETER[\"False_Easting\",700000.0],PARAMETER[\"False_Northing\",6600000.0],PARAMETER[\"Central_"
         "Meridian\",3.0],PARAMETER[\"Standard_Parallel_1\",44.0],PARAMETER[\"Standard_Parallel_2\",49.0],PARAMETER["
         "\"Latitude_Of_Origin\",46.5],UNIT[\"Meter\",1.0]]";
  const auto source = opened(folder.path() / "quarters.shp");
  REQUIRE(source.crs());
  CHECK(source.crs()->definition == "EPSG:2154");
}

TEST_CASE("a file that writes latitude first is read longitude first", "[ogr][crs]") {
  auto source = opened(fixture("latitude_first.gml"));
  CHECK(source.crs()->geographic);
  CHECK(all_rows(source).at(0).geometry->polygons.front().shell.points.front() == SourceCoordinate{4.0, 45.0});
  CHECK_FALSE(std::filesystem::exists(fixture("latitude_first.gfs")));
}
