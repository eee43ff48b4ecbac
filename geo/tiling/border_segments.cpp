// From the partition's faces to a network's borders.

#include <algorithm>

#include "geo/core/parallel.hpp"
#include "geo/partition/border_parts.hpp"
#include "geo/projection/web_mercator.hpp"
#include "geo/tiling/network.hpp"

namespace geoprio::tiling {
namespace {

/// Every vertex that is an end of a part, on the Mercator grid; by the numbers of the partition's vertices.
std::vector<partition::PlanePoint> projected(const partition::Partition& partition,
                                             std::span<const partition::BorderPart> parts) {
  std::vector<bool> is_end(partition.vertices().size());
  for (const auto& part : parts) is_end[part.from] = is_end[part.to] = true;
  std::vector<partition::PlanePoint> places(is_end.size());
  constexpr std::size_t at_once = 50'000;
  in_parallel((places.size() + at_once - 1) / at_once, [&](std::size_t chunk) {
    const auto end = std::min(places.size(), (chunk + 1) * at_once);
    for (auto vertex = chunk * at_once; vertex < end; ++vertex) {
      if (!is_end[vertex]) continue;
      const auto place = projection::on_mercator_grid(partition.place_of(static_cast<std::uint32_t>(vertex)));
      places[vertex] = {place.x, place.y};
    }
  });
  return places;
}

}  // namespace

std::vector<partition::OwnedSegment> border_segments(const partition::Partition& partition,
                                                     const partition::Grouping& grouping, std::uint64_t kept_sets) {
  const auto parts = partition::border_parts(partition, grouping, kept_sets).parts;
  const auto places = projected(partition, parts);
  std::vector<partition::OwnedSegment> segments;
  segments.reserve(2 * parts.size());
  for (const auto& part : parts)
    for (const auto group : {part.left, part.right})
      if (group != no_group) segments.push_back({places[part.from], places[part.to], group});
  return segments;
}

}  // namespace geoprio::tiling
