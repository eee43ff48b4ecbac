// Counts as shared data's README and the design state them; GEOS 3.11 found them through another program.
#include <algorithm>
#include <string>
#include <vector>

#include "geo/geometry/repair.hpp"
#include "geo/ogr/source.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/real_files.hpp"

using namespace geoprio;

namespace {

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
