#include "geo/tiling/simplification.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>
#include <set>
#include <utility>

#include "geo/core/parallel.hpp"
#include "geo/partition/exact.hpp"
#include "geo/tiling/tile_coordinate.hpp"

namespace geoprio::tiling {
namespace {

using partition::PlanePoint;
using Triangle = std::array<PlanePoint, 3>;

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// Twice the triangle's area; what does not fit is as large as can be.
std::uint64_t doubled_area(const Triangle& corners) {
  int128 area = partition::cross(corners[0], corners[1], corners[2]);
  if (area < 0) area = -area;
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  return area > int128{most} ? most : static_cast<std::uint64_t>(area);
}

/// In the triangle or on its sides; a corner is not.
bool holds(const Triangle& corners, PlanePoint point) {
  if (point == corners[0] || point == corners[1] || point == corners[2]) return false;
  const int first = partition::side(corners[0], corners[1], point);
  const int second = partition::side(corners[1], corners[2], point);
  const int third = partition::side(corners[2], corners[0], point);
  return (first >= 0 && second >= 0 && third >= 0) || (first <= 0 && second <= 0 && third <= 0);
}

/// Points by square cells of 2^bits: rows from the north, columns from the west.
class PointCells {
 public:
  explicit PointCells(unsigned bits) : bits_(bits) {}

  void add(PlanePoint point, std::uint32_t number) { entries_.emplace_back(key(cell(point.y), cell(point.x)), number); }
  void finish() { sort_in_parallel(entries_.begin(), entries_.end(), std::less<>()); }

  /// Whether `is_it(number)` for a point in a cell that the triangle enters.
  template <class Predicate>
  [[nodiscard]] bool any_near(const Triangle& corners, Predicate is_it) const {
    const auto [north, south] = std::minmax({corners[0].y, corners[1].y, corners[2].y});
    for (auto row = cell(north); row <= cell(south); ++row) {
      const auto [west, east] = columns_in_row(corners, row);
      auto entry = std::ranges::lower_bound(entries_, key(row, west), {}, &Entry::first);
      for (; entry != entries_.end() && entry->first <= key(row, east); ++entry)
        if (is_it(entry->second)) return true;
    }
    return false;
  }

 private:
  using Entry = std::pair<std::uint64_t, std::uint32_t>;

  [[nodiscard]] std::uint32_t cell(std::int64_t coordinate) const {
    return static_cast<std::uint32_t>((coordinate - std::numeric_limits<std::int32_t>::min()) >> bits_);
  }
  static std::uint64_t key(std::uint32_t row, std::uint32_t column) { return std::uint64_t{row} << 32U | column; }

  /// The columns that the triangle enters in a row, a unit too many at most: a long thin one enters few of its box's.
  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> columns_in_row(const Triangle& corners,
                                                                       std::uint32_t row) const {
    const auto top = static_cast<double>((std::int64_t{row} << bits_) + std::numeric_limits<std::int32_t>::min());
    const double bottom = top + static_cast<double>(std::int64_t{1} << bits_);
    double west = std::numeric_limits<double>::max();
    double east = std::numeric_limits<double>::lowest();
    for (std::size_t side = 0; side < 3; ++side) {
      PlanePoint low = corners[side];
      PlanePoint high = corners[(side + 1) % 3];
      if (high.y < low.y) std::swap(low, high);
      if (high.y < top || low.y > bottom) continue;
      const double rise = static_cast<double>(high.y) - low.y;
      const auto x_at = [&](double y) {
        return rise > 0 ? low.x + (static_cast<double>(high.x) - low.x) * ((y - low.y) / rise) : low.x;
      };
      const double from = rise > 0 ? x_at(std::max<double>(low.y, top)) : low.x;
      const double to = rise > 0 ? x_at(std::min<double>(high.y, bottom)) : high.x;
      west = std::min({west, from, to});
      east = std::max({east, from, to});
    }
    const auto column = [this](double x) {
      return cell(std::clamp<std::int64_t>(std::llround(x), std::numeric_limits<std::int32_t>::min(),
                                           std::numeric_limits<std::int32_t>::max()));
    };
    return {column(west - 1), column(east + 1)};
  }

  unsigned bits_;
  std::vector<Entry> entries_;
};

class Simplification {
 public:
  explicit Simplification(const Chains& chains)
      : chains_(chains), shallowest_(chains.points().size(), 0), links_(chains.points().size()) {
    inner_points_.reserve(chains.size());
    for (std::uint32_t chain = 0; chain < chains.size(); ++chain) {
      const auto first = chains.first(chain);
      const auto last = chains.first(chain + 1) - 1;
      for (auto point = first + 1; point < last; ++point) links_[point] = {point - 1, point + 1, chain};
      inner_points_.push_back(last - first - 1);
      if (last - first == 1) straight_.insert(ends_of(chain));
    }
  }

  std::vector<std::uint8_t> run() && {
    for (unsigned levels = 0; levels <= TileCoordinate::deepest_zoom; ++levels)
      reduce(TileCoordinate::deepest_zoom - levels);
    return std::move(shallowest_);
  }

 private:
  /// The points before and after one that is left, and its chain; an end has none.
  struct Link {
    std::uint32_t before = none;
    std::uint32_t after = none;
    std::uint32_t chain = none;
  };
  struct Candidate {
    std::uint64_t doubled_area = 0;
    std::uint32_t point = 0;
    constexpr auto operator<=>(const Candidate&) const = default;
  };
  using Ends = std::pair<PlanePoint, PlanePoint>;

  [[nodiscard]] Ends ends_of(std::uint32_t chain) const {
    const auto points = chains_.points_of(chain);
    return std::minmax(points.front(), points.back());
  }
  [[nodiscard]] bool is_left(std::uint32_t point) const { return shallowest_[point] == 0; }
  [[nodiscard]] bool is_inner(std::uint32_t point) const { return links_[point].chain != none; }
  [[nodiscard]] Triangle triangle_at(std::uint32_t point) const {
    const auto points = chains_.points();
    return {points[links_[point].before], points[point], points[links_[point].after]};
  }

  void reduce(unsigned zoom) {
    const unsigned bits = TileCoordinate::deepest_zoom - zoom;
    limit_ = (2 * negligible_square_units) << (2 * bits);
    for (std::uint32_t point = 0; point < links_.size(); ++point)
      if (is_left(point)) propose(point);
    if (candidates_.empty()) return;
    constexpr unsigned units_across_a_cell_bits = 5;  // some 30 points: what is left is a few units apart
    PointCells cells(bits + units_across_a_cell_bits);
    for (std::uint32_t point = 0; point < links_.size(); ++point)
      if (is_left(point)) cells.add(chains_.points()[point], point);
    cells.finish();
    while (!candidates_.empty()) {
      const auto candidate = candidates_.top();
      candidates_.pop();
      // A neighbour has gone since, and what is true now was proposed then.
      if (!is_left(candidate.point) || doubled_area(triangle_at(candidate.point)) != candidate.doubled_area) continue;
      if (!chain_can_spare(candidate.point) || leaves_another_in(candidate.point, cells)) continue;
      remove(candidate.point, zoom);
    }
  }

  void propose(std::uint32_t point) {
    if (!is_inner(point)) return;
    const auto area = doubled_area(triangle_at(point));
    if (area < limit_) candidates_.push({area, point});
  }

  [[nodiscard]] bool chain_can_spare(std::uint32_t point) const {
    const auto chain = links_[point].chain;
    const auto ends = ends_of(chain);
    if (ends.first == ends.second) return inner_points_[chain] > 2;
    return inner_points_[chain] > 1 || !straight_.contains(ends);
  }

  [[nodiscard]] bool leaves_another_in(std::uint32_t point, const PointCells& cells) const {
    const auto corners = triangle_at(point);
    if (doubled_area(corners) == 0) return false;  // the chain stays where it is
    return cells.any_near(
        corners, [&](std::uint32_t other) { return is_left(other) && holds(corners, chains_.points()[other]); });
  }

  void remove(std::uint32_t point, unsigned zoom) {
    shallowest_[point] = static_cast<std::uint8_t>(zoom + 1);
    const auto [before, after, chain] = links_[point];
    if (--inner_points_[chain] == 0) straight_.insert(ends_of(chain));
    links_[before].after = after;
    links_[after].before = before;
    propose(before);
    propose(after);
  }

  const Chains& chains_;
  std::vector<std::uint8_t> shallowest_;
  std::vector<Link> links_;
  std::vector<std::uint32_t> inner_points_;  ///< per chain, those left
  std::set<Ends> straight_;                  ///< of the chains with no inner point
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> candidates_;
  std::uint64_t limit_ = 0;
};

}  // namespace

std::vector<std::uint8_t> shallowest_zooms(const Chains& chains) { return Simplification(chains).run(); }

}  // namespace geoprio::tiling
