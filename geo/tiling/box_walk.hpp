// The sides of a tile's buffered box, walked anticlockwise, with the group just inside each part.
#pragma once

#include <vector>

#include "geo/tiling/tile_borders.hpp"

namespace geoprio::tiling {

/// Part of the box's sides between two places where borders leave it: the group inside, and the points from one place
/// to the other, corners between included. A box that no border leaves has one part that ends where it begins.
struct SidePart {
  Group inside = no_group;
  std::vector<TilePoint> points;
};

/// The walk around a tile's box; y as if it grew upwards, as in the borders' left and right.
std::vector<SidePart> box_walk(const TileBorders& borders);

}  // namespace geoprio::tiling
