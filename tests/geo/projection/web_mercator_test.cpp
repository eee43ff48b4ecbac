#include "geo/projection/web_mercator.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

#include "tests/support/catch.hpp"

using geoprio::DegreePoint;
using geoprio::LonLat;
using geoprio::MercatorPoint;
using geoprio::on_grid;
using geoprio::projection::lon_lat_of;
using geoprio::projection::on_mercator_grid;

namespace {

std::uint32_t tile_of(std::int32_t coordinate, unsigned zoom) {
  return static_cast<std::uint32_t>(std::int64_t{coordinate} + (std::int64_t{1} << 31)) >> (32 - zoom);
}

/// Metres of EPSG:3857 to the grid: the square's side is 2 pi 6378137.
double grid_units(double metres) { return metres / (2 * std::numbers::pi * 6378137.0) * 4294967296.0; }

}  // namespace

// Tile numbers: shared data's README, checked with the slippy map formula.
TEST_CASE("Saint-Étienne lies in tile 12/2097/1466 and 14/8391/5865", "[projection][web_mercator]") {
  const auto point = on_mercator_grid(on_grid(*LonLat::make(4.39203, 45.437121)));
  CHECK(tile_of(point.x, 12) == 2097);
  CHECK(tile_of(point.y, 12) == 1466);
  CHECK(tile_of(point.x, 14) == 8391);
  CHECK(tile_of(point.y, 14) == 5865);
}

// EPSG guidance note 7-2, method 1024's example: 24°22'54.433"N 100°20'00.000"W is E -11169055.58, N 2800000.00.
TEST_CASE("the example of EPSG's guidance note comes out to the centimetre", "[projection][web_mercator]") {
  const double latitude = 24 + 22 / 60.0 + 54.433 / 3600.0;
  const double longitude = -(100 + 20 / 60.0);
  const auto point = on_mercator_grid(on_grid(*LonLat::make(longitude, latitude)));
  CHECK(std::abs(point.x - grid_units(-11169055.58)) < 2);
  CHECK(std::abs(point.y - grid_units(-2800000.00)) < 2);
}

TEST_CASE("north is negative y, east is positive x", "[projection][web_mercator]") {
  const auto point = on_mercator_grid({10'000'000, 10'000'000});
  CHECK(point.x > 0);
  CHECK(point.y < 0);
}

TEST_CASE("the hemispheres mirror each other", "[projection][web_mercator]") {
  for (const std::int32_t latitude : {1, 17, 123'456'789, 454'371'210, 850'000'000}) {
    CHECK(on_mercator_grid({0, latitude}).y == -on_mercator_grid({0, -latitude}).y);
  }
}

TEST_CASE("the poles and the date line stay inside the square", "[projection][web_mercator]") {
  using Limits = std::numeric_limits<std::int32_t>;
  CHECK(on_mercator_grid({-1'800'000'000, 900'000'000}) == MercatorPoint{Limits::min(), Limits::min()});
  CHECK(on_mercator_grid({1'800'000'000, -900'000'000}) == MercatorPoint{Limits::max(), Limits::max()});
  CHECK(on_mercator_grid({0, 850'511'288}).y == Limits::min());
}

TEST_CASE("there and back stays on the same grid point of degrees", "[projection][web_mercator]") {
  for (std::int32_t x = -1'799'999'999; x < 1'790'000'000; x += 7'654'321) {
    const DegreePoint place{x, x / 3};
    const auto back = on_grid(lon_lat_of(on_mercator_grid(place)));
    CHECK(std::abs(back.x - place.x) <= 1);
    CHECK(std::abs(back.y - place.y) <= 1);
  }
}

TEST_CASE("the middle of the square is 0 N 0 E", "[projection][web_mercator]") {
  CHECK(on_mercator_grid({0, 0}) == MercatorPoint{0, 0});
  CHECK(lon_lat_of({0, 0}) == LonLat{});
}
