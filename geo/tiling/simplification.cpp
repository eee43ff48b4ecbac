#include "geo/tiling/simplification.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

#include "geo/core/parallel.hpp"
#include "geo/partition/exact.hpp"
#include "geo/tiling/point_cells.hpp"
#include "geo/tiling/reduction_turns.hpp"
#include "geo/tiling/tile_coordinate.hpp"

namespace geoprio::tiling {
namespace {

using partition::PlanePoint;

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// Twice the triangle's area; what does not fit is as large as can be.
std::uint64_t doubled_area(const Triangle& corners) {
  int128 area = partition::cross(corners[0], corners[1], corners[2]);
  if (area < 0) area = -area;
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  return area > int128{most} ? most : static_cast<std::uint64_t>(area);
}

bool in_box_of(const Triangle& corners, PlanePoint point) {
  const auto [west, east] = std::minmax({corners[0].x, corners[1].x, corners[2].x});
  const auto [north, south] = std::minmax({corners[0].y, corners[1].y, corners[2].y});
  return west <= point.x && point.x <= east && north <= point.y && point.y <= south;
}

/// In the triangle or on its sides; a corner is not.
bool holds(const Triangle& corners, PlanePoint point) {
  if (point == corners[0] || point == corners[1] || point == corners[2]) return false;
  const int first = partition::side(corners[0], corners[1], point);
  const int second = partition::side(corners[1], corners[2], point);
  const int third = partition::side(corners[2], corners[0], point);
  return (first >= 0 && second >= 0 && third >= 0) || (first <= 0 && second <= 0 && third <= 0);
}

/// Chains between the same two junctions. At most one of such twins may become straight.
class Twins {
 public:
  explicit Twins(const Chains& chains) : family_(chains.size(), none) {
    std::vector<std::uint32_t> order(chains.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto ends = [&](std::uint32_t chain) {
      const auto points = chains.points_of(chain);
      return std::pair(std::min(points.front(), points.back()), std::max(points.front(), points.back()));
    };
    std::ranges::sort(order, {}, [&](std::uint32_t chain) { return std::pair(ends(chain), chain); });
    for (std::size_t place = 1; place < order.size(); ++place) {
      if (ends(order[place]) != ends(order[place - 1])) continue;
      auto& first = family_[order[place - 1]];
      if (first == none) {
        first = static_cast<std::uint32_t>(has_straight_.size());
        has_straight_.push_back(0);
      }
      family_[order[place]] = first;
    }
  }
  void note_straight(std::uint32_t chain) {
    if (family_[chain] != none) has_straight_[family_[chain]] = 1;
  }
  [[nodiscard]] bool another_is_straight(std::uint32_t chain) const {
    return family_[chain] != none && has_straight_[family_[chain]] != 0;
  }

 private:
  std::vector<std::uint32_t> family_;       ///< of each chain
  std::vector<std::uint8_t> has_straight_;  ///< of each family: bytes, since families are written side by side
};

/// Parts of a turn run at once. What one of them writes (a chain's count, its points' marks and links, its family's
/// mark) no other one reads: a point of another part lies outside the block, and so in no triangle's box.
class Simplification {
 public:
  explicit Simplification(const Chains& chains)
      : chains_(chains),
        cells_(chains.points()),
        twins_(chains),
        shallowest_(chains.points().size(), 0),
        links_(chains.points().size()) {
    inner_points_.reserve(chains.size());
    for (std::uint32_t chain = 0; chain < chains.size(); ++chain) {
      const auto first = chains.first(chain);
      const auto last = chains.first(chain + 1) - 1;
      for (auto point = first; point <= last; ++point)
        links_[point] = {point - 1, point + 1, point == first || point == last ? none : chain};
      inner_points_.push_back(last - first - 1);
      if (last - first == 1) twins_.note_straight(chain);
    }
    for (auto& turn : reduction_turns(chains)) {
      auto& parts = turns_.emplace_back();
      for (auto& part : turn.parts) parts.push_back({std::move(part), {}});
    }
  }

  std::vector<std::uint8_t> run() && {
    for (unsigned levels = 0; levels <= TileCoordinate::deepest_zoom; ++levels)
      reduce(TileCoordinate::deepest_zoom - levels);
    return std::move(shallowest_);
  }

 private:
  /// The points before and after one that is left, and its chain; an end has none.
  struct Link {
    std::uint32_t before = none;
    std::uint32_t after = none;
    std::uint32_t chain = none;
  };
  struct Candidate {
    std::uint64_t doubled_area = 0;
    std::uint32_t point = 0;
    constexpr auto operator<=>(const Candidate&) const = default;
  };
  struct Part {
    std::vector<std::uint32_t> chains;
    std::vector<Candidate> candidates;  ///< a heap, the smallest first
  };

  [[nodiscard]] bool is_left(std::uint32_t point) const { return shallowest_[point] == 0; }
  [[nodiscard]] Triangle triangle_at(std::uint32_t point) const {
    const auto points = chains_.points();
    return {points[links_[point].before], points[point], points[links_[point].after]};
  }

  void reduce(unsigned zoom) {
    const unsigned bits = TileCoordinate::deepest_zoom - zoom;
    limit_ = (2 * negligible_square_units) << (2 * bits);
    std::vector<Part*> all;
    for (auto& parts : turns_)
      for (auto& part : parts) all.push_back(&part);
    in_parallel(all.size(), [&](std::size_t number) { propose_all(*all[number]); });
    std::size_t candidates = 0;
    for (const auto* part : all) candidates += part->candidates.size();
    if (candidates == 0) return;
    constexpr unsigned units_across_a_cell_bits = 4;  // what is left is a few units apart
    // For few candidates the cells of a deeper zoom will do, which are smaller.
    const auto wanted_bits = bits + units_across_a_cell_bits;
    if (cells_.bits() == 0 || wanted_bits > cells_.bits() + 2 || 8 * candidates > cells_.size())
      cells_.divide([this](std::uint32_t point) { return is_left(point); }, wanted_bits);
    for (auto& parts : turns_) in_parallel(parts.size(), [&](std::size_t number) { reduce(parts[number], zoom); });
  }

  void propose_all(Part& part) const {
    for (const auto chain : part.chains)
      for (auto point = links_[chains_.first(chain)].after; links_[point].chain != none; point = links_[point].after)
        if (const auto area = doubled_area(triangle_at(point)); area < limit_) part.candidates.push_back({area, point});
    std::ranges::make_heap(part.candidates, std::greater<>());
  }

  void reduce(Part& part, unsigned zoom) {
    while (!part.candidates.empty()) {
      std::ranges::pop_heap(part.candidates, std::greater<>());
      const auto candidate = part.candidates.back();
      part.candidates.pop_back();
      // A neighbour has gone since, and what is true now was proposed then.
      if (!is_left(candidate.point) || doubled_area(triangle_at(candidate.point)) != candidate.doubled_area) continue;
      if (!chain_can_spare(candidate.point) || leaves_another_in(candidate.point)) continue;
      remove(candidate.point, zoom, part);
    }
  }

  void propose(std::uint32_t point, Part& part) const {
    if (links_[point].chain == none) return;
    const auto area = doubled_area(triangle_at(point));
    if (area >= limit_) return;
    part.candidates.push_back({area, point});
    std::ranges::push_heap(part.candidates, std::greater<>());
  }

  [[nodiscard]] bool chain_can_spare(std::uint32_t point) const {
    const auto chain = links_[point].chain;
    const auto points = chains_.points_of(chain);
    if (points.front() == points.back()) return inner_points_[chain] > 2;
    return inner_points_[chain] > 1 || !twins_.another_is_straight(chain);
  }

  [[nodiscard]] bool leaves_another_in(std::uint32_t point) const {
    const auto corners = triangle_at(point);
    if (doubled_area(corners) == 0) return false;  // the chain stays where it is
    return cells_.any_near(corners, [&](std::uint32_t other, PlanePoint place) {
      return in_box_of(corners, place) && is_left(other) && holds(corners, place);
    });
  }

  void remove(std::uint32_t point, unsigned zoom, Part& part) {
    shallowest_[point] = static_cast<std::uint8_t>(zoom + 1);
    const auto [before, after, chain] = links_[point];
    if (--inner_points_[chain] == 0) twins_.note_straight(chain);
    links_[before].after = after;
    links_[after].before = before;
    propose(before, part);
    propose(after, part);
  }

  const Chains& chains_;
  PointCells cells_;
  Twins twins_;
  std::vector<std::uint8_t> shallowest_;
  std::vector<Link> links_;
  std::vector<std::uint32_t> inner_points_;  ///< per chain, those left
  std::vector<std::vector<Part>> turns_;
  std::uint64_t limit_ = 0;
};

}  // namespace

std::vector<std::uint8_t> shallowest_zooms(const Chains& chains) {
  return chains.size() == 0 ? std::vector<std::uint8_t>() : Simplification(chains).run();
}

}  // namespace geoprio::tiling
