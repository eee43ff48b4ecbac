// A sweep over finished linework, from west to east: it proves that nothing crosses, and finds what lies below.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/core/result.hpp"
#include "geo/partition/noding.hpp"

namespace geoprio::partition {

/// Which pieces end at each vertex and which start there, the latter by angle, from straight down (excluded) to
/// straight up. `from` < `to` for every piece, so every starting piece goes right, or up.
class Stars {
 public:
  Stars(std::span<const PlanePoint> vertices, std::span<const Piece> pieces);

  /// Numbers of the pieces that start at `vertex`, from the lowest to the highest.
  [[nodiscard]] std::span<const std::uint32_t> starting(std::uint32_t vertex) const {
    return std::span(starting_).subspan(first_starting_[vertex], first_starting_[vertex + 1] - first_starting_[vertex]);
  }
  /// Numbers of the pieces that end at `vertex`, anticlockwise from straight up (excluded): from the highest to the
  /// lowest.
  [[nodiscard]] std::span<const std::uint32_t> ending(std::uint32_t vertex) const {
    return std::span(ending_).subspan(first_ending_[vertex], first_ending_[vertex + 1] - first_ending_[vertex]);
  }
  /// Half-edge 2p runs along piece p, 2p + 1 against it. For each, the one that follows it around the face on its left.
  [[nodiscard]] std::vector<std::uint32_t> next_half_edges() const;

 private:
  std::vector<std::uint32_t> first_starting_;
  std::vector<std::uint32_t> starting_;
  std::vector<std::uint32_t> first_ending_;
  std::vector<std::uint32_t> ending_;
};

inline constexpr std::uint32_t no_piece = 0xffffffffU;

/// A vertex where pieces only start (the westernmost of its component, or a local one), and the piece directly below
/// it.
struct WesternEnd {
  std::uint32_t vertex = 0;
  std::uint32_t piece_below = no_piece;
};

/// Sweeps the pieces (sorted by `from`, then `to`; vertices sorted) and returns all western ends in the order of their
/// vertices, or a place near which the linework is not clean. Shamos and Hoey (1976): if any two pieces cross, overlap
/// or touch elsewhere than at a common end, two that do are neighbours at some moment, and neighbours are tested.
/// Shares no code with the noding but the orientation test.
Result<std::vector<WesternEnd>, PlanePoint> swept(std::span<const PlanePoint> vertices, std::span<const Piece> pieces,
                                                  const Stars& stars);

/// The western ends.
/// @throws Error that names the place, when the linework is not clean.
std::vector<WesternEnd> proven(std::span<const PlanePoint> vertices, std::span<const Piece> pieces, const Stars& stars);

}  // namespace geoprio::partition
