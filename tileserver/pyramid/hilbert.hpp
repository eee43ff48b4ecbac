// The order of tiles in a PMTiles archive.
#pragma once

#include <cstdint>

#include "geo/tiling/tile_coordinate.hpp"

namespace geoprio::pyramid {

/// The tile's number (PMTiles v3, "Tile ID"): zooms one after another, each along a Hilbert curve from the north-west,
/// so that neighbours on the ground are neighbours in the file.
std::uint64_t tile_number(tiling::TileCoordinate tile) noexcept;

/// The tile with that number; the number is one of a zoom up to 20.
tiling::TileCoordinate tile_numbered(std::uint64_t number) noexcept;

}  // namespace geoprio::pyramid
