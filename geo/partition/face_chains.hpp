// The edges of a subdivision strung together: what dissolving walks along, without looking at every edge.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geo/core/int128.hpp"
#include "geo/partition/arrangement.hpp"

namespace geoprio::partition {

/// A number of a chain, twice, plus 1 when it is run from its end: the half-chain's own face is on its left, y up.
using HalfChain = std::uint32_t;
constexpr std::uint32_t chain_of(HalfChain half) { return half / 2; }
constexpr HalfChain turned(HalfChain half) { return half ^ 1U; }

/// A chain runs from one junction, where other than two edges meet, to the next, with the same two faces beside it all
/// along. One that meets no junction starts and ends at its westernmost vertex, which is then taken for one. A dozen
/// edges a chain on France's communes. Thread safety: immutable.
class FaceChains {
 public:
  FaceChains() = default;
  static FaceChains of(const Arrangement& arrangement);

  [[nodiscard]] std::size_t size() const { return left_.size(); }
  [[nodiscard]] std::size_t junction_count() const { return junction_count_; }
  [[nodiscard]] FaceId left(HalfChain half) const { return half % 2 == 0 ? left_[half / 2] : right_[half / 2]; }
  [[nodiscard]] FaceId right(HalfChain half) const { return left(turned(half)); }
  /// The number of the junction where it begins, under `junction_count()`.
  [[nodiscard]] std::uint32_t start(HalfChain half) const { return starts_[half]; }
  /// The numbers of the chain's vertices from its first to its last, both junctions included.
  [[nodiscard]] std::span<const std::uint32_t> vertices(std::uint32_t chain) const {
    return std::span(vertices_).subspan(firsts_[chain], firsts_[chain + 1] - firsts_[chain]);
  }
  /// The next half-chain that begins where this one does, clockwise.
  [[nodiscard]] HalfChain clockwise(HalfChain half) const { return clockwise_[half]; }
  /// What the half-chain adds to twice the area of a ring that runs along it, anticlockwise positive.
  [[nodiscard]] int128 doubled_area(HalfChain half) const {
    return half % 2 == 0 ? doubled_areas_[half / 2] : -doubled_areas_[half / 2];
  }

 private:
  void trace(const Arrangement& arrangement);
  void sort_around(std::span<const PlanePoint> places);

  std::vector<FaceId> left_, right_;      ///< of each chain, seen from its start
  std::vector<std::uint32_t> firsts_{0};  ///< in `vertices_`, and one more
  std::vector<std::uint32_t> vertices_;
  std::vector<int128> doubled_areas_;
  std::vector<std::uint32_t> starts_;  ///< of each half-chain
  std::vector<HalfChain> clockwise_;   ///< of each half-chain, the next around its start
  std::uint32_t junction_count_ = 0;
};

}  // namespace geoprio::partition
