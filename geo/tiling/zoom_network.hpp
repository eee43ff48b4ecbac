// One grouping's borders at one zoom: snap rounded on the tile grid, cut at every tile's box, found by tile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo/partition/arrangement.hpp"
#include "geo/partition/grouping.hpp"
#include "geo/tiling/tile_coordinate.hpp"

namespace geoprio::tiling {

/// The group on one side of a piece; no_group: land outside every group.
using Group = std::uint32_t;
inline constexpr Group no_group = partition::Grouping::no_group;

/// A piece of border between two vertices, seen from `from`, with y as if it grew upwards. The two groups differ.
struct BorderPiece {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  Group left = no_group;
  Group right = no_group;
};

/// Thread safety: immutable.
class ZoomNetwork {
 public:
  /// `borders`: segments on the Mercator grid (2^-32 of the square), each owned by the groups on its two sides.
  /// Every piece lies wholly in a tile's buffered box or wholly outside: crossings with the boxes' sides are vertices,
  /// so cutting a tile is selecting pieces, and tiles meet exactly.
  static ZoomNetwork make(std::vector<partition::OwnedSegment> borders, unsigned zoom);

  /// A vertex in units of the tile in that column and row, which is at most 2^18 tiles away.
  [[nodiscard]] partition::PlanePoint vertex_in(std::uint32_t number, std::uint32_t column, std::uint32_t row) const {
    const auto local = [this](std::int32_t units, std::uint32_t tile) {
      return static_cast<std::int32_t>(units + half_ - (std::int64_t{tile} << 12));
    };
    return {local(vertices_[number].x, column), local(vertices_[number].y, row)};
  }
  [[nodiscard]] const BorderPiece& piece(std::uint32_t number) const { return pieces_[number]; }

  /// The pieces in the closed buffered box of the tile in that column and row; empty where there are none.
  [[nodiscard]] std::span<const std::uint32_t> pieces_in(std::uint32_t column, std::uint32_t row) const;
  /// The nearest tile to the west in that row that has pieces, `column` itself excluded.
  [[nodiscard]] std::optional<std::uint32_t> column_west_of(std::uint32_t column, std::uint32_t row) const;

  /// Faces that came out of rounding in more than one group: none has been seen on real files. Snap rounding lets no
  /// border jump over another, but projecting each vertex by itself and leaving out passing ones may put a vertex on
  /// the wrong side of a border less than a centimetre away before it. Such a face goes to its smallest group.
  [[nodiscard]] std::size_t shared_faces() const { return shared_faces_; }
  [[nodiscard]] std::size_t piece_count() const { return pieces_.size(); }

 private:
  struct TileEntry {
    std::uint32_t row = 0;
    std::uint32_t column = 0;
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  void index_pieces(unsigned zoom);

  // In tile units from the square's centre: from its corner, zoom 20 would need 33 bits.
  std::vector<partition::PlanePoint> vertices_;
  std::int64_t half_ = 0;  // units from the square's corner to its centre
  std::vector<BorderPiece> pieces_;
  std::vector<TileEntry> tiles_;  // by row, then column
  std::vector<std::uint32_t> pieces_of_tiles_;
  std::size_t shared_faces_ = 0;
};

}  // namespace geoprio::tiling
