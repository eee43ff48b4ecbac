// The hot pixels of one tile, and which lie near a segment.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geo/partition/noding.hpp"
#include "geo/tiling/tile_shape.hpp"

namespace geoprio::tiling {

/// Each pixel once, in square bins: as many as there are pixels, about, and none smaller than 16 units. Coordinates are
/// units from the low corner of the tile's box: 0 to 4224. Thread safety: immutable.
class PixelBins {
 public:
  explicit PixelBins(std::vector<partition::PlanePoint> pixels);

  /// Sorted by x, then y.
  [[nodiscard]] std::span<const partition::PlanePoint> pixels() const { return pixels_; }

  /// Calls `visit(number)` for the pixels of all bins that hold a place in the box between `rows(first column, last
  /// column)`, which are asked for where the box is large.
  template <class Rows, class Visit>
  void for_each_near(const partition::PlaneBox& box, Rows rows, Visit visit) const {
    const auto first_row = box.low.y >> bits_;
    const auto last_row = box.high.y >> bits_;
    for (auto column = box.low.x >> bits_; column <= box.high.x >> bits_; ++column) {
      auto low = first_row;
      auto high = last_row;
      constexpr std::int32_t few = 2;
      if (last_row - first_row > few) {
        const auto [from, to] = rows(column << bits_, ((column + 1) << bits_) - 1);
        low = std::max(low, bin_at(from));
        high = std::min(high, bin_at(to));
      }
      if (low > high) continue;
      // The bins of a column lie one after another.
      const auto end = starts_[bin(column, high) + 1];
      for (auto place = starts_[bin(column, low)]; place < end; ++place) visit(numbers_[place]);
    }
  }

 private:
  [[nodiscard]] std::size_t bin(std::int32_t column, std::int32_t row) const {
    return static_cast<std::size_t>(column) * per_side_ + static_cast<std::size_t>(row);
  }
  [[nodiscard]] std::int32_t bin_at(double row) const {
    return static_cast<std::int32_t>(std::clamp(row, 0.0, double{tile_extent + 2 * tile_buffer})) >> bits_;
  }

  std::vector<partition::PlanePoint> pixels_;
  int bits_ = 4;
  std::size_t per_side_ = 1;
  std::vector<std::uint32_t> starts_;   ///< of each bin in `numbers_`, one more at the end
  std::vector<std::uint32_t> numbers_;  ///< of pixels, by bins
};

}  // namespace geoprio::tiling
