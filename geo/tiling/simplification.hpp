// Which points of chains a zoom needs: Visvalingam's areas, with the network's topology kept.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/tiling/chains.hpp"

namespace geoprio::tiling {

/// A point goes when the triangle that it makes with its neighbours is smaller than this, in square units of a tile: a
/// quarter of a pixel where a tile is drawn 512 pixels wide.
inline constexpr std::uint64_t negligible_square_units = 16;

/// For each point of `chains`, the shallowest zoom at which it is there: 0 to 21, where 21 means at no zoom up to 20.
/// The smallest triangles go first (Visvalingam and Whyatt 1993), within each block of the plane: blocks are reduced
/// side by side (reduction_turns). A point stays while the triangle that it would leave holds another point of the
/// network, so that chains that do not cross do not cross afterwards, and nothing changes its side. Junctions stay; so
/// do two more points of a closed chain, and one point of a second chain between the same two junctions: no land
/// vanishes here, it is snapping that decides. The chains must be clean: they meet only at their ends. The same chains
/// give the same answer on every machine.
std::vector<std::uint8_t> shallowest_zooms(const Chains& chains);

}  // namespace geoprio::tiling
