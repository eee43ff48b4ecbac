// What zooms that are snapped on demand leave out, so that what is seen stays seen on the way down.
#include <algorithm>
#include <iterator>
#include <utility>

#include "geo/core/parallel.hpp"
#include "geo/tiling/heirs.hpp"
#include "geo/tiling/network.hpp"
#include "geo/tiling/visible_groups.hpp"

namespace geoprio::tiling {
namespace {

bool is_among(const std::vector<Group>& groups, Group group) { return std::ranges::binary_search(groups, group); }

/// The tiles of a zoom that borders of these groups come into.
std::vector<TileCoordinate> tiles_beside(const Chains& chains, const ShownPoints& shown, unsigned zoom,
                                         const std::vector<Group>& groups) {
  Chains beside;
  std::vector<partition::PlanePoint> line;
  for (std::uint32_t chain = 0; chain < chains.size(); ++chain) {
    const auto sides = chains.sides(chain);
    if (!is_among(groups, sides.left) && !is_among(groups, sides.right)) continue;
    line.clear();
    for (auto point = chains.first(chain); point < chains.first(chain + 1); ++point)
      if (shown(point)) line.push_back(chains.points()[point]);
    beside.add(line, sides);
  }
  std::vector<TileCoordinate> tiles;
  TileIndex::make(beside, {{ShownPoints()}}, zoom)
      .for_each_tile([&](std::uint32_t column, std::uint32_t row, std::span<const Stretch>) {
        tiles.push_back(*TileCoordinate::make(zoom, column, row));
      });
  return tiles;
}

/// A border beside one of the groups, in some tile.
struct Neighbourhood {
  Sides sides;
  std::size_t points = 0;
};

}  // namespace

std::vector<Group> Network::leave_out_what_vanishes(const Chains& chains, unsigned first) {
  std::vector<LeftOut> left_out;
  std::vector<Group> gone;
  for (auto zoom = max_zoom_ + 1; zoom-- > first;) gone = gone_at(chains, zoom, gone, left_out);
  std::ranges::sort(left_out, {}, [](const LeftOut& one) { return std::pair(one.zoom, one.group); });
  left_out_ = FlatArray(std::move(left_out));
  return gone;
}

/// Only tiles of groups that snapping might make vanish are looked at: small or thin ones, a few of thousands.
std::vector<Group> Network::gone_at(const Chains& chains, unsigned zoom, const std::vector<Group>& gone_below,
                                    std::vector<LeftOut>& left_out) const {
  const auto small = groups_that_may_vanish(chains, shown(zoom), zoom);
  std::vector<Group> in_question;
  std::ranges::set_union(small, gone_below, std::back_inserter(in_question));
  if (in_question.empty()) return {};
  const auto tiles = tiles_beside(chains, shown(zoom), zoom, in_question);
  std::vector<std::vector<Neighbourhood>> found(tiles.size());
  in_parallel(tiles.size(), [&](std::size_t number) {
    const auto borders = noded_borders(segments_in(tiles[number], chains.points(), chains.sides()), tiles[number]);
    for (const auto& run : borders.runs())
      if (is_among(in_question, run.sides.left) || is_among(in_question, run.sides.right))
        found[number].push_back({run.sides, borders.points_of(run).size()});
  });
  std::vector<Group> seen;
  for (const auto& in_tile : found)
    for (const auto& border : in_tile)
      for (const auto group : {border.sides.left, border.sides.right})
        if (is_among(in_question, group)) seen.push_back(group);
  std::ranges::sort(seen);
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());

  std::vector<Group> absent;
  std::ranges::set_intersection(seen, gone_below, std::back_inserter(absent));
  Heirs heirs(absent);
  for (const auto& in_tile : found)
    for (const auto& border : in_tile) heirs.count(border.sides, border.points);
  for (const auto group : absent) left_out.push_back({zoom, group, heirs.heir(group)});

  std::vector<Group> shown_here;
  std::ranges::set_difference(seen, absent, std::back_inserter(shown_here));
  std::vector<Group> gone;
  std::ranges::set_difference(in_question, shown_here, std::back_inserter(gone));
  return gone;
}

Group Network::heir_at(unsigned zoom, Group group) const {
  const auto found = std::ranges::lower_bound(left_out_.all(), std::pair(zoom, group), {},
                                              [](const LeftOut& one) { return std::pair(one.zoom, one.group); });
  return found != left_out_.end() && found->zoom == zoom && found->group == group ? found->heir : group;
}

TileBorders Network::as_left_out(TileBorders borders, unsigned zoom) const {
  if (left_out_.empty()) return borders;
  TileBorders rest;
  for (const auto& run : borders.runs()) {
    const Sides sides{heir_at(zoom, run.sides.left), heir_at(zoom, run.sides.right)};
    if (sides.left != sides.right) rest.add_run(borders.points_of(run), sides);
  }
  return rest;
}

}  // namespace geoprio::tiling
