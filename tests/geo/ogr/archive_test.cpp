#include "tests/geo/ogr/reading.hpp"
#include "tests/geo/ogr/stored_zip.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using tests::all_rows;
using tests::opened;

namespace {

std::vector<std::pair<std::string, std::string>> shapefile_members(const tests::ScratchFolder& folder,
                                                                   const std::string& prefix) {
  const auto shp = folder.path() / "inside.shp";
  tests::write_small_shapefile(shp, {{.name = "A", .ring = {{0, 0}, {0, 9}, {9, 9}, {0, 0}}}}, 0);
  std::vector<std::pair<std::string, std::string>> members;
  for (const char* extension : {".shp", ".shx", ".dbf"})
    members.emplace_back(prefix + extension,
                         tests::content_of(std::filesystem::path(shp).replace_extension(extension)));
  return members;
}

}  // namespace

TEST_CASE("a shapefile in a folder of a bare zip opens", "[ogr][archive]") {
  const tests::ScratchFolder folder("zip");
  auto members = shapefile_members(folder, "QP 2015/QP_METROPOLE_LB93");
  members.emplace_back("QP 2015/lisez-moi.txt", "bonjour");
  const auto file = folder.path() / "quarters (2015).zip";
  tests::write_stored_zip(file, members);
  auto source = opened(file);
  CHECK(source.layer() == "QP_METROPOLE_LB93");
  CHECK(source.location() == file.string());
  CHECK(all_rows(source).at(0).geometry);
}

TEST_CASE("a zip of two shapefiles wants one to be chosen", "[ogr][archive]") {
  const tests::ScratchFolder folder("zip-two");
  auto members = shapefile_members(folder, "metropole");
  for (auto& member : shapefile_members(folder, "reunion")) members.push_back(std::move(member));
  const auto file = folder.path() / "quarters.zip";
  tests::write_stored_zip(file, members);
  try {
    opened(file);
    FAIL("one was chosen for us");
  } catch (const ogr::SourceError& error) {
    CHECK(error.problem() == ogr::SourceProblem::several_layers);
    CHECK(error.layers() == std::vector<std::string>{"metropole", "reunion"});
  }
  CHECK(opened(file, "Reunion").layer() == "reunion");
}

TEST_CASE("a zip without a dataset says so", "[ogr][archive]") {
  const tests::ScratchFolder folder("zip-none");
  const auto file = folder.path() / "quarters.zip";
  tests::write_stored_zip(file, {{"lisez-moi.txt", "bonjour"}});
  CHECK_THROWS_AS(opened(file), ogr::SourceError);
}
