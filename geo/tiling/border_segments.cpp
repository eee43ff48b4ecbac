// From the partition's faces to a network's borders.

#include "geo/partition/border_parts.hpp"
#include "geo/projection/web_mercator.hpp"
#include "geo/tiling/network.hpp"

namespace geoprio::tiling {

std::vector<partition::OwnedSegment> border_segments(const partition::Partition& partition,
                                                     const partition::Grouping& grouping, std::uint64_t kept_sets) {
  std::vector<partition::OwnedSegment> segments;
  for (const auto& part : partition::border_parts(partition, grouping, kept_sets).parts) {
    const auto from = projection::on_mercator_grid(partition.place_of(part.from));
    const auto to = projection::on_mercator_grid(partition.place_of(part.to));
    for (const auto group : {part.left, part.right})
      if (group != no_group) segments.push_back({{from.x, from.y}, {to.x, to.y}, group});
  }
  return segments;
}

}  // namespace geoprio::tiling
