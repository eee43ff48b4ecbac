#include "geo/partition/group_location.hpp"

#include <limits>
#include <utility>
#include <vector>

#include "geo/partition/border_parts.hpp"

namespace geoprio::partition {

GroupLocation::GroupLocation(const Partition& partition, const Grouping& grouping) {
  constexpr auto unused = std::numeric_limits<std::uint32_t>::max();
  const auto parts = border_parts(partition, grouping).parts;
  std::vector<std::uint32_t> number_of(partition.vertices().size(), unused);
  for (const auto& part : parts) number_of[part.from] = number_of[part.to] = 0;
  // The order of the vertices stays, and with it that of the edges.
  std::vector<PlanePoint> vertices;
  for (std::size_t vertex = 0; vertex < number_of.size(); ++vertex) {
    if (number_of[vertex] == unused) continue;
    number_of[vertex] = static_cast<std::uint32_t>(vertices.size());
    vertices.push_back(partition.vertices()[vertex]);
  }
  std::vector<Edge> edges;
  edges.reserve(parts.size());
  // `no_group` is the last number there is: one more is 0.
  for (const auto& part : parts)
    edges.push_back({number_of[part.from], number_of[part.to], part.left + 1, part.right + 1});
  location_ = PointLocation(vertices, edges);
  vertices_ = FlatArray(std::move(vertices));
  edges_ = FlatArray(std::move(edges));
}

std::optional<std::uint32_t> GroupLocation::group_at(DegreePoint place) const {
  const auto group = location_.face_at(vertices_.all(), edges_.all(), {place.x, place.y});
  if (group == 0) return std::nullopt;
  return group - 1;
}

}  // namespace geoprio::partition
