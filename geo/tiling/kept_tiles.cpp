#include "geo/tiling/kept_tiles.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <utility>

#include "geo/tiling/tile_index.hpp"
#include "geo/tiling/west_ray.hpp"

namespace geoprio::tiling {
namespace {

/// Half a unit inside the side of a box, in half units.
constexpr std::int64_t inside_first_side = 2 * std::int64_t{box_low} + 1;

TileBorders borders_of(const Chains& chains, std::span<const Stretch> stretches, TileCoordinate tile) {
  TileBorders borders;
  std::vector<TilePoint> line;
  for (const auto& stretch : stretches) {
    line.clear();
    for (auto point = stretch.first; point <= stretch.last; ++point)
      line.push_back(tile_units(chains.points()[point], tile));
    borders.add(line, chains.sides(stretch.chain));
  }
  return borders;
}

}  // namespace

struct KeptTiles::Collected {
  std::vector<Tile> tiles;
  std::vector<Run> runs;
  std::vector<Point> points;

  void add(TileCoordinate place, const TileBorders& borders) {
    if (borders.runs().empty()) return;
    tiles.push_back({place.row(), place.column(), static_cast<std::uint32_t>(runs.size()), no_group});
    for (const auto& run : borders.runs()) {
      runs.push_back({static_cast<std::uint32_t>(points.size()), run.sides});
      for (const auto& point : borders.points_of(run))
        points.push_back({static_cast<std::int16_t>(point.x), static_cast<std::int16_t>(point.y)});
    }
  }

  KeptTiles finished() && {
    constexpr auto past_all = std::numeric_limits<std::uint32_t>::max();
    tiles.push_back({past_all, past_all, static_cast<std::uint32_t>(runs.size()), no_group});
    runs.push_back({static_cast<std::uint32_t>(points.size()), {}});
    KeptTiles kept;
    kept.runs_ = FlatArray(std::move(runs));
    kept.points_ = FlatArray(std::move(points));
    // Each from the one before: tiles are sorted by rows, then from west to east.
    for (std::size_t number = 0; number + 1 < tiles.size(); ++number) {
      auto& tile = tiles[number];
      if (number > 0 && tiles[number - 1].row == tile.row)
        tile.around = kept.group_in_corner(std::span(tiles).subspan(number - 1, 2), tile.column);
      tile.around = kept.group_in_corner(std::span(tiles).subspan(number, 2), tile.column);
    }
    kept.tiles_ = FlatArray(std::move(tiles));
    return kept;
  }
};

KeptTiles KeptTiles::make(const Chains& chains, unsigned zoom) {
  const std::array<ShownPoints, 1> all{};
  const auto index = TileIndex::make(chains, all, zoom);
  Collected collected;
  index.for_each_tile([&](std::uint32_t column, std::uint32_t row, std::span<const Stretch> stretches) {
    const auto place = *TileCoordinate::make(zoom, column, row);
    collected.add(place, borders_of(chains, stretches, place));
  });
  return std::move(collected).finished();
}

Group KeptTiles::group_in_corner(std::span<const Tile> kept, std::uint32_t column) const {
  const auto& tile = kept.front();
  const std::int64_t columns_east = std::int64_t{column} - tile.column;
  const HalfPlace corner{inside_first_side + 2 * columns_east * tile_extent, inside_first_side};
  NearestMeeting nearest;
  for (auto number = tile.first_run; number < kept.back().first_run; ++number)
    for (auto point = runs_[number].first + 1; point < runs_[number + 1].first; ++point)
      nearest.consider(corner.meeting(tile_point(point - 1), tile_point(point), runs_[number].sides));
  return nearest.found() ? nearest.found()->east : tile.around;
}

TileBorders KeptTiles::borders_in(TileCoordinate place) const {
  TileBorders borders;
  const auto after = std::ranges::upper_bound(tiles_.all(), std::pair(place.row(), place.column()), {},
                                              [](const Tile& tile) { return std::pair(tile.row, tile.column); });
  if (after == tiles_.begin() || std::prev(after)->row != place.row()) return borders;
  const std::span<const Tile> found(std::prev(after), std::next(after));
  if (found.front().column != place.column()) {
    borders.set_around(group_in_corner(found, place.column()));
    return borders;
  }
  std::vector<TilePoint> line;
  for (auto number = found.front().first_run; number < found.back().first_run; ++number) {
    line.clear();
    for (auto point = runs_[number].first; point < runs_[number + 1].first; ++point) line.push_back(tile_point(point));
    borders.add_run(line, runs_[number].sides);
  }
  borders.set_around(found.front().around);
  return borders;
}

}  // namespace geoprio::tiling
