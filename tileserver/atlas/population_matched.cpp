#include "tileserver/atlas/population_matched.hpp"

namespace geoprio::atlas {

analysis::People people_in(const partition::Partition& partition, std::span<const analysis::People> people_of_face,
                           const PlannedSet& set) {
  analysis::People people;
  for (std::uint32_t face = 0; face < partition.face_count(); ++face)
    if (!members_of(partition, face, set).empty()) people += people_of_face[face];
  return people;
}

}  // namespace geoprio::atlas
