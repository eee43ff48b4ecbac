#include "geo/partition/dissolve.hpp"

#include <algorithm>
#include <utility>

#include "geo/partition/border_parts.hpp"
#include "geo/partition/rings.hpp"

namespace geoprio::partition {
namespace {

constexpr std::uint32_t no_group = Grouping::no_group;

/// Directed edges by group, in one array.
class EdgesByGroup {
 public:
  explicit EdgesByGroup(std::uint32_t group_count) : starts_(std::size_t{group_count} + 1, 0) {}

  void add(std::uint32_t group, PlanePoint from, PlanePoint to) {
    if (group == no_group) return;
    ++starts_[group + 1];
    edges_.push_back({group, {from, to}});
  }

  std::vector<DegreeShape> shapes() {
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    std::vector<DirectedEdge> sorted(edges_.size());
    auto next = starts_;
    for (const auto& [group, edge] : edges_) sorted[next[group]++] = edge;
    std::vector<std::pair<std::uint32_t, DirectedEdge>>().swap(edges_);
    std::vector<DegreeShape> shapes;
    for (std::size_t group = 0; group + 1 < starts_.size(); ++group)
      shapes.push_back(shape_of(std::span(sorted).subspan(starts_[group], starts_[group + 1] - starts_[group])));
    return shapes;
  }

 private:
  static Ring<DegreePoint> degrees(const Ring<PlanePoint>& ring) {
    Ring<DegreePoint> result;
    result.points.reserve(ring.points.size());
    for (const auto& point : ring.points) result.points.push_back({point.x, point.y});
    return result;
  }

  static DegreeShape shape_of(std::span<const DirectedEdge> edges) {
    DegreeShape shape;
    for (const auto& polygon : assembled(edges)) {
      auto& added = shape.polygons.emplace_back(Polygon<DegreePoint>{degrees(polygon.shell), {}});
      for (const auto& hole : polygon.holes) added.holes.push_back(degrees(hole));
    }
    return shape;
  }

  std::vector<std::size_t> starts_;
  std::vector<std::pair<std::uint32_t, DirectedEdge>> edges_;
};

/// Straightened parts may touch each other: they are noded again, with the groups as owners.
void add_noded(const Partition& partition, const std::vector<BorderPart>& parts, EdgesByGroup& edges) {
  std::vector<OwnedSegment> segments;
  for (const auto& part : parts)
    for (const auto group : {part.left, part.right})
      if (group != no_group)
        segments.push_back({partition.vertices()[part.from], partition.vertices()[part.to], group});
  const auto arrangement = Arrangement::make(std::move(segments));
  for (std::size_t i = 0; i < arrangement.edges().size(); ++i) {
    const Edge& edge = arrangement.edges()[i];
    const auto from = arrangement.vertices()[edge.from];
    const auto to = arrangement.vertices()[edge.to];
    for (const auto group : arrangement.owners_along(i)) {
      const bool on_left = std::ranges::binary_search(arrangement.owners_of(edge.left), group);
      edges.add(group, on_left ? from : to, on_left ? to : from);
    }
  }
}

}  // namespace

std::vector<DegreeShape> dissolve(const Partition& partition, const Grouping& grouping, std::uint64_t kept_sets) {
  const auto border = border_parts(partition, grouping, kept_sets);
  EdgesByGroup edges(grouping.group_count);
  if (border.melted) {
    add_noded(partition, border.parts, edges);
    return edges.shapes();
  }
  for (const auto& part : border.parts) {
    const auto from = partition.vertices()[part.from];
    const auto to = partition.vertices()[part.to];
    edges.add(part.left, from, to);
    edges.add(part.right, to, from);
  }
  return edges.shapes();
}

}  // namespace geoprio::partition
