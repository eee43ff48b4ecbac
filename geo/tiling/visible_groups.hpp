// Which groups are surely seen at a zoom.
#pragma once

#include <vector>

#include "geo/tiling/chains.hpp"
#include "geo/tiling/tile_index.hpp"

namespace geoprio::tiling {

/// The groups (ascending) that snapping to a zoom might make vanish: all but those whose land, in units of that zoom,
/// is more than three times its borders' length. All of a land lies within the radius r of its largest inner circle of
/// some border, and the strip of that width along closed borders of length P is no larger than 2rP (Hotelling 1939): r
/// is over one unit, and snapping moves no border by more than 0.71.
std::vector<Group> groups_that_may_vanish(const Chains& chains, const ShownPoints& shown, unsigned zoom);

}  // namespace geoprio::tiling
