#include "geo/projection/web_mercator.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

namespace geoprio::projection {

namespace {

constexpr std::int64_t side = std::int64_t{1} << 32;
constexpr std::int64_t full_turn = 3'600'000'000;  // 360 degrees in units of the degree grid

std::int32_t inside_square(std::int64_t value) {
  using Limits = std::numeric_limits<std::int32_t>;
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(value, Limits::min(), Limits::max()));
}

/// Nearest, halves upwards. |longitude| <= 180 degrees keeps the product under 2^63.
std::int32_t column_of(std::int32_t longitude) {
  const std::int64_t shifted = longitude * side + full_turn / 2;
  const std::int64_t floor = shifted / full_turn - (shifted % full_turn < 0 ? 1 : 0);
  return inside_square(floor);
}

/// asinh(tan) rather than log(tan(pi/4 + lat/2)): odd in the latitude, so that the two hemispheres mirror each other.
std::int32_t row_of(std::int32_t latitude) {
  const double degrees = std::clamp(latitude / degree_units, -web_mercator_latitude_limit, web_mercator_latitude_limit);
  const double northing = std::asinh(std::tan(degrees * (std::numbers::pi / 180)));
  return inside_square(std::llround(-northing * (static_cast<double>(side) / (2 * std::numbers::pi))));
}

}  // namespace

MercatorPoint on_mercator_grid(DegreePoint place) noexcept { return {column_of(place.x), row_of(place.y)}; }

LonLat lon_lat_of(MercatorPoint point) noexcept {
  const double turn = 1.0 / static_cast<double>(side);
  const double latitude = std::atan(std::sinh(-point.y * turn * 2 * std::numbers::pi)) * (180 / std::numbers::pi);
  const auto place = LonLat::make(point.x * turn * 360, latitude);
  assert(place);  // an int32 over 2^32 is within half a turn
  return *place;
}

}  // namespace geoprio::projection
