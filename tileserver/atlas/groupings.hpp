// From the partition's faces to groups: faces that lie in exactly the same members are one group.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "geo/analysis/population.hpp"
#include "geo/core/quantity.hpp"
#include "geo/core/shape.hpp"
#include "geo/partition/grouping.hpp"
#include "geo/partition/partition.hpp"

namespace geoprio::atlas {

/// One set of perimeters in the partition: its perimeters are numbered from `first`, in the set's own order.
struct PlannedSet {
  std::uint32_t number = 0;  ///< the set's number in the partition
  std::uint32_t first = 0;
  std::uint32_t count = 0;

  [[nodiscard]] std::uint64_t mask() const { return std::uint64_t{1} << number; }
};

/// What goes into the partition, set after set.
class Plan {
 public:
  /// A new set, still empty; its perimeters follow by `add` before another set begins. @throws Error past 64 sets.
  PlannedSet begin_set();
  void add(PlannedSet& set, const DegreeShape& shape);

  [[nodiscard]] const std::vector<partition::PartitionInput>& inputs() const { return inputs_; }

 private:
  std::vector<partition::PartitionInput> inputs_;
  std::uint32_t sets_ = 0;
};

/// The members of `set` that `face` lies in, numbered from 0 within the set, ascending.
std::vector<std::uint32_t> members_of(const partition::Partition& partition, std::uint32_t face, const PlannedSet& set);

/// Faces grouped by the list of members that each lies in; faces in no member are in no group.
struct MemberGroups {
  partition::Grouping grouping;
  std::vector<std::vector<std::uint32_t>> members;  ///< per group, ascending
};

/// `members` gives a face's members, ascending. Groups are numbered in the order of their members,
/// so that the borders and the attributes of a layer's features are met in one order.
MemberGroups grouped(const partition::Partition& partition,
                     const std::function<std::vector<std::uint32_t>(std::uint32_t face)>& members);

/// Land and people of each feature, as sums over faces.
struct Sums {
  SquareMetres area;
  analysis::People people;
};

/// Sums of `feature_count` features; `features` says which features a group belongs to.
std::vector<Sums> sums_of(const partition::Partition& partition, const partition::Grouping& grouping,
                          const std::vector<std::vector<std::uint32_t>>& features, std::size_t feature_count,
                          const std::vector<analysis::People>& people_of_face);

}  // namespace geoprio::atlas
