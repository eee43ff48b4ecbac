// Things by the order of their first use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace geoprio::mvt {

/// Numbers things in the order of their first use: open addressing, as a layer of thousands of features asks often.
/// Things that follow one another lie beside one another, as many as share a line of the cache: features do, and the
/// table of a hundred thousand of them does not fit into a processor's cache.
class Numbering {
 public:
  std::uint32_t number(std::uint32_t thing) {
    if (2 * taken_ >= slots_.size()) grow();
    auto& slot = slot_of(thing);
    if (slot.number == none) {
      ++taken_;
      slot = {thing, number_of_new(thing)};
    }
    return slot.number;
  }
  /// Of a thing that is asked for once: it is not remembered.
  std::uint32_t number_of_new(std::uint32_t thing) {
    used_.push_back(thing);
    return static_cast<std::uint32_t>(used_.size() - 1);
  }
  [[nodiscard]] std::span<const std::uint32_t> used() const { return used_; }

 private:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  static constexpr unsigned line_bits = 3;
  struct Slot {
    std::uint32_t thing = 0;
    std::uint32_t number = none;
  };

  Slot& slot_of(std::uint32_t thing) {
    const std::size_t line = (thing >> line_bits) * 0x9e3779b97f4a7c15U >> 20U;
    const std::size_t mask = slots_.size() - 1;
    auto place = (line << line_bits | (thing & ((1U << line_bits) - 1))) & mask;
    while (slots_[place].number != none && slots_[place].thing != thing) place = (place + 1) & mask;
    return slots_[place];
  }
  void grow() {
    const auto before = std::exchange(slots_, std::vector<Slot>(4 * slots_.size()));
    for (const auto& slot : before)
      if (slot.number != none) slot_of(slot.thing) = slot;
  }

  std::vector<Slot> slots_ = std::vector<Slot>(64);
  std::size_t taken_ = 0;
  std::vector<std::uint32_t> used_;
};

}  // namespace geoprio::mvt
