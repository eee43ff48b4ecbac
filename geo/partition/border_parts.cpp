#include "geo/partition/border_parts.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace geoprio::partition {
namespace {

constexpr std::uint32_t unset = 0xffffffffU;

/// The border without the vertices where it only passes.
class Melting {
 public:
  Melting(const Partition& partition, const std::vector<BorderPart>& parts,
          const std::vector<std::uint32_t>& edge_of_part, std::uint64_t kept_sets)
      : partition_(partition), parts_(parts), edge_of_part_(edge_of_part), kept_sets_(kept_sets) {
    ends_.assign(partition.vertices().size(), {unset, unset});
    degree_.assign(partition.vertices().size(), 0);
    for (std::uint32_t i = 0; i < parts.size(); ++i)
      for (const auto vertex : {parts[i].from, parts[i].to}) {
        if (degree_[vertex] < 2) ends_[vertex][degree_[vertex]] = i;
        if (degree_[vertex] < 3) ++degree_[vertex];
      }
  }

  std::vector<BorderPart> run() {
    std::vector<bool> done(parts_.size(), false);
    std::vector<BorderPart> melted;
    for (std::uint32_t i = 0; i < parts_.size(); ++i) {
      if (done[i]) continue;
      const auto [start, start_part] = followed(i, parts_[i].from);
      // A ring where every vertex only passes has no vertex to begin with: it stays as it is.
      const bool closed = passes(start);
      const auto [end, end_part] = closed ? std::pair(start, start_part) : followed(i, parts_[i].to);
      for (auto [part, vertex] = std::pair(start_part, start);;) {
        done[part] = true;
        vertex = other_end(part, vertex);
        if (closed) melted.push_back(parts_[part]);
        if (vertex == end) break;
        part = next_part(part, vertex);
      }
      if (!closed && start != end)
        melted.push_back(melted_part(i, start, end));
      else if (!closed)
        keep_chain(start_part, start, melted);
    }
    return melted;
  }

 private:
  [[nodiscard]] std::uint32_t other_end(std::uint32_t part, std::uint32_t vertex) const {
    return parts_[part].from == vertex ? parts_[part].to : parts_[part].from;
  }
  [[nodiscard]] std::uint32_t next_part(std::uint32_t part, std::uint32_t vertex) const {
    return ends_[vertex][0] == part ? ends_[vertex][1] : ends_[vertex][0];
  }

  /// From `part` over `vertex` to the first vertex that stays, and the part that reaches it.
  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> followed(std::uint32_t part, std::uint32_t vertex) const {
    const auto first = part;
    while (passes(vertex)) {
      const auto next = next_part(part, vertex);
      if (next == first) break;
      part = next;
      vertex = other_end(part, vertex);
    }
    return {vertex, part};
  }

  /// Whether the border runs straight on here: nothing of the layer's own sets begins, ends or turns. Where a sliver
  /// was absorbed the border runs along another set's edges, whose vertices are all it has: they stay.
  [[nodiscard]] bool passes(std::uint32_t vertex) const {
    if (degree_[vertex] != 2 || (partition_.vertex_sets(vertex) & kept_sets_) != 0) return false;
    const auto first = own_perimeters(edge_of_part_[ends_[vertex][0]]);
    return !first.empty() && first == own_perimeters(edge_of_part_[ends_[vertex][1]]);
  }
  [[nodiscard]] std::vector<std::uint32_t> own_perimeters(std::uint32_t edge) const {
    std::vector<std::uint32_t> own;
    for (const auto perimeter : partition_.arrangement().owners_along(edge))
      if ((kept_sets_ >> partition_.set_of(perimeter) & 1U) != 0) own.push_back(perimeter);
    return own;
  }

  /// One part from `start` to `end` with the sides of part `inner`, which lies between them.
  [[nodiscard]] BorderPart melted_part(std::uint32_t inner, std::uint32_t start, std::uint32_t end) const {
    const BorderPart& part = parts_[inner];  // `start` was reached backwards over its `from`
    return {start, end, part.left, part.right};
  }
  void keep_chain(std::uint32_t part, std::uint32_t start, std::vector<BorderPart>& melted) const {
    for (auto vertex = start;;) {
      melted.push_back(parts_[part]);
      vertex = other_end(part, vertex);
      if (vertex == start) return;
      part = next_part(part, vertex);
    }
  }

  const Partition& partition_;
  const std::vector<BorderPart>& parts_;
  const std::vector<std::uint32_t>& edge_of_part_;
  std::uint64_t kept_sets_;
  std::vector<std::array<std::uint32_t, 2>> ends_;
  std::vector<std::uint8_t> degree_;
};

}  // namespace

BorderParts border_parts(const Partition& partition, const Grouping& grouping, std::uint64_t kept_sets) {
  BorderParts border;
  std::vector<std::uint32_t> edge_of_part;
  for (std::uint32_t i = 0; i < partition.edges().size(); ++i) {
    const Edge& edge = partition.edges()[i];
    const auto left = grouping.group_of_face[edge.left];
    const auto right = grouping.group_of_face[edge.right];
    if (left == right) continue;
    border.parts.push_back({edge.from, edge.to, left, right});
    edge_of_part.push_back(i);
  }
  if (kept_sets == every_set) return border;
  auto melted = Melting(partition, border.parts, edge_of_part, kept_sets).run();
  border.melted = melted.size() != border.parts.size();
  border.parts = std::move(melted);
  return border;
}

}  // namespace geoprio::partition
