// The same quarters in every format that offices send, written by GDAL.
#include <gdal.h>
#include <gdal_utils.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <utility>

#include "tests/geo/loading/scratch_atlas.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using tests::ScratchAtlas;

namespace {

// A square with a square hole, and two squares of which one lies apart; seven decimals, so that the grid is exact.
const std::string with_hole =
    R"({"type":"Polygon","coordinates":[[[4.0000001,45.4],[4.01,45.4],[4.01,45.4100003],[4.0000001,45.4100003],)"
    R"([4.0000001,45.4]],[[4.003,45.403],[4.003,45.406],[4.006,45.406],[4.006,45.403],[4.003,45.403]]]})";
const std::string in_two_parts =
    R"({"type":"MultiPolygon","coordinates":[[[[4.02,45.4],[4.03,45.4],[4.03,45.41],[4.02,45.41],[4.02,45.4]]],)"
    R"([[[4.04,45.4],[4.05,45.4],[4.05,45.41],[4.04,45.41],[4.04,45.4]]]]})";

Ring<DegreePoint> square(std::int32_t west, std::int32_t south, std::int32_t east, std::int32_t north) {
  return {{{west, south}, {east, south}, {east, north}, {west, north}}};
}

// The same by hand, on the grid of 1e-7 degree; the hole runs clockwise.
const std::map<std::string, DegreeShape> expected_shapes{
    {"QP042001",
     {{{square(40'000'001, 454'000'000, 40'100'000, 454'100'003),
        {{{{40'030'000, 454'030'000},
           {40'030'000, 454'060'000},
           {40'060'000, 454'060'000},
           {40'060'000, 454'030'000}}}}}}}},
    {"QN00271M",
     {{{square(40'200'000, 454'000'000, 40'300'000, 454'100'000), {}},
       {square(40'400'000, 454'000'000, 40'500'000, 454'100'000), {}}}}}};

/// A file of the scratch folder that GDAL writes from its quarters.geojson.
void write_as(const ScratchAtlas& scratch, const std::string& file, std::vector<std::string> options) {
  GDALAllRegister();
  const auto from = (scratch.folder() / "quarters.geojson").string();
  const auto to = (scratch.folder() / file).string();
  std::vector<char*> arguments;
  for (auto& option : options) arguments.push_back(option.data());
  arguments.push_back(nullptr);
  using Options = std::unique_ptr<GDALVectorTranslateOptions, decltype(&GDALVectorTranslateOptionsFree)>;
  const Options wanted(GDALVectorTranslateOptionsNew(arguments.data(), nullptr), GDALVectorTranslateOptionsFree);
  GDALDatasetH source = GDALOpenEx(from.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr);
  REQUIRE(source != nullptr);
  GDALDatasetH written = GDALVectorTranslate(to.c_str(), nullptr, 1, &source, wanted.get(), nullptr);
  REQUIRE(written != nullptr);
  GDALClose(written);
  GDALClose(source);
}

/// A shapefile may begin its rings and parts elsewhere: here each begins with its least point.
DegreeShape in_one_order(DegreeShape shape) {
  const auto before = [](const DegreePoint& a, const DegreePoint& b) {
    return std::pair(a.x, a.y) < std::pair(b.x, b.y);
  };
  const auto turn = [&](Ring<DegreePoint>& ring) {
    std::rotate(ring.points.begin(), std::min_element(ring.points.begin(), ring.points.end(), before),
                ring.points.end());
  };
  for (auto& polygon : shape.polygons) {
    turn(polygon.shell);
    for (auto& hole : polygon.holes) turn(hole);
  }
  std::sort(shape.polygons.begin(), shape.polygons.end(),
            [&](const auto& a, const auto& b) { return before(a.shell.points.front(), b.shell.points.front()); });
  return shape;
}

/// A value of the field with that name, as a CSV would write it: there a number is a text.
std::string written(const loading::LoadedEdition& edition, const loading::LoadedQuarter& quarter,
                    const std::string& name) {
  for (std::size_t place = 0; place < edition.fields.size(); ++place) {
    if (edition.fields[place].name != name) continue;
    const auto& value = quarter.perimeter.values[place];
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
    if (const auto* real = std::get_if<double>(&value)) {
      char digits[32];
      std::snprintf(digits, sizeof digits, "%.10g", *real);
      return digits;
    }
    return "unknown";
  }
  return "no field";
}

void check_quarters(const ScratchAtlas& scratch, const std::string& file, const std::string& crs) {
  INFO(file);
  scratch.write("atlas.toml", ScratchAtlas::settings("", "",
                                                     "data = \"" + file + "\", code = \"code\", name = \"nom\", " +
                                                         crs + "communes = \"insee\", status = \"statut\""));
  const auto atlas = scratch.loaded();
  CHECK(atlas.report.refusals.empty());
  CHECK(atlas.report.repairs.empty());
  CHECK(atlas.report.warnings.empty());
  const auto& edition = atlas.editions.at(0);
  REQUIRE(edition.quarters.size() == 2);
  for (const auto& quarter : edition.quarters) {
    const auto& code = quarter.perimeter.code;
    REQUIRE(expected_shapes.count(code) == 1);
    CHECK(in_one_order(quarter.perimeter.shape) == expected_shapes.at(code));
    const bool first = code == "QP042001";
    CHECK(quarter.perimeter.name == (first ? "Cité de l'Œuvre" : "Beaubrun, \"Tarentaize\""));
    CHECK(quarter.communes == (first ? std::vector<std::string>{"02571", "02691"} : std::vector<std::string>{"42218"}));
    CHECK(quarter.status_national == (first ? std::optional<std::string>() : "QPV"));
    CHECK(written(edition, quarter, "logements") == (first ? "1200" : "unknown"));
    CHECK(written(edition, quarter, "part") == (first ? "12.5" : "-0.25"));
  }
}

}  // namespace

TEST_CASE("the same quarters are the same in every format that GDAL writes them in", "[loading][formats]") {
  const ScratchAtlas scratch("formats");
  scratch.write(
      "quarters.geojson",
      ScratchAtlas::quarters(
          ScratchAtlas::feature(
              R"("code":"QP042001","nom":"Cité de l'Œuvre","insee":"02571; 02691","statut":null,"logements":1200,"part":12.5)",
              with_hole) +
          "," +
          ScratchAtlas::feature(
              R"("code":"QN00271M","nom":"Beaubrun, \"Tarentaize\"","insee":"42218","statut":"QPV","logements":null,"part":-0.25)",
              in_two_parts)));
  write_as(scratch, "out.geojson", {"-f", "GeoJSON"});
  write_as(scratch, "out.gpkg", {"-f", "GPKG"});
  write_as(scratch, "out.fgb", {"-f", "FlatGeobuf", "-nlt", "MULTIPOLYGON"});
  write_as(scratch, "out.shp", {"-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8"});
  write_as(scratch, "zipped.shp.zip", {"-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8"});
  write_as(scratch, "out.csv", {"-f", "CSV", "-lco", "GEOMETRY=AS_WKT"});
  for (const char* file : {"quarters.geojson", "out.geojson", "out.gpkg", "out.fgb", "out.shp", "zipped.shp.zip"})
    check_quarters(scratch, file, "");
  check_quarters(scratch, "out.csv", "crs = \"EPSG:4326\", ");  // a CSV cannot say
}
