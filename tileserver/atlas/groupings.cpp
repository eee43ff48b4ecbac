#include "tileserver/atlas/groupings.hpp"

#include <algorithm>
#include <compare>
#include <span>
#include <utility>

#include "geo/core/error.hpp"
#include "geo/core/parallel.hpp"

namespace geoprio::atlas {

PlannedSet Plan::begin_set() {
  constexpr std::uint32_t most_sets = 64;  // a vertex remembers its sets in 64 bits
  if (sets_ == most_sets)
    throw Error("Cet atlas a plus de 64 couches de périmètres (éditions, contextes, bandes et carreaux) : retirez-en.");
  return PlannedSet{sets_++, static_cast<std::uint32_t>(inputs_.size()), 0};
}

void Plan::add(PlannedSet& set, const DegreeShape& shape) {
  partition::PartitionInput input;
  input.set = set.number;
  for (const auto& polygon : shape.polygons) {
    input.rings.push_back(polygon.shell);
    input.rings.insert(input.rings.end(), polygon.holes.begin(), polygon.holes.end());
  }
  inputs_.push_back(std::move(input));
  ++set.count;
}

std::vector<std::uint32_t> members_of(const partition::Partition& partition, std::uint32_t face,
                                      const PlannedSet& set) {
  const auto perimeters = partition.perimeters_of(face);
  const auto low = std::lower_bound(perimeters.begin(), perimeters.end(), set.first);
  const auto high = std::lower_bound(low, perimeters.end(), set.first + set.count);
  std::vector<std::uint32_t> members(low, high);
  for (auto& member : members) member -= set.first;
  return members;
}

MemberGroups grouped(const partition::Partition& partition,
                     const std::function<std::vector<std::uint32_t>(std::uint32_t face)>& members) {
  std::vector<std::uint32_t> firsts{0};  // of each face's in `all`
  std::vector<std::uint32_t> all;
  std::vector<std::uint32_t> faces;
  for (std::uint32_t face = 0; face < partition.face_count(); ++face) {
    const auto list = members(face);
    all.insert(all.end(), list.begin(), list.end());
    firsts.push_back(static_cast<std::uint32_t>(all.size()));
    if (!list.empty()) faces.push_back(face);
  }
  const auto list_of = [&](std::uint32_t face) {
    return std::span(all).subspan(firsts[face], firsts[face + 1] - firsts[face]);
  };
  sort_in_parallel(faces.begin(), faces.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto order = std::lexicographical_compare_three_way(list_of(a).begin(), list_of(a).end(), list_of(b).begin(),
                                                              list_of(b).end());
    return order == 0 ? a < b : order < 0;
  });
  MemberGroups result;
  result.grouping.group_of_face.assign(partition.face_count(), partition::Grouping::no_group);
  for (const auto face : faces) {
    const auto list = list_of(face);
    if (result.members.empty() || !std::ranges::equal(result.members.back(), list))
      result.members.emplace_back(list.begin(), list.end());
    result.grouping.group_of_face[face] = static_cast<std::uint32_t>(result.members.size() - 1);
  }
  result.grouping.group_count = static_cast<std::uint32_t>(result.members.size());
  return result;
}

std::vector<Sums> sums_of(const partition::Partition& partition, const partition::Grouping& grouping,
                          const std::vector<std::vector<std::uint32_t>>& features, std::size_t feature_count,
                          const std::vector<analysis::People>& people_of_face) {
  const auto areas = analysis::areas_of_groups(partition, grouping);
  std::vector<analysis::People> people(grouping.group_count);
  if (!people_of_face.empty()) people = analysis::people_of_groups(people_of_face, grouping);
  std::vector<Sums> sums(feature_count);
  for (std::uint32_t group = 0; group < grouping.group_count; ++group)
    for (const auto feature : features[group]) {
      sums[feature].area += areas[group];
      sums[feature].people += people[group];
    }
  return sums;
}

}  // namespace geoprio::atlas
