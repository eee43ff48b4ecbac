#include "tests/geo/loading/scratch_atlas.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using tests::says;
using tests::ScratchAtlas;

namespace {

const std::string bow_tie_beside_a_block =
    R"({"type":"MultiPolygon","coordinates":[[[[4.0,45.4],[4.0,45.41],[4.01,45.41],[4.01,45.4],[4.0,45.4]]],)"
    R"([[[4.02,45.4],[4.0201,45.4001],[4.0201,45.4],[4.02,45.4001],[4.02,45.4]]]]})";

loading::LoadedAtlas loaded_features(const ScratchAtlas& atlas, const std::string& features) {
  atlas.write("quarters.geojson", ScratchAtlas::quarters(features));
  return atlas.loaded();
}

}  // namespace

TEST_CASE("where metres are not metres the distance to the limit is refused with the reason, and the quarter kept",
          "[loading]") {
  const ScratchAtlas scratch("out-of-reach");
  // Lambert-93 is made for 9.86 W to 10.38 E (EPSG's registry).
  scratch.write("quarters.geojson",
                ScratchAtlas::quarters(ScratchAtlas::square("A1", 4.0) + "," + ScratchAtlas::square("FAR", 24.0)));
  const auto loaded = scratch.loaded();
  CHECK(loaded.editions.front().quarters.size() == 2);
  REQUIRE(loaded.report.refusals.size() == 1);
  const auto& refusal = loaded.report.refusals.front();
  CHECK(refusal.file == "quarters.geojson");
  CHECK(refusal.feature == "2 (FAR)");
  CHECK(says(refusal.reason, "area of use of EPSG:2154"));
  CHECK(says(refusal.remedy, "near_limit_m = 0"));
  scratch.write("atlas.toml", ScratchAtlas::settings("", "[kiosk]\nnear_limit_m = 0\n"));
  CHECK(scratch.loaded().report.refusals.empty());
}

TEST_CASE("a square lands on the grid with its shell anticlockwise", "[loading]") {
  const auto atlas = ScratchAtlas("grid").loaded();
  const auto& quarters = atlas.editions.at(0).quarters;
  REQUIRE(quarters.size() == 2);
  const auto& ring = quarters.at(0).perimeter.shape.polygons.at(0).shell.points;
  REQUIRE(ring.size() == 4);
  std::int64_t twice_area = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto& a = ring[i];
    const auto& b = ring[(i + 1) % 4];
    twice_area += std::int64_t{a.x} * b.y - std::int64_t{b.x} * a.y;
  }
  CHECK(twice_area == 2 * std::int64_t{100000} * 100000);
  CHECK(atlas.report.repairs.empty());
  CHECK(atlas.report.refusals.empty());
}

TEST_CASE("a self-intersection is repaired and reported with its area", "[loading]") {
  const ScratchAtlas scratch("repair");
  const auto atlas = loaded_features(scratch, ScratchAtlas::feature("\"code\":\"A1\"", bow_tie_beside_a_block));
  REQUIRE(atlas.report.repairs.size() == 1);
  const auto& repair = atlas.report.repairs.at(0);
  CHECK(repair.file == "quarters.geojson");
  CHECK(repair.feature == "1 (A1)");
  CHECK(repair.code == "A1");
  // By hand: the bow tie has two wings of 0.0001 × 0.00005 / 2 square degrees; its signed shoelace area is 0. At 45.4°
  // a square degree is 111,140 m × 78,310 m; the block beside it is 0.01 × 0.01.
  CHECK(repair.area_changed_m2 == Approx(0.5e-8 * 111140 * 78310).epsilon(0.01));
  CHECK(repair.share == Approx(0.5e-8 / 1e-4).epsilon(0.01));
  CHECK(atlas.report.sources.at(0).repaired == 1);
}

TEST_CASE("a bow tie alone would change too much and is refused", "[loading]") {
  const ScratchAtlas scratch("bow-tie");
  const auto atlas = loaded_features(
      scratch,
      ScratchAtlas::square("A1", 4.0) + "," +
          ScratchAtlas::feature(
              "\"code\":\"A2\"",
              R"({"type":"Polygon","coordinates":[[[4.1,45.4],[4.2,45.5],[4.2,45.4],[4.1,45.49],[4.1,45.4]]]})"));
  REQUIRE(atlas.report.refusals.size() == 1);
  CHECK(atlas.report.refusals.at(0).feature == "2 (A2)");
  CHECK(says(atlas.report.refusals.at(0).reason, "1 %"));
  CHECK(says(atlas.report.refusals.at(0).remedy, "Fix geometries"));
}

TEST_CASE("null, empty and non-polygon geometries are refused one by one", "[loading]") {
  const ScratchAtlas scratch("no-polygon");
  const auto atlas = loaded_features(
      scratch, ScratchAtlas::square("A1", 4.0) + "," + ScratchAtlas::feature("\"code\":\"N\"", "null") + "," +
                   ScratchAtlas::feature("\"code\":\"E\"", R"({"type":"GeometryCollection","geometries":[]})") + "," +
                   ScratchAtlas::feature("\"code\":\"P\"", R"({"type":"Point","coordinates":[4,45]})") + "," +
                   ScratchAtlas::feature("\"code\":\"L\"", R"({"type":"LineString","coordinates":[[4,45],[4.1,45]]})"));
  CHECK(atlas.editions.at(0).quarters.size() == 1);
  REQUIRE(atlas.report.refusals.size() == 4);
  for (const auto& refusal : atlas.report.refusals) {
    CHECK(refusal.file == "quarters.geojson");
    CHECK_FALSE(refusal.reason.empty());
    CHECK_FALSE(refusal.remedy.empty());
  }
  CHECK(says(atlas.report.refusals.at(2).reason, "POINT"));
  CHECK(atlas.report.sources.at(0).read == 5);
  CHECK(atlas.report.sources.at(0).refused == 4);
}

TEST_CASE("polygons and multipolygons mix, repeated vertices and clockwise shells are no repair", "[loading]") {
  const ScratchAtlas scratch("mixed");
  const auto atlas = loaded_features(
      scratch, ScratchAtlas::square("A1", 4.0) + "," +
                   ScratchAtlas::feature("\"code\":\"A2\"",
                                         R"({"type":"MultiPolygon","coordinates":[[[[4.1,45.4],[4.1,45.4],)"
                                         R"([4.1,45.41],[4.11,45.41],[4.11,45.41],[4.11,45.4],[4.1,45.4]]]]})"));
  CHECK(atlas.report.repairs.empty());
  CHECK(atlas.editions.at(0).quarters.at(1).perimeter.shape.polygons.at(0).shell.points.size() == 4);
}

TEST_CASE("a code that two perimeters bear is refused the second time", "[loading]") {
  const ScratchAtlas scratch("duplicate");
  const auto atlas = loaded_features(scratch, ScratchAtlas::square("A1", 4.0) + "," + ScratchAtlas::square("A1", 4.1));
  CHECK(atlas.editions.at(0).quarters.size() == 1);
  REQUIRE(atlas.report.refusals.size() == 1);
  CHECK(atlas.report.refusals.at(0).feature == "2 (A1)");
}

TEST_CASE("a quarter repeated for each of its communes is one quarter of both", "[loading]") {
  const ScratchAtlas scratch("repeated");
  scratch.write("atlas.toml",
                ScratchAtlas::settings("", "", "data = \"quarters.geojson\", code = \"code\", communes = \"COM\""));
  const auto atlas = loaded_features(scratch, ScratchAtlas::square("A1", 4.0, "\"com\":\"42218\"") + "," +
                                                  ScratchAtlas::square("A1", 4.0, "\"com\":\"42207\""));
  REQUIRE(atlas.editions.at(0).quarters.size() == 1);
  CHECK(atlas.editions.at(0).quarters.at(0).communes == std::vector<std::string>{"42218", "42207"});
  CHECK(atlas.report.refusals.empty());
  CHECK(atlas.report.warnings.size() == 1);
}

TEST_CASE("a feature without a code is refused", "[loading]") {
  const ScratchAtlas scratch("no-code");
  const auto atlas = loaded_features(scratch, ScratchAtlas::square("A1", 4.0) + "," + ScratchAtlas::square("  ", 4.1));
  REQUIRE(atlas.report.refusals.size() == 1);
  CHECK(says(atlas.report.refusals.at(0).reason, "no code"));
}

TEST_CASE("a field that is missing is told with those that there are, or that there is none", "[loading]") {
  const ScratchAtlas scratch("no-field");
  const auto other = scratch.failure_of(ScratchAtlas::settings("", "", "data = \"quarters.geojson\", code = \"cod\""));
  CHECK(says(other, "has no field “cod”. Its fields: code."));
  scratch.write("quarters.geojson", ScratchAtlas::quarters(""));
  CHECK(says(scratch.failure(), "has no field at all"));
}

TEST_CASE("metres in a file that claims degrees are refused with what to write", "[loading]") {
  const ScratchAtlas scratch("metres");
  const auto lambert = ScratchAtlas::feature(
      "\"code\":\"A2\"",
      R"({"type":"Polygon","coordinates":[[[808800,6482900],[808900,6482900],[808900,6483000],[808800,6482900]]]})");
  const auto atlas = loaded_features(scratch, ScratchAtlas::square("A1", 4.0) + "," + lambert);
  REQUIRE(atlas.report.refusals.size() == 1);
  CHECK(says(atlas.report.refusals.at(0).remedy, "crs = \"EPSG:2154\""));
  scratch.write("quarters.geojson", ScratchAtlas::quarters(lambert));
  CHECK(says(scratch.failure(), "has no quarter left"));
  CHECK(says(scratch.failure(), "EPSG:2154"));
}

TEST_CASE("a declared system brings metres to degrees, longitude first", "[loading]") {
  const ScratchAtlas scratch("declared");
  scratch.write("atlas.toml",
                ScratchAtlas::settings("", "", "data = \"quarters.geojson\", code = \"code\", crs = \"EPSG:2154\""));
  const auto atlas = loaded_features(
      scratch,
      ScratchAtlas::feature("\"code\":\"A1\"",
                            R"({"type":"Polygon","coordinates":[[[808829.634,6482924.577],)"
                            R"([808929.634,6482924.577],[808929.634,6483024.577],[808829.634,6482924.577]]]})"));
  // data/README.md, by PROJ 9.1.1: 808829.634, 6482924.577 in EPSG:2154 is 4.39203 E 45.437121 N.
  bool found = false;
  for (const auto& point : atlas.editions.at(0).quarters.at(0).perimeter.shape.polygons.at(0).shell.points)
    found = found || (std::abs(point.x - 43920300) <= 1 && std::abs(point.y - 454371210) <= 1);
  CHECK(found);
}

TEST_CASE("a source without a system is refused with what to write, and its neighbours load", "[loading]") {
  const ScratchAtlas scratch("no-crs");
  scratch.write("zones.csv", "code,WKT\nZ1,\"POLYGON((4 45,4.1 45,4.1 45.1,4 45))\"\n");
  scratch.write("atlas.toml",
                ScratchAtlas::settings("", "[[perimeters]]\nid = \"zones\"\ndata = \"zones.csv\"\ncode = \"code\"\n"));
  const auto atlas = scratch.loaded();
  CHECK(atlas.sets.at(0).perimeters.empty());
  REQUIRE(atlas.report.refusals.size() == 1);
  CHECK(says(atlas.report.refusals.at(0).reason, "declares no coordinate reference system"));
  CHECK(says(atlas.report.refusals.at(0).remedy, "crs = \"EPSG:4326\""));
  CHECK(atlas.editions.at(0).quarters.size() == 2);
  scratch.write(
      "atlas.toml",
      ScratchAtlas::settings(
          "", "[[perimeters]]\nid = \"zones\"\ndata = \"zones.csv\"\ncode = \"code\"\ncrs = \"EPSG:4326\"\n"));
  CHECK(scratch.loaded().sets.at(0).perimeters.size() == 1);
}

TEST_CASE("a system that does not exist is an error that names the file", "[loading]") {
  const ScratchAtlas scratch("wrong-crs");
  const auto said = scratch.failure_of(
      ScratchAtlas::settings("", "", "data = \"quarters.geojson\", code = \"code\", crs = \"EPSG:999999\""));
  CHECK(says(said, "quarters.geojson: "));
  CHECK(says(said, "EPSG:999999"));
}

TEST_CASE("IGN's name for Lambert-93 is a system like another", "[loading]") {
  const ScratchAtlas scratch("ignf");
  scratch.write("quarters.geojson",
                ScratchAtlas::quarters(
                    ScratchAtlas::feature("\"code\":\"A1\"",
                                          R"({"type":"Polygon","coordinates":[[[808800,6482900],[808900,6482900],)"
                                          R"([808900,6483000],[808800,6482900]]]})"),
                    R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:IGNF::LAMB93"}},)"));
  const auto atlas = scratch.loaded();
  CHECK(atlas.report.refusals.empty());
  CHECK(atlas.editions.at(0).quarters.at(0).perimeter.shape.polygons.at(0).shell.points.at(0).x / 1000000 == 43);
}

TEST_CASE("official quarters of 2015 and of 2024 load without naming their name field", "[loading]") {
  const ScratchAtlas scratch("official");
  scratch.write("2015.geojson", ScratchAtlas::quarters(ScratchAtlas::feature(
                                    R"("CODE_QP":"QP042001","NOM_QP":"Montreynaud","COMMUNE_QP":"Saint-Étienne")",
                                    ScratchAtlas::square_geometry(4.0))));
  scratch.write("2024.geojson", ScratchAtlas::quarters(ScratchAtlas::feature(
                                    R"("code_qp":"QN04201M","lib_qp":"Tarentaize","insee_com":"02571; 2691")",
                                    ScratchAtlas::square_geometry(4.1))));
  scratch.write(
      "atlas.toml",
      ScratchAtlas::settings("",
                             "[[editions]]\nid = \"2024\"\nstage = \"in_force\"\nquarters = { data = \"2024.geojson\", "
                             "code = \"CODE_QP\", communes = \"INSEE_COM\" }\n",
                             "data = \"2015.geojson\", code = \"code_qp\""));
  const auto atlas = scratch.loaded();
  CHECK(atlas.editions.at(0).quarters.at(0).perimeter.code == "QP042001");
  CHECK(atlas.editions.at(0).quarters.at(0).perimeter.name == "Montreynaud");
  CHECK(atlas.editions.at(1).quarters.at(0).perimeter.name == "Tarentaize");
  CHECK(atlas.editions.at(1).quarters.at(0).communes == std::vector<std::string>{"02571", "02691"});
}

TEST_CASE("a commune code stored as an integer gets its zero back", "[loading]") {
  const ScratchAtlas scratch("integer-code");
  scratch.write(
      "communes.geojson",
      ScratchAtlas::quarters(
          ScratchAtlas::feature(R"("insee":2571,"nom":"Origny")", ScratchAtlas::square_geometry(3.9)) + "," +
          ScratchAtlas::feature(R"("insee":42218,"nom":"Saint-Étienne")", ScratchAtlas::square_geometry(4.0))));
  scratch.write(
      "atlas.toml",
      ScratchAtlas::settings("", "[[perimeters]]\nid = \"communes\"\ndata = \"communes.geojson\"\ncode = \"INSEE\"\n"));
  const auto atlas = scratch.loaded();
  CHECK(atlas.sets.at(0).perimeters.at(0).code == "02571");
  CHECK(atlas.sets.at(0).perimeters.at(1).name == "Saint-Étienne");
}

TEST_CASE("the same name in two communes is two quarters", "[loading]") {
  const ScratchAtlas scratch("same-name");
  const auto atlas = loaded_features(scratch, ScratchAtlas::square("A1", 4.0, "\"nom\":\"Centre Ville\"") + "," +
                                                  ScratchAtlas::square("A2", 4.1, "\"nom\":\"Centre Ville\""));
  CHECK(atlas.editions.at(0).quarters.size() == 2);
  CHECK(atlas.report.refusals.empty());
}

TEST_CASE("a field that is not there is an error with the near one", "[loading]") {
  const ScratchAtlas scratch("field");
  const auto said = scratch.failure_of(ScratchAtlas::settings("", "", "data = \"quarters.geojson\", code = \"cod\""));
  CHECK(says(said, "no field “cod”"));
  CHECK(says(said, "Did you mean “code”?"));
}

TEST_CASE("a file that is not there ends the load and is named", "[loading]") {
  const ScratchAtlas scratch("missing");
  CHECK(says(scratch.failure_of(ScratchAtlas::settings("", "", "data = \"quarter.geojson\", code = \"code\"")),
             "quarter.geojson"));
}

TEST_CASE("population cells without a number do not count and are told; words are refused", "[loading]") {
  const ScratchAtlas scratch("cells");
  const auto cell = [](const std::string& count, double west) {
    return ScratchAtlas::feature("\"ind\":" + count, ScratchAtlas::square_geometry(west));
  };
  scratch.write("cells.geojson",
                ScratchAtlas::quarters(cell("\"4 713\"", 4.0) + "," + cell("null", 4.1) + "," + cell("\"NA\"", 4.2) +
                                       "," + cell("\"many\"", 4.3) + "," + cell("\"-5\"", 4.4)));
  scratch.write("atlas.toml", ScratchAtlas::settings("", "[population]\ndata = \"cells.geojson\"\ncount = \"IND\"\n"));
  const auto atlas = scratch.loaded();
  REQUIRE(atlas.population);
  REQUIRE(atlas.population->size() == 1);
  CHECK(atlas.population->at(0).count == 4713);
  CHECK(atlas.report.refusals.size() == 2);
  REQUIRE(atlas.report.warnings.size() == 1);
  CHECK(says(atlas.report.warnings.at(0), "2 cell(s)"));
}
