// Dissolving: the polygons of each group of faces, from the edges whose two sides differ.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/core/shape.hpp"
#include "geo/partition/grouping.hpp"
#include "geo/partition/partition.hpp"

namespace geoprio::partition {

inline constexpr std::uint64_t every_set = ~std::uint64_t{0};

/// One valid multipolygon per group, empty for a group without faces; linear but for sorting. Neighbours share their
/// border's vertices exactly.
///
/// `kept_sets` are the sets that the layer is made of. A vertex where the border between two groups only passes, and
/// where none of these sets has a vertex of its sources, is left out: it is where somebody else's border crosses. The
/// border moves by at most 0.71 unit there; should it then touch another, it is snap rounded again, so that the result
/// stays valid. By default every vertex is kept.
std::vector<DegreeShape> dissolve(const Partition& partition, const Grouping& grouping,
                                  std::uint64_t kept_sets = every_set);

}  // namespace geoprio::partition
