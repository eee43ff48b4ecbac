#include "geo/partition/point_location.hpp"

#include <algorithm>
#include <optional>

#include "geo/partition/exact.hpp"

namespace geoprio::partition {

PointLocation::PointLocation(const Arrangement& arrangement) {
  const auto vertices = arrangement.vertices();
  const auto edges = arrangement.edges();
  if (vertices.empty()) return;
  west_ = vertices.front().x;
  const std::int64_t extent = std::int64_t{vertices.back().x} - west_ + 1;
  const auto strips = static_cast<std::int64_t>(std::clamp<std::size_t>(edges.size() / 32, 1, 8192));
  width_ = extent / strips + 1;
  starts_.assign(static_cast<std::size_t>(extent / width_) + 2, 0);
  const auto for_each_strip = [&](const Edge& edge, auto&& visit) {
    if (vertices[edge.from].x == vertices[edge.to].x) return;
    const auto last = strip_of(vertices[edge.to].x);
    for (auto strip = strip_of(vertices[edge.from].x); strip <= last; ++strip) visit(strip);
  };
  for (const auto& edge : edges) for_each_strip(edge, [&](std::size_t strip) { ++starts_[strip + 1]; });
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  edges_.resize(starts_.back());
  auto next = starts_;
  for (std::uint32_t i = 0; i < edges.size(); ++i)
    for_each_strip(edges[i], [&](std::size_t strip) { edges_[next[strip]++] = i; });
}

std::size_t PointLocation::strip_of(std::int32_t x) const { return static_cast<std::size_t>((x - west_) / width_); }

FaceId PointLocation::face_at(const Arrangement& arrangement, PlanePoint point) const {
  const auto vertices = arrangement.vertices();
  if (vertices.empty() || point.x < vertices.front().x || point.x >= vertices.back().x) return unbounded_face;
  std::optional<Edge> highest;
  const auto strip = strip_of(point.x);
  for (auto i = starts_[strip]; i < starts_[strip + 1]; ++i) {
    const Edge& edge = arrangement.edges()[edges_[i]];
    const PlanePoint from = vertices[edge.from];
    const PlanePoint to = vertices[edge.to];
    if (from.x > point.x || to.x <= point.x || side(from, to, point) < 0) continue;
    if (!highest) {
      highest = edge;
      continue;
    }
    // Both lie at or below the point and share its column: the one that starts later is above or below the other there.
    const PlanePoint best_from = vertices[highest->from];
    const PlanePoint best_to = vertices[highest->to];
    const int start = best_from.x <= from.x ? side(best_from, best_to, from) : -side(from, to, best_from);
    const int above = start != 0 ? start : (best_from.x <= from.x ? side(best_from, best_to, to) : -side(from, to, best_to));
    if (above > 0) highest = edge;
  }
  return highest ? highest->left : unbounded_face;
}

}  // namespace geoprio::partition
