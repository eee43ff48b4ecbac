// The sides of a tile's buffered box, walked anticlockwise, with the group just inside each stretch.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/tiling/tile_shape.hpp"
#include "geo/tiling/zoom_network.hpp"

namespace geoprio::tiling {

/// Part of the box's sides between two places where borders leave it: the group inside, and the points from one place
/// to the other, corners between included. A box that no border leaves is one stretch that ends where it begins.
struct Stretch {
  Group inside = no_group;
  std::vector<TilePoint> points;
};

/// A piece inside a tile, in the tile's units.
struct LocalPiece {
  TilePoint from;
  TilePoint to;
  Group left = no_group;
  Group right = no_group;
};

/// The pieces of a tile, in its own units.
std::vector<LocalPiece> pieces_of(const ZoomNetwork& network, std::uint32_t column, std::uint32_t row);

/// Whether the piece lies along a side of the box: the walk takes its place.
bool on_a_side(const LocalPiece& piece);

/// The walk around the box of a tile that has pieces; y as if it grew upwards, as in the pieces' left and right.
std::vector<Stretch> box_walk(const std::vector<LocalPiece>& pieces);

}  // namespace geoprio::tiling
