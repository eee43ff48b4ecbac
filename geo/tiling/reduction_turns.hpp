// Which chains of a network can be reduced at the same time.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/tiling/chains.hpp"

namespace geoprio::tiling {

/// Parts of a turn are reduced side by side: each part's chains lie in a block of the plane that no other chain of the
/// turn enters, so that no point of one part is ever in a triangle of another. Turns come one after another.
struct ReductionTurn {
  std::vector<std::vector<std::uint32_t>> parts;  ///< numbers of chains, ascending
};

/// Every chain once: those within a block, then of the others those within a block of a division that lies across the
/// first, then what is left. Blocks have as many points in a large network as in a small one: a core works in its
/// cache. They depend on the points alone, not on the number of cores.
std::vector<ReductionTurn> reduction_turns(const Chains& chains);

}  // namespace geoprio::tiling
