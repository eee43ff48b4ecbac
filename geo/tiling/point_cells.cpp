#include "geo/tiling/point_cells.hpp"

#include <bit>
#include <cmath>
#include <functional>

#include "geo/core/morton.hpp"
#include "geo/core/parallel.hpp"

namespace geoprio::tiling {

PointCells::PointCells(std::span<const partition::PlanePoint> points) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keys(points.size());
  for (std::uint32_t number = 0; number < points.size(); ++number)
    keys[number] = {place_on_morton_curve(along(points[number].x), along(points[number].y)), number};
  sort_in_parallel(keys.begin(), keys.end(), std::less<>());
  along_curve_.reserve(points.size());
  for (const auto& [key, number] : keys) along_curve_.push_back({points[number], number});
}

void PointCells::number_cells(unsigned bits) {
  bits_ = bits;
  std::vector<std::uint32_t> firsts;
  std::uint64_t before = 0;
  for (std::uint32_t place = 0; place < along_curve_.size(); ++place) {
    const auto cell = cell_of(along_curve_[place]);
    if (place == 0 || cell != before) firsts.push_back(place);
    before = cell;
  }
  constexpr std::size_t squares_at_least = 2;
  const auto size = std::bit_ceil(std::max(2 * firsts.size() + 2, 16 * squares_at_least));
  shift_ = 64 - static_cast<unsigned>(std::countr_zero(size / 16));
  slots_.assign(size, none);
  for (const auto first : firsts) {
    auto slot = slot_of(cell_of(along_curve_[first]));
    while (slots_[slot] != none) slot = (slot + 1) & (size - 1);
    slots_[slot] = first;
  }
}

/// The columns that the triangle enters in a row, a unit too many at most: a long thin one enters few of its box's.
std::pair<std::uint32_t, std::uint32_t> PointCells::columns_in_row(const Triangle& corners, std::uint32_t row) const {
  const auto top = static_cast<double>((std::int64_t{row} << bits_) + std::numeric_limits<std::int32_t>::min());
  const double bottom = top + static_cast<double>(std::int64_t{1} << bits_);
  double west = std::numeric_limits<double>::max();
  double east = std::numeric_limits<double>::lowest();
  for (std::size_t side = 0; side < 3; ++side) {
    auto low = corners[side];
    auto high = corners[(side + 1) % 3];
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
    return along(static_cast<std::int32_t>(std::clamp<std::int64_t>(
               std::llround(x), std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()))) >>
           bits_;
  };
  return {column(west - 1), column(east + 1)};
}

}  // namespace geoprio::tiling
