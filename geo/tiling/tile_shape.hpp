// Shapes inside one tile: integers from -64 to 4160, y to the south.
#pragma once

#include <cstdint>

#include "geo/core/shape.hpp"
#include "geo/partition/noding.hpp"

namespace geoprio::tiling {

/// Units across a tile (MVT 2.1's extent), and how far the buffer reaches past each side.
inline constexpr std::int32_t tile_extent = 4096;
inline constexpr std::int32_t tile_buffer = 64;

/// A point in a tile's own units, from its north-west corner.
using TilePoint = partition::PlanePoint;
/// The shell has a positive area by the surveyor's formula, as MVT 2.1 §4.3.4.4 wants it; holes a negative one.
using TilePolygon = Polygon<TilePoint>;

}  // namespace geoprio::tiling
