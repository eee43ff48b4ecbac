// A tile that nobody has looked at: column 4 of zoom 1 is outside the square, and make says so.
#include "geo/tiling/tile_coordinate.hpp"

using geoprio::tiling::TileCoordinate;

TileCoordinate first_of(unsigned zoom) {
#ifdef MISTAKE
  return TileCoordinate(zoom, 4, 0);  // the mistake
#else
  return TileCoordinate::make(zoom, 0, 0).value();
#endif
}
