// The borders of all tiles of one zoom, cut at load and kept in few bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

#include "geo/core/flat_array.hpp"
#include "geo/tiling/chains.hpp"
#include "geo/tiling/tile_borders.hpp"
#include "geo/tiling/tile_coordinate.hpp"

namespace geoprio::tiling {

/// A point takes 4 bytes, where chains on the Mercator grid take 8 and an index beside them. Thread safety: immutable.
class KeptTiles {
 public:
  class Maker;
  KeptTiles() = default;

  /// What lies in the closed buffered box of the tile at that place; it is one of this zoom.
  [[nodiscard]] TileBorders borders_in(TileCoordinate place) const;

  static auto members(auto& self) { return std::tie(self.tiles_, self.runs_, self.points_); }

 private:
  struct Tile {
    std::uint32_t row = 0;
    std::uint32_t column = 0;
    std::uint32_t first_run = 0;  ///< its runs end where the next tile's begin
    Group around = no_group;      ///< just inside the box's first corner
  };
  struct Run {
    std::uint32_t first = 0;  ///< its points end where the next run's begin
    Sides sides;
  };
  struct Point {
    std::int16_t x = 0;
    std::int16_t y = 0;
  };
  [[nodiscard]] TilePoint tile_point(std::size_t number) const { return {points_[number].x, points_[number].y}; }
  /// The group just inside the first corner of the box of the tile in `column`. `kept` holds the last kept tile of that
  /// row up to there, and the next one in `tiles_`.
  [[nodiscard]] Group group_in_corner(std::span<const Tile> kept, std::uint32_t column) const;

  FlatArray<Tile> tiles_;  ///< by row, then column; one more at the end
  FlatArray<Run> runs_;    ///< one more at the end
  FlatArray<Point> points_;
};

/// The tiles of a zoom as long as groups may still be taken out of them. Thread safety: confined to one thread.
class KeptTiles::Maker {
 public:
  /// Tiles are added by row, then column.
  void add(TileCoordinate place, const TileBorders& borders);
  /// Those beside a border, ascending, no_group left out.
  [[nodiscard]] std::vector<Group> groups() const;
  /// Leaves out groups (ascending): their land goes to a neighbour (Heirs).
  void leave_out(const std::vector<Group>& absent);
  [[nodiscard]] KeptTiles finished() &&;

 private:
  std::vector<Tile> tiles_;
  std::vector<Run> runs_;
  std::vector<Point> points_;
};

}  // namespace geoprio::tiling
