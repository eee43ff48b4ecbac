#include "geo/tiling/zoom_network.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "geo/tiling/tile_shape.hpp"

namespace geoprio::tiling {
namespace {

using partition::Arrangement;
using partition::FaceId;
using partition::PlanePoint;

struct PieceInTile {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  std::uint32_t piece = 0;
  auto operator<=>(const PieceInTile&) const = default;
};

/// The tiles, along one axis, whose closed buffered box holds [low, high]; empty when last < first.
struct TileRange {
  std::int64_t first;
  std::int64_t last;
};

std::int64_t floor_tile(std::int64_t units) { return units >> 12; }  // 4096 = 2^12; an arithmetic shift floors

TileRange tiles_holding(std::int64_t low, std::int64_t high, unsigned zoom) {
  const std::int64_t last_tile = (std::int64_t{1} << zoom) - 1;
  // t * 4096 - 64 <= low and high <= (t + 1) * 4096 + 64.
  const std::int64_t last = floor_tile(low + tile_buffer);
  const std::int64_t first = -floor_tile(tile_buffer - high) - 1;
  return {std::max<std::int64_t>(first, 0), std::min(last, last_tile)};
}

template <class Entries>
auto first_not_before(const Entries& tiles, std::uint32_t row, std::uint32_t column) {
  return std::lower_bound(tiles.begin(), tiles.end(), std::pair(row, column), [](const auto& tile, const auto& wanted) {
    return std::pair(tile.row, tile.column) < wanted;
  });
}

}  // namespace

ZoomNetwork ZoomNetwork::make(std::vector<partition::OwnedSegment> borders, unsigned zoom) {
  const unsigned bits = TileCoordinate::deepest_zoom - zoom;
  partition::NodingOptions options;
  options.pixel_bits = bits;
  options.cut_lines = partition::CutLines{std::int64_t{tile_extent} << bits, std::int64_t{tile_buffer} << bits};
  const auto arrangement = Arrangement::make(std::move(borders), options);

  ZoomNetwork network;
  network.vertices_.reserve(arrangement.vertices().size());
  network.half_ = std::int64_t{1} << (31U - bits);
  for (const auto vertex : arrangement.vertices()) network.vertices_.push_back({vertex.x >> bits, vertex.y >> bits});

  std::vector<Group> groups(arrangement.face_count(), no_group);
  for (FaceId face = 0; face < groups.size(); ++face) {
    const auto owners = arrangement.owners_of(face);
    if (!owners.empty()) groups[face] = owners.front();
    if (owners.size() > 1) ++network.shared_faces_;
  }
  for (const auto& edge : arrangement.edges())
    if (groups[edge.left] != groups[edge.right])
      network.pieces_.push_back({edge.from, edge.to, groups[edge.left], groups[edge.right]});
  network.index_pieces(zoom);
  return network;
}

void ZoomNetwork::index_pieces(unsigned zoom) {
  std::vector<PieceInTile> entries;
  entries.reserve(pieces_.size() + pieces_.size() / 8);
  for (std::uint32_t number = 0; number < pieces_.size(); ++number) {
    const auto a = vertices_[pieces_[number].from];
    const auto b = vertices_[pieces_[number].to];
    const auto columns = tiles_holding(std::min(a.x, b.x) + half_, std::max(a.x, b.x) + half_, zoom);
    const auto rows = tiles_holding(std::min(a.y, b.y) + half_, std::max(a.y, b.y) + half_, zoom);
    for (auto row = rows.first; row <= rows.last; ++row)
      for (auto column = columns.first; column <= columns.last; ++column)
        entries.push_back({static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(column), number});
  }
  std::sort(entries.begin(), entries.end());
  pieces_of_tiles_.reserve(entries.size());
  for (const auto& entry : entries) {
    if (tiles_.empty() || tiles_.back().row != entry.row || tiles_.back().column != entry.column)
      tiles_.push_back({entry.row, entry.column, static_cast<std::uint32_t>(pieces_of_tiles_.size()), 0});
    ++tiles_.back().count;
    pieces_of_tiles_.push_back(entry.piece);
  }
}

std::span<const std::uint32_t> ZoomNetwork::pieces_in(std::uint32_t column, std::uint32_t row) const {
  const auto found = first_not_before(tiles_, row, column);
  if (found == tiles_.end() || found->row != row || found->column != column) return {};
  return std::span(pieces_of_tiles_).subspan(found->first, found->count);
}

std::optional<std::uint32_t> ZoomNetwork::column_west_of(std::uint32_t column, std::uint32_t row) const {
  const auto after = first_not_before(tiles_, row, column);
  if (after == tiles_.begin() || std::prev(after)->row != row) return std::nullopt;
  return std::prev(after)->column;
}

}  // namespace geoprio::tiling
