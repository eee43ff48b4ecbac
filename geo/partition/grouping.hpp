// A grouping of faces: everything published is one.
#pragma once

#include <cstdint>
#include <vector>

namespace geoprio::partition {

struct Grouping {
  static constexpr std::uint32_t no_group = 0xffffffffU;

  /// For each face of the partition its group, under group_count, or no_group. The unbounded face has no group.
  std::vector<std::uint32_t> group_of_face;
  std::uint32_t group_count = 0;
};

}  // namespace geoprio::partition
