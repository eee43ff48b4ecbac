// Counts are those of the issue and of data/README.md, where the files' origins stand.
#include <algorithm>

#include "tests/geo/loading/scratch_atlas.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/real_files.hpp"

using namespace geoprio;
using tests::ScratchAtlas;

namespace {

std::string quarters_of(const std::filesystem::path& file, const std::string& more) {
  return "data = \"" + file.string() + "\", " + more;
}
std::string set_of(const std::string& id, const std::filesystem::path& file, const std::string& more) {
  return "[[perimeters]]\nid = \"" + id + "\"\ndata = \"" + file.string() + "\"\n" + more + "\n";
}

}  // namespace

TEST_CASE("Occitanie: 105 quarters read, 32 repaired, none refused, the largest change 0.015 %", "[loading][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(data);
  const ScratchAtlas scratch("occitanie");
  scratch.write(
      "rules.toml",
      "[[axes.social]]\nid = \"poverty_rate\"\nweight = 1\ndirection = \"higher_is_worse\"\nreference = 20\n"
      "[[axes.social]]\nid = \"median_income\"\nweight = 1\ndirection = \"lower_is_worse\"\nreference = 19000\n"
      "[[tiers]]\ncode = \"priority_1\"\nrank = 1\nwhen = \"score_social >= 50\"\n"
      "[[tiers]]\ncode = \"outside\"\nwhen = \"TRUE\"\n");
  scratch.write("atlas.toml",
                ScratchAtlas::settings(
                    "rules = \"rules.toml\"\nindicators = { data = \"" + (data / "occitanie/qp.csv").string() +
                        "\", key = \"code_qp\", columns = { poverty_rate = \"tp60\", median_income = \"disp_q2\" } }\n",
                    set_of("communes", data / "occitanie/communes.geojson", "code = \"code_commune\""),
                    quarters_of(data / "occitanie/qp.geojson", "code = \"code_qp\", communes = \"code_commune\"")));
  const auto atlas = scratch.loaded();
  const auto& source = atlas.report.sources.at(1);
  CHECK(source.read == 105);
  CHECK(source.repaired == 32);
  CHECK(source.refused == 0);
  double largest = 0;
  for (const auto& repair : atlas.report.repairs) largest = std::max(largest, repair.share);
  CHECK(largest * 100 == Approx(0.015).margin(0.0005));
  CHECK(atlas.sets.at(0).perimeters.size() == 48);
  const auto& quarters = atlas.editions.at(0).quarters;
  const auto found =
      std::find_if(quarters.begin(), quarters.end(), [](const auto& q) { return q.perimeter.code == "QP009001"; });
  REQUIRE(found != quarters.end());
  // The first row of qp.csv: tp60 40.2, disp_q2 13724.
  CHECK(found->indicators.at("poverty_rate") == 40.2);
  CHECK(found->indicators.at("median_income") == 13724);
  CHECK(found->communes == std::vector<std::string>{"09261"});  // Saint-Girons, code officiel géographique
}

TEST_CASE("Lille: 26 quarters of which 1 repaired, 121 communes, 9,096 cells", "[loading][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(data);
  const ScratchAtlas scratch("lille");
  scratch.write("atlas.toml", ScratchAtlas::settings(
                                  "",
                                  set_of("communes", data / "lille.gpkg", "layer = \"cities\"\ncode = \"INSEE_COM\"") +
                                      "[population]\ndata = \"" + (data / "lille.gpkg").string() +
                                      "\"\nlayer = \"enriched_grid\"\ncount = \"num_people\"\n",
                                  quarters_of(data / "lille.gpkg", "layer = \"qpvs\", code = \"code_qp\"")));
  const auto atlas = scratch.loaded();
  CHECK(atlas.sets.at(0).perimeters.size() == 121);
  CHECK(atlas.editions.at(0).quarters.size() == 26);
  CHECK(atlas.population->size() == 9096);
  CHECK(atlas.report.refusals.empty());
  REQUIRE(atlas.report.sources.at(1).repaired == 1);
  CHECK(std::any_of(atlas.report.repairs.begin(), atlas.report.repairs.end(),
                    [](const auto& r) { return r.code == "QP059067"; }));
}

TEST_CASE("the Loire: 326 communes and 497 IRIS of another vintage, all valid", "[loading][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(data);
  const ScratchAtlas scratch("loire");
  scratch.write(
      "atlas.toml",
      ScratchAtlas::settings("", set_of("communes", data / "communes-42-loire.geojson", "code = \"code\"") +
                                     set_of("iris", data / "iris-42.geojson", "code = \"CODE_IRIS\"\nsnap = true")));
  const auto atlas = scratch.loaded();
  CHECK(atlas.sets.at(0).perimeters.size() == 326);
  CHECK(atlas.sets.at(1).perimeters.size() == 497);
  CHECK(atlas.sets.at(1).settings.source.snap);
  CHECK(atlas.report.repairs.empty());
  CHECK(atlas.report.refusals.empty());
}

TEST_CASE("the nation: 35,357 communes of which 1 is invalid", "[loading][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(data);
  const ScratchAtlas scratch("nation");
  scratch.write("atlas.toml", ScratchAtlas::settings(
                                  "", set_of("communes", "/vsizip/" + (data / "communes-france-2018.shp.zip").string(),
                                             "code = \"code\"")));
  const auto atlas = scratch.loaded();
  const auto& source = atlas.report.sources.at(0);
  CHECK(source.read == 35357);
  CHECK(source.repaired + source.refused == 1);
  CHECK(atlas.sets.at(0).perimeters.size() == 35357 - source.refused);
}
