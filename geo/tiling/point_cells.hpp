// Which points of a network lie near a triangle.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "geo/partition/noding.hpp"

namespace geoprio::tiling {

using Triangle = std::array<partition::PlanePoint, 3>;

/// Points in square cells, found by hashing: a search among sorted cells touched a new line of memory at each of its
/// twenty steps, for every row of every triangle. The points are sorted once along Morton's curve, in which the cells
/// of every size are ranges: dividing anew, as points go, is one pass. Thread safety: `divide` is confined to one
/// thread, the rest is immutable.
class PointCells {
 public:
  explicit PointCells(std::span<const partition::PlanePoint> points);

  /// Forgets the points that are not `left(number)`, and divides the others into cells of 2^bits units.
  template <class Left>
  void divide(Left left, unsigned bits) {
    std::erase_if(along_curve_, [&](const Numbered& point) { return !left(point.number); });
    number_cells(bits);
  }

  /// How many points there are, those that went since the last division among them, and how large the cells are.
  [[nodiscard]] std::size_t size() const { return along_curve_.size(); }
  [[nodiscard]] unsigned bits() const { return bits_; }

  /// Whether `is_it(number, place)` for one of the points in the cells that the triangle enters.
  template <class Predicate>
  [[nodiscard]] bool any_near(const Triangle& corners, Predicate is_it) const {
    const auto [north, south] = std::minmax({corners[0].y, corners[1].y, corners[2].y});
    const auto [west, east] = std::minmax({corners[0].x, corners[1].x, corners[2].x});
    const auto first_column = along(west) >> bits_;
    const auto last_column = along(east) >> bits_;
    const auto first_row = along(north) >> bits_;
    const auto last_row = along(south) >> bits_;
    constexpr std::uint32_t few = 4;
    const bool is_small = last_column - first_column < few || first_row == last_row;
    for (auto row = first_row; row <= last_row; ++row) {
      const auto [first, last] = is_small ? std::pair(first_column, last_column) : columns_in_row(corners, row);
      for (auto column = first; column <= last; ++column)
        if (any_in_cell(column, row, is_it)) return true;
    }
    return false;
  }

 private:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  /// From the plane's low end; with all bits of a cell's number this has 32.
  [[nodiscard]] static constexpr std::uint32_t along(std::int32_t coordinate) {
    return static_cast<std::uint32_t>(std::int64_t{coordinate} - std::numeric_limits<std::int32_t>::min());
  }
  struct Numbered {
    partition::PlanePoint place;
    std::uint32_t number = 0;
  };
  [[nodiscard]] std::uint64_t cell_of(const Numbered& point) const {
    return std::uint64_t{along(point.place.y) >> bits_} << 32U | along(point.place.x) >> bits_;
  }
  /// Sixteen cells that make a square have the slots of one line of memory: a triangle's cells are mostly among them.
  [[nodiscard]] std::size_t slot_of(std::uint64_t cell) const {
    constexpr std::uint64_t golden = 0x9e3779b97f4a7c15U;
    constexpr std::uint64_t within = std::uint64_t{3} << 32U | 3U;
    const auto square = ((cell & ~within) * golden) >> shift_;
    return square << 4U | (cell >> 30U & 12U) | (cell & 3U);
  }

  template <class Predicate>
  [[nodiscard]] bool any_in_cell(std::uint32_t column, std::uint32_t row, Predicate& is_it) const {
    const auto cell = std::uint64_t{row} << 32U | column;
    for (auto slot = slot_of(cell); slots_[slot] != none; slot = (slot + 1) & (slots_.size() - 1)) {
      auto point = along_curve_.begin() + slots_[slot];
      if (cell_of(*point) != cell) continue;
      for (; point != along_curve_.end() && cell_of(*point) == cell; ++point)
        if (is_it(point->number, point->place)) return true;
      return false;
    }
    return false;
  }

  void number_cells(unsigned bits);
  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> columns_in_row(const Triangle& corners,
                                                                       std::uint32_t row) const;

  std::vector<Numbered> along_curve_;
  unsigned bits_ = 0;
  unsigned shift_ = 63;               ///< of a square's number
  std::vector<std::uint32_t> slots_;  ///< the first point of a cell; open addressing, a power of two
};

}  // namespace geoprio::tiling
