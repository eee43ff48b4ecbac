#include "geo/tiling/tile_index.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "geo/tiling/tile_coordinate.hpp"
#include "geo/tiling/tile_shape.hpp"

namespace geoprio::tiling {
namespace {

using partition::PlanePoint;

constexpr std::int64_t corner = std::numeric_limits<std::int32_t>::min();

struct StretchInTile {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  Stretch stretch;
};

/// The tiles of a zoom with their boxes, on the Mercator grid.
class Boxes {
 public:
  explicit Boxes(unsigned zoom)
      : bits_(TileCoordinate::deepest_zoom - zoom + 12U),  // 4096 units across
        reach_(std::int64_t{tile_buffer + 1} << (bits_ - 12U)),
        last_(zoom == 0 ? 0 : static_cast<std::uint32_t>((std::uint64_t{1} << zoom) - 1)) {}

  /// Calls `visit(row, column)` for each tile whose box the segment comes into, by rows; a tile or two too many where a
  /// segment passes a box's corner.
  template <class Visit>
  void for_each(PlanePoint a, PlanePoint b, Visit&& visit) const {
    if (b.y < a.y) std::swap(a, b);
    const auto [first_row, last_row] = tiles_between(a.y, b.y);
    for (auto row = first_row; row <= last_row; ++row) {
      std::int64_t west = std::min(a.x, b.x);
      std::int64_t east = std::max(a.x, b.x);
      if (first_row != last_row && a.y != b.y) {
        // Only the part of the segment beside this row.
        const double slope = (static_cast<double>(b.x) - a.x) / (static_cast<double>(b.y) - a.y);
        const auto top = static_cast<double>(corner + (std::int64_t{row} << bits_) - reach_);
        const auto bottom = static_cast<double>(corner + ((std::int64_t{row} + 1) << bits_) + reach_);
        const double at_top = a.x + slope * (std::max<double>(top, a.y) - a.y);
        const double at_bottom = a.x + slope * (std::min<double>(bottom, b.y) - a.y);
        west = std::max<std::int64_t>(west, std::llround(std::min(at_top, at_bottom)) - 1);
        east = std::min<std::int64_t>(east, std::llround(std::max(at_top, at_bottom)) + 1);
      }
      const auto [first_column, last_column] = tiles_between(west, east);
      for (auto column = first_column; column <= last_column; ++column) visit(row, column);
    }
  }

 private:
  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> tiles_between(std::int64_t low, std::int64_t high) const {
    const auto clamped = [this](std::int64_t tile) {
      return static_cast<std::uint32_t>(std::clamp<std::int64_t>(tile, 0, last_));
    };
    return {clamped((low - reach_ - corner) >> bits_), clamped((high + reach_ - corner) >> bits_)};
  }

  unsigned bits_;
  std::int64_t reach_;
  std::uint32_t last_;
};

/// The stretches of one chain at one level, by growing those that the latest segment belonged to.
class ChainWalk {
 public:
  ChainWalk(const Boxes& boxes, std::vector<StretchInTile>& found) : boxes_(boxes), found_(found) {}

  void walk(const Chains& chains, std::uint32_t chain, const ShownPoints& shown) {
    for_each_segment(shown, chains.first(chain), chains.first(chain + 1) - 1, [&](auto from, auto to) {
      const auto points = chains.points();
      boxes_.for_each(points[from], points[to], [&](std::uint32_t row, std::uint32_t column) {
        const auto growing = std::ranges::find_if(
            open_, [&](const StretchInTile& one) { return one.row == row && one.column == column; });
        if (growing == open_.end())
          open_.push_back({row, column, {chain, from, to}});
        else
          growing->stretch.last = to;
      });
      close(to);
    });
    close(std::numeric_limits<std::uint32_t>::max());
  }

 private:
  /// Those that do not end at point `end` grow no more.
  void close(std::uint32_t end) {
    const auto grown = [&](const StretchInTile& one) { return one.stretch.last == end; };
    const auto done = std::stable_partition(open_.begin(), open_.end(), grown);
    found_.insert(found_.end(), done, open_.end());
    open_.erase(done, open_.end());
  }

  const Boxes& boxes_;
  std::vector<StretchInTile>& found_;
  std::vector<StretchInTile> open_;
};

/// Stretches of one chain in one tile that share a point become one.
void merge(std::vector<StretchInTile>& found) {
  std::ranges::sort(found, [](const StretchInTile& a, const StretchInTile& b) {
    return std::tie(a.row, a.column, a.stretch.chain, a.stretch.first) <
           std::tie(b.row, b.column, b.stretch.chain, b.stretch.first);
  });
  std::size_t kept = 0;
  for (const auto& next : found) {
    if (kept > 0) {
      auto& before = found[kept - 1];
      if (before.row == next.row && before.column == next.column && before.stretch.chain == next.stretch.chain &&
          next.stretch.first <= before.stretch.last) {
        before.stretch.last = std::max(before.stretch.last, next.stretch.last);
        continue;
      }
    }
    found[kept++] = next;
  }
  found.resize(kept);
}

}  // namespace

TileIndex TileIndex::make(const Chains& chains, std::span<const ShownPoints> levels, unsigned zoom) {
  const Boxes boxes(zoom);
  std::vector<StretchInTile> found;
  ChainWalk walk(boxes, found);
  for (const auto& shown : levels) {
    for (std::uint32_t chain = 0; chain < chains.size(); ++chain) walk.walk(chains, chain, shown);
    merge(found);
  }
  TileIndex index;
  index.zoom_ = zoom;
  std::vector<Tile> tiles;
  std::vector<Stretch> stretches;
  stretches.reserve(found.size());
  for (const auto& [row, column, stretch] : found) {
    if (tiles.empty() || tiles.back().row != row || tiles.back().column != column)
      tiles.push_back({row, column, static_cast<std::uint32_t>(stretches.size())});
    stretches.push_back(stretch);
  }
  constexpr auto past_all = std::numeric_limits<std::uint32_t>::max();
  tiles.push_back({past_all, past_all, static_cast<std::uint32_t>(stretches.size())});
  index.tiles_ = FlatArray(std::move(tiles));
  index.stretches_ = FlatArray(std::move(stretches));
  return index;
}

std::size_t TileIndex::first_not_before(std::uint32_t column, std::uint32_t row) const {
  const auto found = std::ranges::lower_bound(tiles_.all(), std::pair(row, column), {},
                                              [](const Tile& tile) { return std::pair(tile.row, tile.column); });
  return static_cast<std::size_t>(found - tiles_.begin());
}

std::span<const Stretch> TileIndex::stretches_in(std::uint32_t column, std::uint32_t row) const {
  const auto found = first_not_before(column, row);
  if (found >= tiles_.size() || tiles_[found].row != row || tiles_[found].column != column) return {};
  return stretches_of(found);
}

std::optional<std::uint32_t> TileIndex::column_west_of(std::uint32_t column, std::uint32_t row) const {
  const auto after = first_not_before(column, row);
  if (after == 0 || tiles_[after - 1].row != row) return std::nullopt;
  return tiles_[after - 1].column;
}

}  // namespace geoprio::tiling
