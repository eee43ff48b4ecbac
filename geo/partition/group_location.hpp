// Which group of a grouping holds a place: the partition without the edges inside groups, and without its owners.
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>

#include "geo/core/flat_array.hpp"
#include "geo/partition/grouping.hpp"
#include "geo/partition/partition.hpp"
#include "geo/partition/point_location.hpp"

namespace geoprio::partition {

/// Outlives its partition, and may lie in a file: some 30 bytes an edge. Thread safety: immutable.
class GroupLocation {
 public:
  GroupLocation() = default;
  GroupLocation(const Partition& partition, const Grouping& grouping);

  /// The group of the face that `Partition::locate` gives; nothing in a face without one.
  [[nodiscard]] std::optional<std::uint32_t> group_at(DegreePoint place) const;

  static auto members(auto& self) { return std::tie(self.vertices_, self.edges_, self.location_); }

 private:
  FlatArray<PlanePoint> vertices_;
  FlatArray<Edge> edges_;  ///< their sides are groups, from 1 on; 0 is none
  PointLocation location_;
};

}  // namespace geoprio::partition
