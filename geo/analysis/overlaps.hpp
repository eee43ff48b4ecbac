// Which perimeters of one set share land: the report says so, the partition keeps both.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/core/quantity.hpp"
#include "geo/partition/partition.hpp"

namespace geoprio::analysis {

/// Two perimeters of one set, the smaller number first, and the land they share.
struct Overlap {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  SquareMetres area;
};

/// Every pair of perimeters of `set` that have a face in common, by number.
[[nodiscard]] std::vector<Overlap> overlaps(const partition::Partition& partition, std::uint32_t set);

}  // namespace geoprio::analysis
