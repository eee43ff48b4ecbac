#include "geo/projection/metric_crs.hpp"

#include "tests/support/catch.hpp"

using namespace geoprio;
using projection::MetricCrs;

namespace {

DegreeBox box(double west, double south, double east, double north) {
  return {on_grid(*LonLat::make(west, south)), on_grid(*LonLat::make(east, north))};
}

}  // namespace

TEST_CASE("Lambert-93 is metric and made for metropolitan France", "[projection][metric_crs]") {
  const auto crs = MetricCrs::make("EPSG:2154");
  REQUIRE(crs);
  CHECK(crs->name() == "RGF93 v1 / Lambert-93");
  REQUIRE(crs->area_of_use());
  CHECK(crs->contains(box(4.2, 45.3, 4.6, 45.6)));
  CHECK_FALSE(crs->contains(box(55.2, -21.4, 55.9, -20.8)));
  CHECK_FALSE(crs->contains(box(4.2, -21.4, 4.6, 45.6)));
}

TEST_CASE("La Réunion is inside its own system's area", "[projection][metric_crs]") {
  const auto crs = MetricCrs::make("EPSG:2975");
  REQUIRE(crs);
  CHECK(crs->contains(box(55.2, -21.4, 55.9, -20.8)));
}

TEST_CASE("an area over the date line holds land on either side", "[projection][metric_crs]") {
  // Fiji Map Grid, EPSG:3460: from 176.81 E over 180 to 178.15 W, 20.81 to 12.42 S.
  const auto crs = MetricCrs::make("EPSG:3460");
  REQUIRE(crs);
  CHECK(crs->contains(box(178, -18, 179, -17)));
  CHECK(crs->contains(box(-180, -17, -179, -16)));
  CHECK_FALSE(crs->contains(box(4, -17, 5, -16)));
  // Cut along the date line, as RFC 7946 §3.1.9 has it: each half is on its side.
  const auto half = [](std::int32_t west, std::int32_t east) {
    return Polygon<DegreePoint>{{{{west, -160'000'000}, {east, -160'000'000}, {east, -159'000'000}}}, {}};
  };
  CHECK(crs->contains(DegreeShape{{half(1'799'000'000, 1'800'000'000), half(-1'800'000'000, -1'799'000'000)}}));
  CHECK_FALSE(crs->contains(DegreeShape{{half(1'799'000'000, 1'800'000'000), half(40'000'000, 50'000'000)}}));
}

TEST_CASE("degrees, feet, Web Mercator and nonsense are no metric system", "[projection][metric_crs]") {
  for (const char* definition : {"EPSG:4326", "EPSG:2263", "EPSG:3857", "EPSG:999999", "Lambert quelque chose"}) {
    const auto crs = MetricCrs::make(definition);
    CHECK_FALSE(crs.has_value());
    if (!crs) CHECK(crs.error().french.find(definition) != std::string::npos);
  }
}
