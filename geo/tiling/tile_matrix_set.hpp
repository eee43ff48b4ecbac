// WebMercatorQuad (OGC 17-083r4, annex D.1): how the Web Mercator square is cut into tiles, and where a tile lies.
#pragma once

#include <cstdint>

#include "geo/core/box.hpp"
#include "geo/core/lon_lat.hpp"
#include "geo/tiling/tile_coordinate.hpp"

namespace geoprio::tiling {

/// Metres of the projection, at the equator only those of the ground, that a pixel of a 256-pixel tile is wide.
/// `zoom` at most TileCoordinate::deepest_zoom; so for all of these.
double cell_size(unsigned zoom);
/// The scale at which such a pixel is the standard's 0.28 mm wide.
double scale_denominator(unsigned zoom);

/// The tile, buffer left out, that holds the place; one on a common side belongs to the tile east or south of it.
/// Latitudes beyond the square belong to its first or last row, longitude 180 to its last column.
TileCoordinate tile_containing(LonLat place, unsigned zoom);

/// Tiles from one column and row to another, both included.
struct TileRange {
  std::uint32_t first_column = 0;
  std::uint32_t last_column = 0;
  std::uint32_t first_row = 0;
  std::uint32_t last_row = 0;
  bool operator==(const TileRange&) const = default;
};

/// The tiles whose buffered boxes meet the box: outside them a layer with these bounds has nothing to draw.
TileRange tiles_meeting(const DegreeBox& box, unsigned zoom);

/// A tile's sides in degrees, buffer left out.
struct TileBounds {
  double west = 0;
  double south = 0;
  double east = 0;
  double north = 0;
};
TileBounds bounds_of(TileCoordinate tile);

}  // namespace geoprio::tiling
