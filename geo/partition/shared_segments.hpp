// What the noding begins with: the boundaries of all perimeters, each segment once.
#pragma once

#include <vector>

#include "geo/partition/exact.hpp"
#include "geo/partition/noding.hpp"

namespace geoprio::partition {

/// An input segment, low < high, with everyone who owns it.
struct SharedSegment {
  PlanePoint low;
  PlanePoint high;
  OwnerSetId owners = 0;
};
using SharedSegments = std::vector<SharedSegment>;

/// Sorted by their lower ends. Equal segments become one, owned by those who own an odd number of them; what nobody
/// owns then is dropped. Sets of owners get the numbers that one pass over the result would give them.
SharedSegments shared(std::vector<OwnedSegment>&& segments, PixelGrid grid, OwnerSets& owner_sets);

}  // namespace geoprio::partition
