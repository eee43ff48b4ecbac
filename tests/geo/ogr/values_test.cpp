#include "tests/geo/ogr/reading.hpp"
#include "tests/geo/ogr/small_shapefile.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using tests::all_rows;
using tests::fixture;
using tests::opened;

namespace {

using Values = std::vector<AttributeValue>;
using Text = std::string;

std::vector<std::string> names_of(const ogr::Source& source) {
  std::vector<std::string> names;
  for (const auto& field : source.fields()) names.push_back(field.name);
  return names;
}

}  // namespace

TEST_CASE("numbers, booleans, dates and lists keep their types, and null is unknown", "[ogr][values]") {
  auto source = opened(fixture("mixed_geometries.geojson"));
  CHECK(names_of(source) == std::vector<std::string>{"code", "insee", "share", "listed", "seen", "communes"});
  CHECK(source.fields()[1].type == FieldType::integer);
  CHECK(source.fields()[2].type == FieldType::real);
  CHECK(source.fields()[3].type == FieldType::boolean);
  CHECK(source.fields()[4].type == FieldType::text);
  const auto rows = all_rows(source);
  CHECK(rows.at(0).values ==
        Values{Text("P"), std::int64_t{42218}, 0.5, true, Text("2014-10-15"), Text("42218;42095")});
  CHECK(rows.at(1).values == Values{Text("M"), {}, {}, {}, {}, {}});
}

TEST_CASE("a table keeps leading zeros, spaces and commas in numbers, and a year as a name", "[ogr][values]") {
  auto source = opened(fixture("indicators.csv"));
  CHECK_FALSE(source.has_geometry());
  CHECK(names_of(source) == std::vector<std::string>{"code_qp", "insee_com", "2014", "pop", "taux"});
  const auto rows = all_rows(source);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].values == Values{Text("QP042001"), Text("02571"), Text("x"), Text("4 713"), Text("47,57")});
  CHECK(rows[1].values == Values{Text("QP042002"), Text("02571; 02691"), {}, {}, {}});
}

TEST_CASE("coordinate columns of a table make points, whatever their case", "[ogr][values]") {
  auto source = opened(fixture("points.csv"));
  CHECK_FALSE(source.crs());
  CHECK(all_rows(source).at(0).point == SourceCoordinate{4.39203, 45.437121});
}

TEST_CASE("coordinate columns with decimal commas make points, and empty ones none", "[ogr][values]") {
  auto source = opened(fixture("comma_points.csv"));
  const auto rows = all_rows(source);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].point == SourceCoordinate{4.39203, 45.437121});
  CHECK_FALSE(rows[1].point);
}

TEST_CASE("a table in CP1252 is read as such, with a warning", "[ogr][values]") {
  auto source = opened(fixture("cp1252.csv"));
  const auto rows = all_rows(source);
  CHECK(rows.at(0).values.at(1) == AttributeValue(Text("Beaulié, cœur de ville")));
  REQUIRE(source.warnings().size() == 1);
  CHECK(source.warnings().front().french.find("CP1252") != std::string::npos);
}

TEST_CASE("an encoding that is written is obeyed without a warning", "[ogr][values]") {
  auto source = opened(fixture("cp1252.csv"), "", "CP1252");
  CHECK(all_rows(source).at(0).values.at(1) == AttributeValue(Text("Beaulié, cœur de ville")));
  CHECK(source.warnings().empty());
}

// CP1252's œ is byte 9C, a control character in Latin-1, which GDAL takes for "ANSI" (0x57).
TEST_CASE("a .dbf without .cpg is CP1252 when it is not UTF-8", "[ogr][values]") {
  for (const unsigned char language : std::vector<unsigned char>{0x00, 0x57}) {
    const tests::ScratchFolder folder("cp1252");
    tests::write_small_shapefile(folder.path() / "quarters.shp",
                                 {{.name = "Beauli\xE9, c\x9C"
                                           "ur de ville",
                                   .ring = {{0, 0}, {0, 9}, {9, 9}, {0, 0}}}},
                                 language);
    auto source = opened(folder.path() / "quarters.shp");
    CHECK(all_rows(source).at(0).values.at(0) == AttributeValue(Text("Beaulié, cœur de ville")));
    CHECK(source.warnings().size() == 1);
  }
}

TEST_CASE("a .dbf without .cpg that is UTF-8 is read as UTF-8", "[ogr][values]") {
  const tests::ScratchFolder folder("utf8");
  tests::write_small_shapefile(folder.path() / "quarters.shp",
                               {{.name = "Beaulié", .ring = {{0, 0}, {0, 9}, {9, 9}, {0, 0}}}}, 0x57);
  auto source = opened(folder.path() / "quarters.shp");
  CHECK(all_rows(source).at(0).values.at(0) == AttributeValue(Text("Beaulié")));
  CHECK(source.warnings().empty());
}

TEST_CASE("a .cpg is believed", "[ogr][values]") {
  const tests::ScratchFolder folder("cpg");
  tests::write_small_shapefile(folder.path() / "quarters.shp",
                               {{.name = "Beauli\x82", .ring = {{0, 0}, {0, 9}, {9, 9}, {0, 0}}}}, 0);
  std::ofstream(folder.path() / "quarters.cpg") << "CP850";
  auto source = opened(folder.path() / "quarters.shp");
  CHECK(all_rows(source).at(0).values.at(0) == AttributeValue(Text("Beaulié")));
}

TEST_CASE("reading twice gives the same rows", "[ogr][values]") {
  auto source = opened(fixture("mixed_geometries.geojson"));
  const auto first = all_rows(source);
  const auto second = all_rows(source);
  REQUIRE(first.size() == second.size());
  for (std::size_t index = 0; index < first.size(); ++index) CHECK(first[index].values == second[index].values);
}
