// Shapes inside one tile: integers from -64 to 4160, y to the south.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "geo/core/shape.hpp"
#include "geo/partition/noding.hpp"
#include "geo/tiling/tile_coordinate.hpp"

namespace geoprio::tiling {

/// Units across a tile (MVT 2.1's extent), and how far the buffer reaches past each side.
inline constexpr std::int32_t tile_extent = 4096;
inline constexpr std::int32_t tile_buffer = 64;

/// A point in a tile's own units, from its north-west corner.
using TilePoint = partition::PlanePoint;
/// The shell has a positive area by the surveyor's formula, as MVT 2.1 §4.3.4.4 wants it; holes a negative one.
using TilePolygon = Polygon<TilePoint>;

/// A point of the Mercator grid in the units of a tile, rounded down; what is too far for a number is just very far.
constexpr TilePoint tile_units(partition::PlanePoint point, TileCoordinate tile) {
  const unsigned bits = TileCoordinate::deepest_zoom - tile.zoom();
  const auto local = [bits](std::int32_t value, std::uint32_t number) {
    const std::int64_t from_corner = std::int64_t{value} - std::numeric_limits<std::int32_t>::min();
    return static_cast<std::int32_t>(std::clamp<std::int64_t>((from_corner >> bits) - (std::int64_t{number} << 12U),
                                                              std::numeric_limits<std::int32_t>::min(),
                                                              std::numeric_limits<std::int32_t>::max()));
  };
  return {local(point.x, tile.column()), local(point.y, tile.row())};
}

/// A point of a feature.
struct PlacedPoint {
  std::uint32_t feature = 0;
  TilePoint place;
};

/// Lines of several features, each of two points at least.
struct TileLines {
  struct Feature {
    std::uint32_t feature = 0;
    std::vector<std::vector<TilePoint>> lines;
  };
  std::vector<Feature> features;  ///< ascending; each has a line
};

}  // namespace geoprio::tiling
