#include "geo/analysis/overlaps.hpp"

#include <cstddef>
#include <map>
#include <utility>

namespace geoprio::analysis {

std::vector<Overlap> overlaps(const partition::Partition& partition, std::uint32_t set) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, SquareMetres> areas;
  std::vector<std::uint32_t> members;
  for (std::size_t index = 1; index < partition.face_count(); ++index) {
    const auto face = static_cast<partition::FaceId>(index);
    members.clear();
    for (const auto perimeter : partition.perimeters_of(face))
      if (partition.set_of(perimeter) == set) members.push_back(perimeter);
    for (std::size_t first = 0; first < members.size(); ++first)
      for (std::size_t second = first + 1; second < members.size(); ++second)
        areas[{members[first], members[second]}] += partition.area(face);
  }
  std::vector<Overlap> result;
  result.reserve(areas.size());
  for (const auto& [pair, area] : areas) result.push_back({pair.first, pair.second, area});
  return result;
}

}  // namespace geoprio::analysis
