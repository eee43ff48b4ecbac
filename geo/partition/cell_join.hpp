// Finds what lies near what: cells are halved until each holds few segments, however uneven the density.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "geo/core/int128.hpp"
#include "geo/core/parallel.hpp"
#include "geo/partition/noding.hpp"

namespace geoprio::partition {

/// A half-open box of the plane.
struct PlaneCell {
  std::int64_t left, bottom, right, top;
  [[nodiscard]] constexpr bool holds(PlanePoint point) const {
    return left <= point.x && point.x < right && bottom <= point.y && point.y < top;
  }
};

/// Halves the plane again and again, and hands each small cell with its segments to a visitor: all that come within
/// `margin` of a point of it. `visit(found, cell, std::span<const std::uint32_t> segments)` adds what it finds to
/// `found`, a Found of its part of the plane: parts are visited by all cores. `found.expect(count)` is told before how
/// many segments there are.
///
/// Not a uniform grid: a city's quarters and a region's outline differ a thousandfold in density. Not a tree of boxes:
/// a long oblique segment's box holds most of the map. Where halving separates nothing (a bundle of parallel needles)
/// it stops, and the cell is visited as it is.
template <class Found, class Segments, class Visit>
class CellJoin {
 public:
  /// `segments[i].low` and `.high` are the ends, low <= high.
  CellJoin(const Segments& segments, std::int64_t margin, Visit visit)
      : segments_(segments), margin_(margin), visit_(std::move(visit)) {}

  /// Within `part` of the plane: what is only outside it is not found. The parts come in the same order whatever the
  /// number of cores.
  std::vector<Found> run(const PlaneBox& part) {
    if (segments_.empty()) return {};
    Numbers all(segments_.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
    std::vector<Task> tasks;
    tasks.push_back(
        {{part.low.x, part.low.y, std::int64_t{part.high.x} + 1, std::int64_t{part.high.y} + 1}, std::move(all)});
    halve_the_largest(tasks);
    std::vector<Found> found(tasks.size());
    in_parallel(tasks.size(), [&](std::size_t number) {
      auto& task = tasks[number];
      found[number].expect(task.segments.size());
      descend(task.cell, std::move(task.segments), found[number]);
    });
    return found;
  }

 private:
  using Cell = PlaneCell;
  using Numbers = std::vector<std::uint32_t>;
  struct Task {
    Cell cell;
    Numbers segments;
  };
  struct Halves {
    Task low;
    Task high;
  };
  static constexpr std::size_t few = 16;

  /// Until there are some for each core to take in turn, as long as they are worth a thread.
  void halve_the_largest(std::vector<Task>& tasks) const {
    constexpr std::size_t enough = 16;
    constexpr std::size_t worth_a_thread = 5'000;
    while (tasks.size() < enough) {
      const auto largest = std::ranges::max_element(tasks, {}, [](const Task& task) { return task.segments.size(); });
      if (largest->segments.size() < worth_a_thread) return;
      auto halves = halved(largest->cell, largest->segments);
      if (!halves) return;
      *largest = std::move(halves->low);
      tasks.insert(std::next(largest), std::move(halves->high));
    }
  }

  // Depth: each step takes 15/32 or 17/32 of a side, so at most some 70 deep.
  void descend(const Cell& cell, Numbers segments, Found& found) const {
    if (segments.empty()) return;
    if (segments.size() > few)
      if (auto halves = halved(cell, segments)) {
        Numbers().swap(segments);
        descend(halves->low.cell, std::move(halves->low.segments), found);
        descend(halves->high.cell, std::move(halves->high.segments), found);
        return;
      }
    visit_(found, cell, std::span<const std::uint32_t>(segments));
  }

  /// Across the longer side, else across the other; nothing when neither separates.
  std::optional<Halves> halved(const Cell& cell, const Numbers& segments) const {
    const bool wide = cell.right - cell.left >= cell.top - cell.bottom;
    for (const bool vertical : {wide, !wide}) {
      const std::int64_t middle = middle_of(cell, vertical);
      Halves halves{{cell, {}}, {cell, {}}};
      (vertical ? halves.low.cell.right : halves.low.cell.top) = middle;
      (vertical ? halves.high.cell.left : halves.high.cell.bottom) = middle;
      if (separates(cell, vertical, segments, halves)) return halves;
    }
    return std::nullopt;
  }

  /// Not quite the middle: halves of round coordinates are round, and where a star's centre lies on the line, nothing
  /// is separated.
  static std::int64_t middle_of(const Cell& cell, bool vertical) {
    const std::int64_t low = vertical ? cell.left : cell.bottom;
    const std::int64_t length = vertical ? cell.right - cell.left : cell.top - cell.bottom;
    return low + std::max<std::int64_t>(1, length * 15 / 32);
  }

  /// Whether halving across that axis puts clearly fewer than all segments on both sides; fills the halves' segments.
  bool separates(const Cell& cell, bool vertical, const Numbers& segments, Halves& halves) const {
    if ((vertical ? cell.right - cell.left : cell.top - cell.bottom) < 2) return false;
    const std::int64_t middle = middle_of(cell, vertical);
    auto& low = halves.low.segments;
    auto& high = halves.high.segments;
    // Mostly a half each; what grows from nothing is copied at every doubling.
    low.reserve(segments.size() * 5 / 8);
    high.reserve(segments.size() * 5 / 8);
    for (const auto number : segments) {
      const auto& segment = segments_[number];
      const std::int64_t a = vertical ? segment.low.x : segment.low.y;
      const std::int64_t b = vertical ? segment.high.x : segment.high.y;
      if (std::max(a, b) < middle - margin_) {
        low.push_back(number);
      } else if (std::min(a, b) > middle + margin_) {
        high.push_back(number);
      } else {
        if (enters(halves.low.cell, segment)) low.push_back(number);
        if (enters(halves.high.cell, segment)) high.push_back(number);
      }
    }
    // Comparing all pairs of n costs n²/2: below a few hundred, halves that share much are not worth their sorting.
    const std::size_t shared_at_most = segments.size() * (segments.size() > 256 ? 70 : 35) / 100;
    return low.size() + high.size() <= segments.size() + shared_at_most;
  }

  template <class Segment>
  bool enters(const Cell& cell, const Segment& segment) const {
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
  std::int64_t margin_;
  Visit visit_;
};

}  // namespace geoprio::partition
