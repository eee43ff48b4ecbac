// Sets of perimeters, each stored once: millions of edges and faces share a few thousand of them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace geoprio::partition {

/// The number of a set in its OwnerSets; 0 is the empty set.
using OwnerSetId = std::uint32_t;

/// Thread safety: confined to one thread while sets are added, then immutable.
class OwnerSets {
 public:
  static constexpr OwnerSetId empty = 0;

  OwnerSets();

  /// The number of the set with these owners, sorted and each once.
  OwnerSetId interned(std::span<const std::uint32_t> owners);
  [[nodiscard]] std::span<const std::uint32_t> operator[](OwnerSetId set) const {
    return std::span(owners_).subspan(starts_[set], starts_[set + 1] - starts_[set]);
  }
  [[nodiscard]] std::size_t size() const { return starts_.size() - 1; }

 private:
  void grow();

  std::vector<std::uint32_t> owners_;
  std::vector<std::size_t> starts_;
  std::vector<OwnerSetId> slots_;  // open addressing; the size is a power of two
};

/// The owners that are in exactly one of two sorted sets, sorted: what crossing an edge does to a face's perimeters.
/// `toggled` is overwritten.
void toggle(std::span<const std::uint32_t> set, std::span<const std::uint32_t> owners,
            std::vector<std::uint32_t>& toggled);

}  // namespace geoprio::partition
