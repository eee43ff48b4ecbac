#include "geo/analysis/neighbours.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

namespace geoprio::analysis {
namespace {

std::optional<Metres> length_of(DegreePoint from, DegreePoint to, const projection::MetricTable* table) {
  const auto at = [&](DegreePoint point) { return table->at(*LonLat::make(longitude_of(point), latitude_of(point))); };
  const auto start = table == nullptr ? std::nullopt : at(from);
  const auto end = table == nullptr ? std::nullopt : at(to);
  if (!start || !end) return std::nullopt;
  return Metres(std::hypot(end->easting - start->easting, end->northing - start->northing));
}

/// The perimeters of the set that only the first face lies in.
std::vector<std::uint32_t> only_in(const partition::Partition& partition, std::uint32_t set, partition::FaceId face,
                                   partition::FaceId other) {
  const auto here = partition.perimeters_of(face);
  const auto there = partition.perimeters_of(other);
  std::vector<std::uint32_t> only;
  std::set_difference(here.begin(), here.end(), there.begin(), there.end(), std::back_inserter(only));
  std::erase_if(only, [&](std::uint32_t perimeter) { return partition.set_of(perimeter) != set; });
  return only;
}

}  // namespace

SharedBorders shared_borders(const partition::Partition& partition, std::uint32_t set,
                             const projection::MetricTable* table) {
  SharedBorders borders;
  for (const auto& edge : partition.edges()) {
    const auto left = only_in(partition, set, edge.left, edge.right);
    if (left.empty()) continue;
    const auto right = only_in(partition, set, edge.right, edge.left);
    if (right.empty()) continue;
    const auto length = length_of(partition.place_of(edge.from), partition.place_of(edge.to), table);
    for (const auto a : left)
      for (const auto b : right) {
        const auto [entry, added] = borders.try_emplace({std::min(a, b), std::max(a, b)}, Metres(0));
        if (!length)
          entry->second.reset();
        else if (entry->second)
          *entry->second += *length;
      }
  }
  return borders;
}

}  // namespace geoprio::analysis
