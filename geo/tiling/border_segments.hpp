// From the partition's faces to a network's borders.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "geo/partition/grouping.hpp"
#include "geo/partition/partition.hpp"
#include "geo/tiling/chains.hpp"

namespace geoprio::tiling {

/// Borders on the Mercator grid. Mostly projecting leaves them clean, which is proven, and they are chains as they are.
/// Else (rounding each vertex by itself made a border touch a vertex a centimetre away) they are segments to be noded.
struct ProjectedBorders {
  std::optional<Chains> clean;
  std::vector<partition::OwnedSegment> segments;  ///< as border_segments gives; only where they are not clean
};
ProjectedBorders projected_borders(const partition::Partition& partition, const partition::Grouping& grouping,
                                   std::uint64_t kept_sets);

/// The borders as segments on the Mercator grid, each owned by the groups on its two sides, passing vertices left out.
std::vector<partition::OwnedSegment> border_segments(const partition::Partition& partition,
                                                     const partition::Grouping& grouping, std::uint64_t kept_sets);

}  // namespace geoprio::tiling
