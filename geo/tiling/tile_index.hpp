// Which stretches of chains come into which tile.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <tuple>

#include "geo/core/flat_array.hpp"
#include "geo/tiling/chains.hpp"

namespace geoprio::tiling {

/// Part of a chain, from one of its points to another, both included; numbers as in `Chains::points()`.
struct Stretch {
  std::uint32_t chain = 0;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

/// The points of chains that are there at a zoom: all, or those whose shallowest zoom is not deeper.
class ShownPoints {
 public:
  ShownPoints() = default;
  ShownPoints(std::span<const std::uint8_t> shallowest_zooms, unsigned zoom)
      : shallowest_zooms_(shallowest_zooms), zoom_(zoom) {}
  [[nodiscard]] bool operator()(std::uint32_t point) const {
    return shallowest_zooms_.empty() || shallowest_zooms_[point] <= zoom_;
  }

 private:
  std::span<const std::uint8_t> shallowest_zooms_;
  unsigned zoom_ = 0;
};

/// Calls `visit(from, to)` with the numbers of each two shown points in a row from `first` to `last`.
template <class Visit>
void for_each_segment(const ShownPoints& shown, std::uint32_t first, std::uint32_t last, Visit&& visit) {
  while (first <= last && !shown(first)) ++first;
  for (auto from = first, to = first + 1; to <= last; ++to) {
    if (!shown(to)) continue;
    visit(from, to);
    from = to;
  }
}

/// Thread safety: immutable.
class TileIndex {
 public:
  TileIndex() = default;
  /// The tiles are those of `zoom`. A stretch is in a tile when at one of the `levels` a segment of it comes within a
  /// unit of the tile's closed buffered box, and holds all those segments.
  static TileIndex make(const Chains& chains, std::span<const ShownPoints> levels, unsigned zoom);

  [[nodiscard]] unsigned zoom() const { return zoom_; }
  /// By chain, and along each; empty where there are none.
  [[nodiscard]] std::span<const Stretch> stretches_in(std::uint32_t column, std::uint32_t row) const;
  /// Calls `visit(column, row, stretches)` for each tile that has stretches, by rows.
  template <class Visit>
  void for_each_tile(Visit&& visit) const {
    for (std::size_t tile = 0; tile + 1 < tiles_.size(); ++tile)
      visit(tiles_[tile].column, tiles_[tile].row, stretches_of(tile));
  }
  /// The nearest tile to the west in that row that has stretches, `column` itself excluded.
  [[nodiscard]] std::optional<std::uint32_t> column_west_of(std::uint32_t column, std::uint32_t row) const;

  static auto members(auto& self) { return std::tie(self.zoom_, self.tiles_, self.stretches_); }

 private:
  struct Tile {
    std::uint32_t row = 0;
    std::uint32_t column = 0;
    std::uint32_t first = 0;  ///< its stretches end where the next tile's begin
  };
  [[nodiscard]] std::span<const Stretch> stretches_of(std::size_t tile) const {
    return stretches_.between(tiles_[tile].first, tiles_[tile + 1].first);
  }
  /// Its place in `tiles_`.
  [[nodiscard]] std::size_t first_not_before(std::uint32_t column, std::uint32_t row) const;

  unsigned zoom_ = 0;
  FlatArray<Tile> tiles_;  ///< by row, then column; one more at the end
  FlatArray<Stretch> stretches_;
};

}  // namespace geoprio::tiling
