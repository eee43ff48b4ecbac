// The borders between groups of faces, as straight parts.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/partition/grouping.hpp"
#include "geo/partition/partition.hpp"

namespace geoprio::partition {

inline constexpr std::uint64_t every_set = ~std::uint64_t{0};

/// A straight part of the border between two groups (or a group and none), between two vertices of the partition; its
/// sides as seen from `from`, north up.
struct BorderPart {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint32_t left = Grouping::no_group;
  std::uint32_t right = Grouping::no_group;
};

struct BorderParts {
  std::vector<BorderPart> parts;
  /// Vertices were left out: the parts are no longer the partition's edges, and may touch each other.
  bool melted = false;
};

/// `kept_sets` are the sets that the layer is made of. A vertex where the border between two groups only passes, and
/// where none of these sets has a vertex of its sources, is left out: it is where somebody else's border crosses. With
/// `every_set` all stay. Linear.
BorderParts border_parts(const Partition& partition, const Grouping& grouping, std::uint64_t kept_sets = every_set);

}  // namespace geoprio::partition
