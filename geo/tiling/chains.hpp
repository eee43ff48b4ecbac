// Borders as chains: polylines on an integer grid, each with the same two groups on its sides all along.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "geo/partition/arrangement.hpp"
#include "geo/partition/grouping.hpp"

namespace geoprio::tiling {

/// The group on one side of a border; no_group: land outside every group.
using Group = std::uint32_t;
inline constexpr Group no_group = partition::Grouping::no_group;

/// The groups beside a border as seen along it, with y as if it grew upwards. They differ.
struct Sides {
  Group left = no_group;
  Group right = no_group;
  constexpr bool operator==(const Sides&) const = default;
  [[nodiscard]] constexpr Sides turned() const { return {right, left}; }
};

/// A straight border between two of some vertices, its sides as seen from `from`.
struct BorderPiece {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  Sides sides;
};

/// A chain goes from one junction, where other than two pieces meet, to the next. One that meets no junction is closed:
/// it starts at its westernmost point, which is repeated at its end. Thread safety: immutable once built.
class Chains {
 public:
  /// Pieces with different sides, in the order of their lower ends, vertices sorted. `ends` are vertices where chains
  /// end however many of the pieces meet there. The same pieces give the same chains.
  static Chains of(std::span<const partition::PlanePoint> vertices, std::span<const BorderPiece> pieces,
                   std::span<const std::uint32_t> ends = {});
  /// The edges of `arrangement` that separate two groups.
  static Chains of(const partition::Arrangement& arrangement, std::span<const Group> group_of_face);

  /// At least two points.
  void add(std::span<const partition::PlanePoint> points, Sides sides);

  [[nodiscard]] std::size_t size() const { return sides_.size(); }
  [[nodiscard]] Sides sides(std::size_t chain) const { return sides_[chain]; }
  [[nodiscard]] std::span<const Sides> sides() const { return sides_; }
  /// The numbers of its points in `points()` are from `first(chain)` to before `first(chain + 1)`.
  [[nodiscard]] std::uint32_t first(std::size_t chain) const { return firsts_[chain]; }
  [[nodiscard]] std::span<const partition::PlanePoint> points() const { return points_; }
  /// Gives the points and the sides of all away.
  [[nodiscard]] std::pair<std::vector<partition::PlanePoint>, std::vector<Sides>> taken() && {
    return {std::move(points_), std::move(sides_)};
  }
  [[nodiscard]] std::span<const partition::PlanePoint> points_of(std::size_t chain) const {
    return points().subspan(firsts_[chain], firsts_[chain + 1] - firsts_[chain]);
  }

 private:
  std::vector<partition::PlanePoint> points_;
  std::vector<std::uint32_t> firsts_{0};
  std::vector<Sides> sides_;
};

}  // namespace geoprio::tiling
