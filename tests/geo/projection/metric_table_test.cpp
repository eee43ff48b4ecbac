#include "geo/projection/metric_table.hpp"

#include <cmath>
#include <random>
#include <string>

#include "geo/projection/reprojector.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using projection::MetricTable;

namespace {

DegreeBox box(double west, double south, double east, double north) {
  return {on_grid(*LonLat::make(west, south)), on_grid(*LonLat::make(east, north))};
}

}  // namespace

// Origin of the expected values: PROJ itself, place by place.
TEST_CASE("the table gives PROJ's own coordinates to a tenth of a millimetre", "[projection]") {
  struct System {
    std::string crs;
    DegreeBox where;
  };
  for (const auto& [crs, where] :
       {System{"EPSG:2154", box(-5.1, 41.4, 9.5, 51.0)}, System{"EPSG:3945", box(4.0, 45.2, 5.0, 45.9)},
        System{"EPSG:2975", box(55.2, -21.4, 55.9, -20.8)}, System{"EPSG:5490", box(-61.9, 15.8, -60.9, 16.6)},
        System{"EPSG:2972", box(-53.9, 2.3, -51.7, 5.8)}, System{"EPSG:4471", box(45.0, -13.1, 45.4, -12.6)}}) {
    INFO(crs);
    const auto table = MetricTable::make(crs, where);
    REQUIRE(table);
    const auto proj = projection::Reprojector::make(projection::degrees_crs, crs);
    std::mt19937 random(7);
    std::uniform_real_distribution<double> lon(longitude_of(where.low), longitude_of(where.high));
    std::uniform_real_distribution<double> lat(latitude_of(where.low), latitude_of(where.high));
    double farthest = 0;
    for (int i = 0; i < 2000; ++i) {
      const auto place = *LonLat::make(lon(random), lat(random));
      const auto expected = proj.to_metric(place);
      const auto found = table->at(place);
      REQUIRE((expected && found));
      farthest =
          std::max(farthest, std::hypot(found->easting - expected->easting, found->northing - expected->northing));
    }
    CHECK(farthest < 1e-4);
  }
}

TEST_CASE("outside its box, and outside the system's area of use, the table says nothing", "[projection]") {
  const auto table = MetricTable::make("EPSG:2154", box(4, 45, 5, 46));
  REQUIRE(table);
  CHECK(table->at(*LonLat::make(4, 45)));
  CHECK(table->at(*LonLat::make(5, 46)));
  CHECK_FALSE(table->at(*LonLat::make(3.999, 45.5)));
  CHECK_FALSE(table->at(*LonLat::make(4.5, 46.001)));
  // Lambert-93 is for metropolitan France: of a box over half the world, that part is left.
  const auto wide = MetricTable::make("EPSG:2154", box(-62, -22, 56, 51));
  REQUIRE(wide);
  CHECK(wide->at(*LonLat::make(2.35, 48.85)));
  CHECK_FALSE(wide->at(*LonLat::make(55.5, -21)));
  CHECK_FALSE(MetricTable::make("EPSG:2154", box(55, -22, 56, -20)));
  CHECK_FALSE(MetricTable::make("EPSG:999999", box(4, 45, 5, 46)));
}
