// Vertices along long edges, the same from either end. Private to geo/projection.
#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <tuple>

namespace geoprio::projection {

/// A place in whatever plane: local arithmetic only, the typed coordinates are made of it.
struct Place {
  double easting{};
  double northing{};
};

/// Metres between two places in degrees near one another: a degree is 111,320 m of the equator. Good to 1 %, which is
/// all that choosing a number of vertices wants.
inline double metres_between_degrees(Place a, Place b) {
  constexpr double degree = 111320;
  const double parallel = std::cos((a.northing + b.northing) / 2 * (std::numbers::pi / 180));
  return std::hypot((a.easting - b.easting) * parallel, a.northing - b.northing) * degree;
}

/// Calls `take` with the places that cut the edge from `a` to `b` into pieces of equal length, none longer than
/// `longest` metres; without the ends. Counted from the smaller end, so that both neighbours of a border compute the
/// same doubles.
template <class Take>
void cut_edge(Place a, Place b, double metres, double longest, Take take) {
  const auto pieces = static_cast<std::size_t>(std::ceil(metres / longest));
  const bool forwards = std::tie(a.easting, a.northing) < std::tie(b.easting, b.northing);
  const Place low = forwards ? a : b;
  const Place high = forwards ? b : a;
  for (std::size_t piece = 1; piece < pieces; ++piece) {
    const std::size_t step = forwards ? piece : pieces - piece;
    const double part = static_cast<double>(step) / static_cast<double>(pieces);
    take(
        Place{low.easting + (high.easting - low.easting) * part, low.northing + (high.northing - low.northing) * part});
  }
}

}  // namespace geoprio::projection
