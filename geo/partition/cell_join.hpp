// Finds what lies near what: cells are halved until each holds few segments, however uneven the density.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "geo/core/int128.hpp"
#include "geo/partition/noding.hpp"

namespace geoprio::partition {

/// Halves the plane again and again, and hands each small cell's segments (and points) to `visit`. Two segments that
/// meet are together in at least one cell; a point is in exactly one cell, together with every segment within `margin`
/// of it. `visit(std::span<const std::uint32_t> segments, std::span<const std::uint32_t> points)`.
///
/// Not a uniform grid: a city's quarters and a region's outline differ a thousandfold in density. Not a tree of boxes:
/// a long oblique segment's box holds most of the map. Where halving separates nothing (a bundle of parallel needles)
/// it stops, and the cell is visited as it is.
template <class Segments, class Visit>
class CellJoin {
 public:
  /// `segments[i].low` and `.high` are the ends, low <= high.
  CellJoin(const Segments& segments, std::span<const PlanePoint> points, std::int64_t margin, Visit visit)
      : segments_(segments), points_(points), margin_(margin), visit_(std::move(visit)) {}

  /// Within `part` of the plane, which holds all points: what meets only outside it is not found.
  void run(const PlaneBox& part) {
    if (segments_.empty()) return;
    std::vector<std::uint32_t> all(segments_.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
    point_order_.resize(points_.size());
    for (std::uint32_t i = 0; i < point_order_.size(); ++i) point_order_[i] = i;
    descend({part.low.x, part.low.y, part.high.x, part.high.y}, std::move(all), point_order_);
  }

 private:
  struct Cell {
    std::int64_t left, bottom, right, top;
  };
  using Numbers = std::vector<std::uint32_t>;
  static constexpr std::size_t few = 16;

  // Depth: each step takes 15/32 or 17/32 of a side, so at most some 70 deep.
  void descend(Cell cell, Numbers segments, std::span<std::uint32_t> points) {
    if (segments.empty() || (!points_.empty() && points.empty())) return;
    const bool wide = cell.right - cell.left >= cell.top - cell.bottom;
    Numbers low;
    Numbers high;
    if (is_small(segments, points) ||
        (!separates(cell, wide, segments, low, high) && !separates(cell, !wide, segments, low, high))) {
      visit_(std::span<const std::uint32_t>(segments), std::span<const std::uint32_t>(points));
      return;
    }
    const bool vertical = last_vertical_;
    Numbers().swap(segments);
    const std::int64_t middle = middle_of(cell, vertical);
    const auto first_high = std::partition(points.begin(), points.end(), [&](std::uint32_t point) {
      return (vertical ? points_[point].x : points_[point].y) < middle;
    });
    const auto low_count = static_cast<std::size_t>(first_high - points.begin());
    Cell low_cell = cell;
    Cell high_cell = cell;
    (vertical ? low_cell.right : low_cell.top) = middle;
    (vertical ? high_cell.left : high_cell.bottom) = middle;
    descend(low_cell, std::move(low), points.first(low_count));
    descend(high_cell, std::move(high), points.subspan(low_count));
  }

  bool is_small(const Numbers& segments, std::span<const std::uint32_t> points) const {
    return segments.size() <= few || (!points_.empty() && points.size() <= few);
  }

  /// Not quite the middle: halves of round coordinates are round, and where a star's centre lies on the line, nothing
  /// is separated.
  static std::int64_t middle_of(Cell cell, bool vertical) {
    const std::int64_t low = vertical ? cell.left : cell.bottom;
    const std::int64_t length = vertical ? cell.right - cell.left : cell.top - cell.bottom;
    return low + std::max<std::int64_t>(1, length * 15 / 32);
  }

  /// Whether halving across that axis puts clearly fewer than all segments on both sides.
  bool separates(Cell cell, bool vertical, const Numbers& segments, Numbers& low, Numbers& high) {
    low.clear();
    high.clear();
    if ((vertical ? cell.right - cell.left : cell.top - cell.bottom) < 2) return false;
    const std::int64_t middle = middle_of(cell, vertical);
    Cell low_cell = cell;
    Cell high_cell = cell;
    (vertical ? low_cell.right : low_cell.top) = middle;
    (vertical ? high_cell.left : high_cell.bottom) = middle;
    for (const auto number : segments) {
      const auto& segment = segments_[number];
      const std::int64_t a = vertical ? segment.low.x : segment.low.y;
      const std::int64_t b = vertical ? segment.high.x : segment.high.y;
      if (std::max(a, b) < middle - margin_) {
        low.push_back(number);
      } else if (std::min(a, b) > middle + margin_) {
        high.push_back(number);
      } else {
        if (enters(low_cell, segment)) low.push_back(number);
        if (enters(high_cell, segment)) high.push_back(number);
      }
    }
    last_vertical_ = vertical;
    // Comparing all pairs of n costs n²/2: below a few hundred, halves that share much are not worth their sorting.
    const std::size_t shared_at_most = segments.size() * (segments.size() > 256 ? 70 : 35) / 100;
    return low.size() + high.size() <= segments.size() + shared_at_most;
  }

  template <class Segment>
  bool enters(Cell cell, const Segment& segment) const {
    const std::int64_t left = cell.left - margin_ - segment.low.x;
    const std::int64_t right = cell.right + margin_ - segment.low.x;
    const std::int64_t bottom = cell.bottom - margin_ - segment.low.y;
    const std::int64_t top = cell.top + margin_ - segment.low.y;
    const std::int64_t dx = std::int64_t{segment.high.x} - segment.low.x;
    const std::int64_t dy = std::int64_t{segment.high.y} - segment.low.y;
    if (dx < left || right < 0 || std::max<std::int64_t>(dy, 0) < bottom || top < std::min<std::int64_t>(dy, 0))
      return false;
    // The line passes when the cell's corners are not all strictly on one side.
    const int128 most = int128{dx} * top - int128{dy} * (dy > 0 ? left : right);
    const int128 least = int128{dx} * bottom - int128{dy} * (dy > 0 ? right : left);
    return most >= 0 && least <= 0;
  }

  const Segments& segments_;
  std::span<const PlanePoint> points_;
  std::int64_t margin_;
  Visit visit_;
  Numbers point_order_;
  bool last_vertical_ = false;
};

}  // namespace geoprio::partition
