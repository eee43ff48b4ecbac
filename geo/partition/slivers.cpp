#include "geo/partition/slivers.hpp"

#include <algorithm>
#include <utility>

#include "geo/core/ellipsoid_area.hpp"

namespace geoprio::partition {
namespace {

struct Neighbour {
  FaceId face = 0;
  Metres border;
};

class Absorber {
 public:
  Absorber(const Arrangement& arrangement, std::span<const SquareMetres> areas,
           std::span<const std::uint32_t> set_of_perimeter, const SliverRules& rules)
      : arrangement_(arrangement), areas_(areas), set_of_perimeter_(set_of_perimeter), rules_(rules) {}

  Absorption run() {
    absorption_.source_of.resize(arrangement_.face_count());
    for (FaceId face = 0; face < absorption_.source_of.size(); ++face) absorption_.source_of[face] = face;
    if (rules_.adjustable_sets == 0 || rules_.width <= Metres(0)) return std::move(absorption_);
    find_slivers();
    auto waiting = slivers_;
    for (bool changed = true; changed && !waiting.empty();) {
      // Decided together, then applied: the outcome does not depend on the order within a round.
      std::vector<std::pair<FaceId, FaceId>> joins;
      std::vector<FaceId> left;
      for (const auto sliver : waiting) {
        const FaceId target = chosen_neighbour(sliver);
        if (target == sliver)
          left.push_back(sliver);
        else
          joins.emplace_back(sliver, target);
      }
      for (const auto& [sliver, target] : joins) join(sliver, target);
      changed = !joins.empty();
      waiting = std::move(left);
    }
    std::ranges::stable_sort(absorption_.slivers, {}, &AbsorbedSliver::face);
    return std::move(absorption_);
  }

 private:
  void find_slivers() {
    const auto vertices = arrangement_.vertices();
    const auto edges = arrangement_.edges();
    std::vector<Metres> around(arrangement_.face_count());
    const auto length = [&](const Edge& edge) {
      const auto a = vertices[edge.from];
      const auto b = vertices[edge.to];
      return local_length({a.x, a.y}, {b.x, b.y});
    };
    for (const auto& edge : edges) {
      around[edge.left] += length(edge);
      around[edge.right] += length(edge);
    }
    unsettled_.assign(arrangement_.face_count(), false);
    for (FaceId face = 1; face < around.size(); ++face) {
      if (2 * areas_[face].value() >= rules_.width.value() * around[face].value()) continue;
      unsettled_[face] = true;
      slivers_.push_back(face);
    }
    first_border_.assign(around.size() + 1, 0);
    for (const auto& edge : edges)
      for (const auto face : {edge.left, edge.right})
        if (unsettled_[face]) ++first_border_[face + 1];
    for (std::size_t i = 1; i < first_border_.size(); ++i) first_border_[i] += first_border_[i - 1];
    borders_.resize(first_border_.back());
    auto next = first_border_;
    for (std::uint32_t i = 0; i < edges.size(); ++i)
      for (const auto face : {edges[i].left, edges[i].right})
        if (unsettled_[face]) borders_[next[face]++] = {i, length(edges[i])};
  }

  struct Border {
    std::uint32_t edge = 0;
    Metres length;
  };

  [[nodiscard]] std::span<const Border> borders_of(FaceId face) const {
    return std::span(borders_).subspan(first_border_[face], first_border_[face + 1] - first_border_[face]);
  }
  [[nodiscard]] FaceId across(const Border& border, FaceId face) const {
    const Edge& edge = arrangement_.edges()[border.edge];
    return edge.left == face ? edge.right : edge.left;
  }
  [[nodiscard]] std::span<const std::uint32_t> perimeters_now(FaceId face) const {
    return arrangement_.owners_of(absorption_.source_of[face]);
  }

  [[nodiscard]] std::uint64_t sets_of(std::span<const std::uint32_t> perimeters) const {
    std::uint64_t sets = 0;
    for (const auto perimeter : perimeters) sets |= std::uint64_t{1} << set_of_perimeter_[perimeter];
    return sets;
  }

  /// The settled neighbour to join, or the face itself.
  FaceId chosen_neighbour(FaceId sliver) {
    std::vector<Neighbour> neighbours;
    for (const auto& border : borders_of(sliver)) neighbours.push_back({across(border, sliver), border.length});
    std::ranges::sort(neighbours, {}, &Neighbour::face);
    Neighbour best{sliver, Metres(0)};
    for (std::size_t i = 0; i < neighbours.size();) {
      Neighbour neighbour = neighbours[i];
      for (++i; i < neighbours.size() && neighbours[i].face == neighbour.face; ++i)
        neighbour.border += neighbours[i].border;
      if (neighbour.border > best.border && may_join(sliver, neighbour.face)) best = neighbour;
    }
    return best.face;
  }

  bool may_join(FaceId sliver, FaceId target) {
    if (unsettled_[target]) return false;
    toggle(arrangement_.owners_of(sliver), perimeters_now(target), toggled_);
    const auto differing = sets_of(toggled_);
    if (toggled_.empty() || (differing & ~rules_.adjustable_sets) != 0) return false;
    if ((differing & rules_.protected_sets) == 0) return true;
    Metres rest;
    Metres allowed;
    for (const auto& border : borders_of(sliver)) {
      if (across(border, sliver) == target) continue;
      rest += border.length;
      if ((sets_of(arrangement_.owners_along(border.edge)) & (differing | ~rules_.protected_sets)) != 0)
        allowed += border.length;
    }
    return 2 * allowed.value() >= rest.value();
  }

  void join(FaceId sliver, FaceId target) {
    absorption_.source_of[sliver] = absorption_.source_of[target];
    unsettled_[sliver] = false;
    const auto before = arrangement_.owners_of(sliver);
    toggle(before, perimeters_now(target), toggled_);
    for (const auto perimeter : toggled_)
      absorption_.slivers.push_back({set_of_perimeter_[perimeter], perimeter, sliver, areas_[sliver],
                                     !std::ranges::binary_search(before, perimeter)});
  }

  const Arrangement& arrangement_;
  std::span<const SquareMetres> areas_;
  std::span<const std::uint32_t> set_of_perimeter_;
  const SliverRules& rules_;
  std::vector<FaceId> slivers_;
  std::vector<bool> unsettled_;
  std::vector<std::uint32_t> first_border_;
  std::vector<Border> borders_;
  std::vector<std::uint32_t> toggled_;
  Absorption absorption_;
};

}  // namespace

Absorption absorbed_slivers(const Arrangement& arrangement, std::span<const SquareMetres> areas,
                            std::span<const std::uint32_t> set_of_perimeter, const SliverRules& rules) {
  return Absorber(arrangement, areas, set_of_perimeter, rules).run();
}

}  // namespace geoprio::partition
