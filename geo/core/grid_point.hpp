// Integer coordinates: exact to compare, two int32 each.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

#include "geo/core/lon_lat.hpp"

namespace geoprio {

/// 1e-7 degree of longitude (x) and latitude (y), about 1 cm.
struct DegreeGrid {};
/// 2^-32 of the Web Mercator square's side, from its centre; x to the east, y to the SOUTH as tiles count.
struct MercatorGrid {};

template <class Grid>
struct GridPoint {
  std::int32_t x{};
  std::int32_t y{};
  constexpr auto operator<=>(const GridPoint&) const = default;
};

using DegreePoint = GridPoint<DegreeGrid>;
using MercatorPoint = GridPoint<MercatorGrid>;

inline constexpr double degree_units = 1e7;

/// The grid point nearest to `place`.
inline DegreePoint on_grid(LonLat place) {
  return {static_cast<std::int32_t>(std::lround(place.lon.degrees() * degree_units)),
          static_cast<std::int32_t>(std::lround(place.lat.degrees() * degree_units))};
}

/// Degrees of a grid point; the nearest doubles, so that printing 7 decimals gives the integer back.
constexpr double longitude_of(DegreePoint point) { return point.x / degree_units; }
constexpr double latitude_of(DegreePoint point) { return point.y / degree_units; }

}  // namespace geoprio
