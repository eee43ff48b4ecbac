// The borders of one grouping, ready to be cut into tiles at every zoom.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/partition/grouping.hpp"
#include "geo/partition/partition.hpp"
#include "geo/tiling/zoom_network.hpp"

namespace geoprio::tiling {

/// Thread safety: immutable.
class Network {
 public:
  /// `kept_sets`: the sets that the layers of this network are made of. A vertex that is in none of their sources,
  /// where a border between the same two groups only passes, is left out: it is where somebody else's border crosses.
  /// With partition::every_set nothing is left out. `max_zoom` at most 20. Built by as many threads as there are cores.
  static Network make(const partition::Partition& partition, const partition::Grouping& grouping,
                      std::uint64_t kept_sets, unsigned max_zoom);

  [[nodiscard]] unsigned max_zoom() const { return static_cast<unsigned>(zooms_.size()) - 1U; }
  /// `zoom` at most `max_zoom()`.
  [[nodiscard]] const ZoomNetwork& at(unsigned zoom) const { return zooms_[zoom]; }

 private:
  std::vector<ZoomNetwork> zooms_;
};

/// The borders as segments on the Mercator grid, each owned by the groups on its two sides, passing vertices left out.
std::vector<partition::OwnedSegment> border_segments(const partition::Partition& partition,
                                                     const partition::Grouping& grouping, std::uint64_t kept_sets);

}  // namespace geoprio::tiling
