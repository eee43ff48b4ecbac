#include "geo/tiling/kept_tiles.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "geo/tiling/heirs.hpp"
#include "geo/tiling/west_ray.hpp"

namespace geoprio::tiling {
namespace {

/// Half a unit inside the side of a box, in half units.
constexpr std::int64_t inside_first_side = 2 * std::int64_t{box_low} + 1;

}  // namespace

void KeptTiles::Maker::add(TileCoordinate place, const TileBorders& borders) {
  if (borders.runs().empty()) return;
  tiles_.push_back({place.row(), place.column(), static_cast<std::uint32_t>(runs_.size()), no_group});
  // The borders of a group beside one another: whoever assembles polygons group by group then reads on where it read.
  std::vector<BorderRun> runs(borders.runs().begin(), borders.runs().end());
  std::ranges::sort(runs, {}, [](const BorderRun& run) {
    return std::tuple(std::min(run.sides.left, run.sides.right), std::max(run.sides.left, run.sides.right), run.first);
  });
  for (const auto& run : runs) {
    runs_.push_back({static_cast<std::uint32_t>(points_.size()), run.sides});
    for (const auto& point : borders.points_of(run))
      points_.push_back({static_cast<std::int16_t>(point.x), static_cast<std::int16_t>(point.y)});
  }
}

std::vector<Group> KeptTiles::Maker::groups() const {
  std::vector<Group> groups;
  for (const auto& run : runs_)
    for (const auto group : {run.sides.left, run.sides.right})
      if (group != no_group) groups.push_back(group);
  std::ranges::sort(groups);
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  return groups;
}

void KeptTiles::Maker::leave_out(const std::vector<Group>& absent) {
  Heirs heirs(absent);
  const auto end_of = [&](std::size_t run) { return run + 1 < runs_.size() ? runs_[run + 1].first : points_.size(); };
  for (std::size_t run = 0; run < runs_.size(); ++run) heirs.count(runs_[run].sides, end_of(run) - runs_[run].first);
  const Maker before = std::exchange(*this, {});
  for (std::size_t tile = 0; tile < before.tiles_.size(); ++tile) {
    tiles_.push_back(before.tiles_[tile]);
    tiles_.back().first_run = static_cast<std::uint32_t>(runs_.size());
    const bool is_last = tile + 1 == before.tiles_.size();
    const std::size_t end = is_last ? before.runs_.size() : before.tiles_[tile + 1].first_run;
    for (std::size_t run = before.tiles_[tile].first_run; run < end; ++run) {
      const auto sides = heirs.after(before.runs_[run].sides);
      if (sides.left == sides.right) continue;
      runs_.push_back({static_cast<std::uint32_t>(points_.size()), sides});
      const auto first = before.points_.begin() + before.runs_[run].first;
      const auto last =
          run + 1 < before.runs_.size() ? before.points_.begin() + before.runs_[run + 1].first : before.points_.end();
      points_.insert(points_.end(), first, last);
    }
    if (tiles_.back().first_run == runs_.size()) tiles_.pop_back();
  }
}

KeptTiles KeptTiles::Maker::finished() && {
  constexpr auto past_all = std::numeric_limits<std::uint32_t>::max();
  tiles_.push_back({past_all, past_all, static_cast<std::uint32_t>(runs_.size()), no_group});
  runs_.push_back({static_cast<std::uint32_t>(points_.size()), {}});
  KeptTiles kept;
  kept.runs_ = FlatArray(std::move(runs_));
  kept.points_ = FlatArray(std::move(points_));
  // Each from the one before: tiles are sorted by rows, then from west to east.
  for (std::size_t number = 0; number + 1 < tiles_.size(); ++number) {
    auto& tile = tiles_[number];
    if (number > 0 && tiles_[number - 1].row == tile.row)
      tile.around = kept.group_in_corner(std::span(tiles_).subspan(number - 1, 2), tile.column);
    tile.around = kept.group_in_corner(std::span(tiles_).subspan(number, 2), tile.column);
  }
  kept.tiles_ = FlatArray(std::move(tiles_));
  return kept;
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
  const auto kept = runs_.between(found.front().first_run, found.back().first_run + 1);  // the next tile's first, too
  const auto kept_points = points_.between(kept.front().first, kept.back().first);
  std::vector<TilePoint> points(kept_points.size());
  std::ranges::transform(kept_points, points.begin(), [](Point point) { return TilePoint{point.x, point.y}; });
  std::vector<BorderRun> runs(kept.size() - 1);
  for (std::size_t run = 0; run < runs.size(); ++run)
    runs[run] = {kept[run].first - kept.front().first, kept[run + 1].first - kept.front().first, kept[run].sides};
  borders = TileBorders(std::move(points), std::move(runs));
  borders.set_around(found.front().around);
  return borders;
}

}  // namespace geoprio::tiling
