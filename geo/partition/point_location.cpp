#include "geo/partition/point_location.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "geo/core/parallel.hpp"
#include "geo/partition/exact.hpp"

namespace geoprio::partition {
namespace {

constexpr std::size_t vertices_per_strip = 512;

std::int32_t lower_end(std::span<const PlanePoint> vertices, const Edge& edge) {
  return std::min(vertices[edge.from].y, vertices[edge.to].y);
}

/// Whether edge `b` is above edge `a` where both are; they do not cross. The one that starts later is on one side of
/// the other there, or runs away from it.
bool is_above(std::span<const PlanePoint> vertices, const Edge& a, const Edge& b) {
  const bool b_starts_later = vertices[a.from].x <= vertices[b.from].x;
  const Edge& early = b_starts_later ? a : b;
  const Edge& late = b_starts_later ? b : a;
  const int at_start = side(vertices[early.from], vertices[early.to], vertices[late.from]);
  const int late_side = at_start != 0 ? at_start : side(vertices[early.from], vertices[early.to], vertices[late.to]);
  return b_starts_later ? late_side > 0 : late_side < 0;
}

void sort_by_height(std::span<std::uint32_t> numbers, std::span<const PlanePoint> vertices,
                    std::span<const Edge> edges) {
  std::vector<std::uint64_t> by_height;  // the lower end, from 0 on, and the edge: one number to compare
  for (const auto number : numbers) {
    const auto low = static_cast<std::uint64_t>(std::int64_t{lower_end(vertices, edges[number])} -
                                                std::numeric_limits<std::int32_t>::min());
    by_height.push_back(low << 32U | number);
  }
  std::ranges::sort(by_height);
  std::ranges::transform(by_height, numbers.begin(), [](std::uint64_t key) { return static_cast<std::uint32_t>(key); });
}

}  // namespace

PointLocation::PointLocation(std::span<const PlanePoint> vertices, std::span<const Edge> edges) {
  if (vertices.empty()) return;
  std::vector<std::int32_t> wests;
  for (std::size_t i = 0; i < vertices.size(); i += vertices_per_strip)
    if (wests.empty() || vertices[i].x > wests.back()) wests.push_back(vertices[i].x);
  std::vector<std::uint32_t> starts(wests.size() + 1, 0);
  std::vector<std::int64_t> tallest_edges(wests.size(), 0);
  // Edges come by their western ends, so strips are entered one after the other.
  const auto for_each_strip = [&](auto&& visit) {
    std::size_t first = 0;
    for (std::uint32_t number = 0; number < edges.size(); ++number) {
      const auto west = vertices[edges[number].from].x;
      const auto east = vertices[edges[number].to].x;
      while (first + 1 < wests.size() && wests[first + 1] <= west) ++first;
      if (west == east) continue;
      for (auto strip = first; strip < wests.size() && wests[strip] <= east; ++strip) visit(strip, number);
    }
  };
  for_each_strip([&](std::size_t strip, std::uint32_t number) {
    ++starts[strip + 1];
    const auto height = std::abs(std::int64_t{vertices[edges[number].from].y} - vertices[edges[number].to].y);
    tallest_edges[strip] = std::max(tallest_edges[strip], height);
  });
  for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
  std::vector<std::uint32_t> entered(starts.back());
  auto next = starts;
  for_each_strip([&](std::size_t strip, std::uint32_t number) { entered[next[strip]++] = number; });
  constexpr std::size_t strips_at_once = 200;  // some 100,000 vertices
  const auto sort_strips = [&](std::size_t first, std::size_t end) {
    for (auto strip = first; strip < end; ++strip)
      sort_by_height(std::span(entered).subspan(starts[strip], starts[strip + 1] - starts[strip]), vertices, edges);
  };
  in_ranges(wests.size(), sort_strips, strips_at_once);
  wests_ = FlatArray(std::move(wests));
  tallest_edges_ = FlatArray(std::move(tallest_edges));
  starts_ = FlatArray(std::move(starts));
  edges_ = FlatArray(std::move(entered));
}

std::size_t PointLocation::strip_of(std::int32_t x) const {
  return static_cast<std::size_t>(std::ranges::upper_bound(wests_.all(), x) - wests_.all().begin()) - 1;
}

FaceId PointLocation::face_at(std::span<const PlanePoint> vertices, std::span<const Edge> edges,
                              PlanePoint point) const {
  if (vertices.empty() || point.x < vertices.front().x || point.x >= vertices.back().x) return unbounded_face;
  const auto strip = strip_of(point.x);
  const auto numbers = edges_.between(starts_[strip], starts_[strip + 1]);
  auto higher = std::ranges::upper_bound(numbers, point.y, {},
                                         [&](std::uint32_t number) { return lower_end(vertices, edges[number]); });
  std::optional<Edge> highest;
  while (higher != numbers.begin()) {
    const Edge& edge = edges[*--higher];
    if (highest && lower_end(vertices, edge) + tallest_edges_[strip] < lower_end(vertices, *highest)) break;
    if (vertices[edge.from].x > point.x || vertices[edge.to].x <= point.x) continue;
    if (side(vertices[edge.from], vertices[edge.to], point) < 0) continue;
    if (!highest || is_above(vertices, *highest, edge)) highest = edge;
  }
  return highest ? highest->left : unbounded_face;
}

}  // namespace geoprio::partition
