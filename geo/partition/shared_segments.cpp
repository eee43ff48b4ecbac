#include "geo/partition/shared_segments.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <tuple>
#include <utility>

#include "geo/core/parallel.hpp"
#include "geo/partition/columns.hpp"

namespace geoprio::partition {
namespace {

/// Segments of one range, and the sets of owners met in it.
struct SharedRange {
  SharedSegments segments;
  OwnerSets owner_sets;
};

SharedRange merged_range(std::span<const OwnedSegment> segments) {
  SharedRange result;
  std::vector<std::uint32_t> owners;
  for (std::size_t i = 0; i < segments.size();) {
    const OwnedSegment first = segments[i];
    owners.clear();
    for (; i < segments.size() && segments[i].from == first.from && segments[i].to == first.to; ++i) {
      if (!owners.empty() && owners.back() == segments[i].owner)
        owners.pop_back();
      else
        owners.push_back(segments[i].owner);
    }
    if (!owners.empty()) result.segments.push_back({first.from, first.to, result.owner_sets.interned(owners)});
  }
  return result;
}

/// Each range has its own sets, which are few and near at hand; they get their common numbers in the order in which one
/// pass over all segments would meet them.
SharedSegments merged(std::vector<OwnedSegment>&& segments, OwnerSets& owner_sets) {
  const auto all = std::span<const OwnedSegment>(segments);
  const auto begin_of = [&](std::size_t place) {  // equal segments stay together
    while (place != 0 && place < all.size() && all[place].from == all[place - 1].from &&
           all[place].to == all[place - 1].to)
      ++place;
    return place;
  };
  constexpr std::size_t at_once = 40'000;
  std::vector<SharedRange> ranges((all.size() + at_once - 1) / at_once);
  in_parallel(ranges.size(), [&](std::size_t number) {
    const auto first = begin_of(number * at_once);
    const auto end = begin_of(std::min(all.size(), (number + 1) * at_once));
    if (first < end) ranges[number] = merged_range(all.subspan(first, end - first));
  });
  std::vector<OwnedSegment>().swap(segments);
  std::size_t count = 0;
  for (const auto& range : ranges) count += range.segments.size();
  SharedSegments result;
  result.reserve(count);
  for (auto& range : ranges) {
    std::vector<OwnerSetId> common(range.owner_sets.size());
    for (OwnerSetId set = 0; set < common.size(); ++set) common[set] = owner_sets.interned(range.owner_sets[set]);
    for (const auto& segment : range.segments) result.push_back({segment.low, segment.high, common[segment.owners]});
    range = {};
  }
  return result;
}

}  // namespace

SharedSegments shared(std::vector<OwnedSegment>&& segments, PixelGrid grid, OwnerSets& owner_sets) {
  in_ranges(segments.size(), [&](std::size_t first, std::size_t end) {
    for (auto& segment : std::span(segments).subspan(first, end - first)) {
      segment.from = grid.inside(segment.from);
      segment.to = grid.inside(segment.to);
      if (segment.to < segment.from) std::swap(segment.from, segment.to);
    }
  });
  std::erase_if(segments, [](const OwnedSegment& segment) { return segment.from == segment.to; });
  const auto columns = columns_of(segments, [](const OwnedSegment& segment) { return segment.from; });
  sort_by_buckets(
      segments, columns.count(), [&](const OwnedSegment& segment) { return columns.of(segment.from); },
      [](const OwnedSegment& a, const OwnedSegment& b) {
        return std::tie(a.from, a.to, a.owner) < std::tie(b.from, b.to, b.owner);
      });
  return merged(std::move(segments), owner_sets);
}

}  // namespace geoprio::partition
