// Which chains of a network can be reduced at the same time.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/tiling/chains.hpp"

namespace geoprio::tiling {

/// Parts of a turn are reduced side by side: each part's chains lie in a band of the plane that no other chain of the
/// turn enters, so that no point of one part is ever in a triangle of another. Turns come one after another.
struct ReductionTurn {
  std::vector<std::vector<std::uint32_t>> parts;  ///< numbers of chains, ascending
};

/// Every chain once: those within a vertical band, then of the others those within a horizontal one, then what is left.
/// The bands depend on the points alone, not on the number of cores.
std::vector<ReductionTurn> reduction_turns(const Chains& chains);

}  // namespace geoprio::tiling
