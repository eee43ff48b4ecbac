// Snap rounding of the few borders near one tile.
#pragma once

#include <span>
#include <vector>

#include "geo/partition/noding.hpp"
#include "geo/tiling/chains.hpp"
#include "geo/tiling/tile_borders.hpp"
#include "geo/tiling/tile_coordinate.hpp"
#include "geo/tiling/tile_index.hpp"

namespace geoprio::tiling {

/// Straight, on the Mercator grid.
struct SidedSegment {
  partition::PlanePoint from;
  partition::PlanePoint to;
  Sides sides;
};

/// How noding at a zoom cuts: pixels of its grid, lines along all sides of all tiles' boxes.
partition::NodingOptions noding_at(unsigned zoom);

/// The closed buffered box of the tile, as far as it is in the square, on the Mercator grid.
partition::PlaneBox box_of(TileCoordinate tile);

/// What of some stretches of chains is shown within a unit of the tile's box. `points` and `sides` are the chains'.
std::vector<SidedSegment> segments_near(TileCoordinate tile, std::span<const Stretch> stretches,
                                        const ShownPoints& shown, std::span<const partition::PlanePoint> points,
                                        std::span<const Sides> sides);

/// The segments, which meet only at their ends, snapped to the tile's grid, as far as they are in its box. `segments`
/// holds all that come within a unit of the box; more do no harm. Equal to what snapping the whole plane gives there.
/// `around` is left to the caller.
TileBorders noded_borders(std::span<const SidedSegment> segments, TileCoordinate tile);

}  // namespace geoprio::tiling
