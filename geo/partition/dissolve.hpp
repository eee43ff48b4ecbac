// Dissolving: the polygons of each group of faces, from the edges whose two sides differ.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/core/shape.hpp"
#include "geo/partition/border_parts.hpp"
#include "geo/partition/grouping.hpp"
#include "geo/partition/partition.hpp"

namespace geoprio::partition {

/// One valid multipolygon per group, empty for a group without faces; linear but for sorting. Neighbours share their
/// border's vertices exactly.
///
/// `kept_sets` as in border_parts(). The border moves by at most 0.71 unit where it leaves out a vertex; should it then
/// touch another, it is snap rounded again, so that the result stays valid.
std::vector<DegreeShape> dissolve(const Partition& partition, const Grouping& grouping,
                                  std::uint64_t kept_sets = every_set);

}  // namespace geoprio::partition
