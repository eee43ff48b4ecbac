// Exact predicates on integer points: differences have 33 bits, so products need 128.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "geo/core/int128.hpp"
#include "geo/partition/noding.hpp"

namespace geoprio::partition {

/// The cross product of (a - origin) and (b - origin): positive when b is anticlockwise of a (y up).
constexpr int128 cross(PlanePoint origin, PlanePoint a, PlanePoint b) {
  const std::int64_t ax = std::int64_t{a.x} - origin.x;
  const std::int64_t ay = std::int64_t{a.y} - origin.y;
  const std::int64_t bx = std::int64_t{b.x} - origin.x;
  const std::int64_t by = std::int64_t{b.y} - origin.y;
  return int128{ax} * by - int128{ay} * bx;
}

/// 1 when `point` is left of the line from `from` to `to`, -1 when right, 0 when on it.
constexpr int side(PlanePoint from, PlanePoint to, PlanePoint point) {
  const int128 value = cross(from, to, point);
  return value > 0 ? 1 : (value < 0 ? -1 : 0);
}

/// The multiples of 2^bits, each the centre of a half-open pixel [centre - half, centre + half).
class PixelGrid {
 public:
  explicit constexpr PixelGrid(unsigned bits) : bits_(bits) {}

  [[nodiscard]] constexpr std::int64_t side_length() const { return std::int64_t{1} << bits_; }
  /// The centre of the pixel that holds `value`, which must be at most `highest`.
  [[nodiscard]] constexpr std::int32_t centre(std::int32_t value) const {
    return static_cast<std::int32_t>(((std::int64_t{value} + side_length() / 2) >> bits_) << bits_);
  }
  [[nodiscard]] constexpr PlanePoint centre(PlanePoint point) const { return {centre(point.x), centre(point.y)}; }
  /// The largest coordinate whose pixel has an int32 for its centre.
  [[nodiscard]] constexpr std::int32_t highest() const {
    const std::int64_t half = side_length() / 2;
    return static_cast<std::int32_t>(half == 0 ? INT32_MAX : (std::int64_t{1} << 31) - half - 1);
  }
  /// The point, brought to the edge of the last pixel inside where its own pixel's centre is no int32.
  [[nodiscard]] constexpr PlanePoint inside(PlanePoint point) const {
    return {std::min(point.x, highest()), std::min(point.y, highest())};
  }
  /// The centre nearest to numerator / denominator (denominator not 0), a half rounded up.
  [[nodiscard]] constexpr std::int32_t centre(int128 numerator, int128 denominator) const {
    if (denominator < 0) {
      numerator = -numerator;
      denominator = -denominator;
    }
    // |numerator| < 2^98 and the side at most 2^24: everything stays under 2^125.
    const int128 scaled = 2 * numerator + side_length() * denominator;
    const int128 divisor = 2 * side_length() * denominator;
    int128 quotient = scaled / divisor;
    if (scaled % divisor < 0) --quotient;
    return static_cast<std::int32_t>(static_cast<std::int64_t>(quotient) * side_length());
  }

 private:
  unsigned bits_;
};

/// The pixel of the point where two segments cross in their interiors; nothing when they only touch, overlap or miss.
constexpr std::optional<PlanePoint> proper_crossing(PlanePoint a, PlanePoint b, PlanePoint c, PlanePoint d,
                                                    PixelGrid grid) {
  if (side(a, b, c) * side(a, b, d) >= 0 || side(c, d, a) * side(c, d, b) >= 0) return std::nullopt;
  const std::int64_t abx = std::int64_t{b.x} - a.x;
  const std::int64_t aby = std::int64_t{b.y} - a.y;
  const std::int64_t cdx = std::int64_t{d.x} - c.x;
  const std::int64_t cdy = std::int64_t{d.y} - c.y;
  const int128 denominator = int128{abx} * cdy - int128{aby} * cdx;
  const int128 along = int128{std::int64_t{c.x} - a.x} * cdy - int128{std::int64_t{c.y} - a.y} * cdx;
  // along < 2^66, times 2^32 for the difference: 2^98.
  return PlanePoint{grid.centre(a.x * denominator + abx * along, denominator),
                    grid.centre(a.y * denominator + aby * along, denominator)};
}

/// Whether the closed segment from `low` to `high` (low <= high) passes through the half-open pixel around `centre`.
/// The parameters for which it is inside are an interval for x and one for y; they meet when each begins before the
/// other ends. Twice the coordinates, so that half a pixel is whole.
constexpr bool passes_through(PlanePoint low, PlanePoint high, PlanePoint centre, PixelGrid grid) {
  const std::int64_t left = 2 * std::int64_t{centre.x} - grid.side_length();
  const std::int64_t right = 2 * std::int64_t{centre.x} + grid.side_length();
  const std::int64_t bottom = 2 * std::int64_t{centre.y} - grid.side_length();
  const std::int64_t top = 2 * std::int64_t{centre.y} + grid.side_length();
  const std::int64_t x = 2 * std::int64_t{low.x};
  const std::int64_t y = 2 * std::int64_t{low.y};
  if (2 * std::int64_t{high.x} < left || x >= right) return false;
  if (2 * std::int64_t{std::max(low.y, high.y)} < bottom || 2 * std::int64_t{std::min(low.y, high.y)} >= top)
    return false;
  const std::int64_t dx = std::int64_t{high.x} - low.x;
  const std::int64_t dy = std::int64_t{high.y} - low.y;
  if (dx == 0 || dy == 0) return true;
  if (dy > 0) return int128{left - x} * dy < int128{top - y} * dx && int128{bottom - y} * dx < int128{right - x} * dy;
  return int128{left - x} * dy >= int128{bottom - y} * dx && int128{top - y} * dx > int128{right - x} * dy;
}

}  // namespace geoprio::partition
