#include "geo/projection/reprojector.hpp"

#include <algorithm>
#include <cmath>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include "geo/projection/geodesic.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using projection::degrees_crs;
using projection::Reprojector;
using Reason = projection::ReprojectionFailure::Reason;

namespace {

LonLat saint_etienne() { return *LonLat::make(4.39203, 45.437121); }

DegreePoint degrees(double lon, double lat) { return on_grid(*LonLat::make(lon, lat)); }

DegreeShape one_ring(std::vector<DegreePoint> points) {
  return {{Polygon<DegreePoint>{.shell = {std::move(points)}, .holes = {}}}};
}

}  // namespace

// Values: shared data's README (PROJ 9.1.1's cs2cs).
TEST_CASE("Saint-Étienne in Lambert-93 and in CC45, easting first", "[projection][reprojector]") {
  const auto lambert = Reprojector::make(degrees_crs, "EPSG:2154").to_metric(saint_etienne());
  REQUIRE(lambert);
  CHECK(lambert->easting == Approx(808829.634).margin(0.001));
  CHECK(lambert->northing == Approx(6482924.577).margin(0.001));
  const auto conic = Reprojector::make(degrees_crs, "EPSG:3945").to_metric(saint_etienne());
  REQUIRE(conic);
  CHECK(conic->easting == Approx(1808907.890).margin(0.001));
  CHECK(conic->northing == Approx(4249511.760).margin(0.001));
}

TEST_CASE("a system whose authority says latitude first is read longitude first", "[projection][reprojector]") {
  const auto place = Reprojector::make("EPSG:4326", degrees_crs).to_degrees(SourceCoordinate{4.39203, 45.437121});
  REQUIRE(place);
  CHECK(*place == saint_etienne());
}

TEST_CASE("IGN's own name for Lambert-93 gives the same place as EPSG's", "[projection][reprojector]") {
  const auto place =
      Reprojector::make("IGNF:LAMB93", degrees_crs).to_degrees(SourceCoordinate{808829.634, 6482924.577});
  REQUIRE(place);
  CHECK(place->lon.degrees() == Approx(4.39203).margin(1e-8));
  CHECK(place->lat.degrees() == Approx(45.437121).margin(1e-8));
}

// RGR92 / UTM 40S, by the formula's symmetry: on the central meridian 57 E, easting is 500 km and no more.
TEST_CASE("La Réunion's system is reached from WGS 84", "[projection][reprojector]") {
  const auto there = Reprojector::make(degrees_crs, "EPSG:2975");
  const auto on_meridian = there.to_metric(*LonLat::make(57, -21));
  REQUIRE(on_meridian);
  CHECK(on_meridian->easting == Approx(500000).margin(1e-6));
  const auto saint_denis = there.to_metric(*LonLat::make(55.448, -20.879));
  REQUIRE(saint_denis);
  const auto back = Reprojector::make("EPSG:2975", degrees_crs).to_degrees(*saint_denis);
  REQUIRE(back);
  CHECK(projection::geodesic_distance(*back, *LonLat::make(55.448, -20.879)) < Metres(0.001));
}

TEST_CASE("there and back moves nothing by a millimetre", "[projection][reprojector]") {
  const auto there = Reprojector::make(degrees_crs, "EPSG:2154");
  const auto back = Reprojector::make("EPSG:2154", degrees_crs);
  for (double lon = -4; lon <= 8; lon += 1.7)
    for (double lat = 42; lat <= 51; lat += 1.3) {
      const auto start = *LonLat::make(lon, lat);
      const auto metric = there.to_metric(start);
      REQUIRE(metric);
      const auto end = back.to_degrees(*metric);
      REQUIRE(end);
      CHECK(projection::geodesic_distance(start, *end) < Metres(0.001));
    }
}

TEST_CASE("a clone says what the original says, after it and on another thread", "[projection][reprojector]") {
  for (const auto* system : {"EPSG:2154", "EPSG:27572", "EPSG:2975"}) {
    INFO(system);
    auto original = std::make_optional(Reprojector::make(system, degrees_crs));
    const auto clone = original->clone();
    const SourceCoordinate near_the_origin{600000, 2200000};
    const auto expected = original->to_degrees(near_the_origin);
    original.reset();
    REQUIRE(expected);
    const auto place = std::async(std::launch::async, [&] { return clone.to_degrees(near_the_origin); }).get();
    REQUIRE(place);
    CHECK(*place == *expected);
  }
}

TEST_CASE("metres in a file that claims degrees are refused and named", "[projection][reprojector]") {
  const auto place = Reprojector::make("EPSG:4326", degrees_crs).to_degrees(SourceCoordinate{808829.6, 6482924.5});
  REQUIRE_FALSE(place);
  CHECK(place.error().reason == Reason::not_degrees);
  CHECK(place.error().easting == 808829.6);
  CHECK(place.error().text().french.find("808829.6") != std::string::npos);
}

TEST_CASE("what computing left beyond longitude 180 is longitude 180", "[projection][reprojector]") {
  // Natural Earth's Russia has a vertex at 180.00000000000005684.
  const auto to_grid = Reprojector::make("EPSG:4326", degrees_crs);
  const SourceShape shape{{Polygon<SourceCoordinate>{
      .shell = {{{179, 70}, {180.00000000000006, 70}, {180.00000000000006, 71}, {179, 71}}}, .holes = {}}}};
  const auto moved = to_grid.to_degrees(shape);
  REQUIRE(moved);
  CHECK(moved->polygons.at(0).shell.points.at(1) == DegreePoint{1'800'000'000, 700'000'000});
  CHECK_FALSE(to_grid.to_degrees(SourceCoordinate{180.0000002, 70}));
}

TEST_CASE("a ring that passes the antimeridian is refused, and one that is cut along it is not",
          "[projection][reprojector]") {
  const auto moved = [](const std::string& crs, const std::vector<SourceCoordinate>& ring) {
    return Reprojector::make(crs, degrees_crs)
        .to_degrees(SourceShape{{Polygon<SourceCoordinate>{.shell = {ring}, .holes = {}}}});
  };
  const auto around = moved("EPSG:4326", {{179.9, -17}, {-179.9, -17}, {-179.9, -16}, {179.9, -16}});
  REQUIRE_FALSE(around);
  CHECK(around.error().reason == Reason::across_antimeridian);
  // EPSG:3832 is centred on longitude 150, so 180 lies 3,339,585 m east of its centre.
  const auto projected = moved("EPSG:3832", {{3328000, -1678000}, {3350000, -1678000}, {3350000, -1667000}});
  REQUIRE_FALSE(projected);
  CHECK(projected.error().reason == Reason::across_antimeridian);
  CHECK(moved("EPSG:4326", {{179.9, -17}, {180, -17}, {180, -16}, {179.9, -16}}));
  // Antarctica as files have it: down one side of the map, along the pole, and up the other.
  CHECK(moved("EPSG:4326", {{-180, -84}, {-180, -90}, {180, -90}, {180, -84}, {60, -70}, {-60, -70}}));
}

TEST_CASE("grads of Paris are degrees of Greenwich", "[projection][reprojector]") {
  // NTF (Paris), EPSG:4807: 0 grad is 2°20'14.025" E of Greenwich and 50 grads are 45 degrees of the NTF; the datum's
  // own shift is under 400 m.
  const auto place = Reprojector::make("EPSG:4807", degrees_crs).to_degrees(SourceCoordinate{0, 50});
  REQUIRE(place);
  CHECK(place->lon.degrees() == Approx(2 + 20 / 60.0 + 14.025 / 3600).margin(0.005));
  CHECK(place->lat.degrees() == Approx(45).margin(0.005));
}

TEST_CASE("a coordinate that is not a number is a value, not a crash", "[projection][reprojector]") {
  SourceShape shape{{Polygon<SourceCoordinate>{.shell = {{{0, 0}, {std::nan(""), 0}, {1, 1}}}, .holes = {}}}};
  const auto moved = Reprojector::make("EPSG:2154", degrees_crs).to_degrees(shape);
  REQUIRE_FALSE(moved);
  CHECK(moved.error().reason == Reason::outside_projection);
}

TEST_CASE("an unknown system is named with what to write", "[projection][reprojector]") {
  try {
    Reprojector::make("EPSG:99999999", degrees_crs);
    FAIL("there is no such system");
  } catch (const projection::CrsError& error) {
    CHECK(std::string(error.what()).find("EPSG:99999999") != std::string::npos);
    CHECK(std::string(error.what()).find("EPSG:2154") != std::string::npos);
  }
  CHECK_THROWS_AS(Reprojector::make("+proj=merc", "pas un système"), projection::CrsError);
}

TEST_CASE("an edge over 500 m gets vertices on its way to metres", "[projection][reprojector]") {
  // 0.1 degree of latitude is 11.1 km: at least 23 pieces; the two short edges stay as they are.
  const auto shape = one_ring({degrees(4, 45), degrees(4.001, 45), degrees(4.001, 45.1), degrees(4, 45.1)});
  const auto metric = Reprojector::make(degrees_crs, "EPSG:2154").to_metric(shape);
  REQUIRE(metric);
  const auto& ring = metric->polygons.front().shell.points;
  CHECK(ring.size() >= 4 + 2 * 22);
  for (std::size_t index = 0; index < ring.size(); ++index) {
    const auto next = ring[(index + 1) % ring.size()];
    CHECK(std::hypot(next.easting - ring[index].easting, next.northing - ring[index].northing) < 506);
  }
}

TEST_CASE("neighbours get the same vertices on their common edge", "[projection][reprojector]") {
  const auto a = degrees(4, 45), b = degrees(4.1234567, 45.0987654);
  const auto there = Reprojector::make(degrees_crs, "EPSG:2154");
  const auto left = there.to_metric(one_ring({a, b, degrees(4, 45.1)}));
  const auto right = there.to_metric(one_ring({b, a, degrees(4.1, 45)}));
  REQUIRE(left);
  REQUIRE(right);
  const auto& forwards = left->polygons.front().shell.points;
  const auto& backwards = right->polygons.front().shell.points;
  const auto end = std::find(backwards.begin(), backwards.end(), forwards.front());
  REQUIRE(end != backwards.end());
  const auto length = end - backwards.begin() + 1;
  CHECK(length > 20);
  CHECK(std::equal(backwards.begin(), end + 1, std::make_reverse_iterator(forwards.begin() + length)));
}

TEST_CASE("degrees to degrees adds no vertex", "[projection][reprojector]") {
  const SourceShape shape{{Polygon<SourceCoordinate>{.shell = {{{4, 45}, {5, 45}, {5, 46}}}, .holes = {}}}};
  const auto moved = Reprojector::make("EPSG:4326", degrees_crs).to_degrees(shape);
  REQUIRE(moved);
  CHECK(*moved == one_ring({degrees(4, 45), degrees(5, 45), degrees(5, 46)}));
}

TEST_CASE("points that fall on one grid point are one, and a ring without land goes", "[projection][reprojector]") {
  const SourceShape shape{{
      Polygon<SourceCoordinate>{
          .shell = {{{4, 45}, {4.00000001, 45}, {5, 45}, {5, 46}, {4, 45.00000001}}},
          .holes = {{{{4.5, 45.1}, {4.50000001, 45.1}, {4.5, 45.10000001}}}},
      },
      Polygon<SourceCoordinate>{.shell = {{{7, 45}, {7, 45.00000001}, {7.00000001, 45}}}, .holes = {}},
  }};
  const auto moved = Reprojector::make("EPSG:4326", degrees_crs).to_degrees(shape);
  REQUIRE(moved);
  CHECK(*moved == one_ring({degrees(4, 45), degrees(5, 45), degrees(5, 46)}));
}
