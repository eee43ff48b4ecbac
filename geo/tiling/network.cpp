#include "geo/tiling/network.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <span>
#include <utility>

#include "geo/core/int128.hpp"
#include "geo/core/parallel.hpp"
#include "geo/partition/arrangement.hpp"
#include "geo/tiling/simplification.hpp"
#include "geo/tiling/tile_noding.hpp"

namespace geoprio::tiling {
namespace {

using partition::Arrangement;
using partition::OwnedSegment;
using partition::PlanePoint;

struct GroupedChains {
  Chains chains;
  std::size_t shared_faces = 0;
};

GroupedChains chains_from(std::vector<OwnedSegment> segments, const partition::NodingOptions& options) {
  const auto arrangement = Arrangement::make(std::move(segments), options);
  GroupedChains result;
  std::vector<Group> groups(arrangement.face_count(), no_group);
  for (partition::FaceId face = 0; face < groups.size(); ++face) {
    const auto owners = arrangement.owners_of(face);
    if (!owners.empty()) groups[face] = owners.front();
    if (owners.size() > 1) ++result.shared_faces;
  }
  result.chains = Chains::of(arrangement, groups);
  return result;
}

/// The chains that a zoom shows, as segments owned by the groups beside them.
std::vector<OwnedSegment> owned_segments(const Chains& chains, const ShownPoints& shown) {
  std::vector<OwnedSegment> segments;
  for (std::size_t chain = 0; chain < chains.size(); ++chain)
    for_each_segment(shown, chains.first(chain), chains.first(chain + 1) - 1, [&](auto from, auto to) {
      for (const auto group : {chains.sides(chain).left, chains.sides(chain).right})
        if (group != no_group) segments.push_back({chains.points()[from], chains.points()[to], group});
    });
  return segments;
}

/// The deepest zoom, plus one, whose tiles hold so many points that snapping them on demand would be felt.
unsigned zooms_worth_keeping(const Chains& chains, std::span<const std::uint8_t> shallowest, unsigned max_zoom) {
  constexpr std::size_t many_points = 48;  // some 50 microseconds to snap: as long as the rest of an answer takes
  for (unsigned zoom = max_zoom;; --zoom) {
    const ShownPoints shown(shallowest, zoom);
    const unsigned bits = TileCoordinate::deepest_zoom - zoom + 12U;
    std::vector<std::uint64_t> tiles;
    for (std::uint32_t point = 0; point < chains.points().size(); ++point) {
      if (!shown(point)) continue;
      const auto tile = [&](std::int32_t value) {
        return static_cast<std::uint64_t>((std::int64_t{value} - std::numeric_limits<std::int32_t>::min()) >> bits);
      };
      tiles.push_back(tile(chains.points()[point].y) << 32U | tile(chains.points()[point].x));
    }
    const std::size_t points = tiles.size();
    std::ranges::sort(tiles);
    tiles.erase(std::unique(tiles.begin(), tiles.end()), tiles.end());
    if (points >= many_points * tiles.size()) return zoom + 1;
    if (zoom == 0) return 0;
  }
}

/// Where a segment meets the ray to the west of a place: x as a fraction, and the group east of it.
struct Meeting {
  int128 numerator = 0;
  std::int64_t denominator = 1;
  Group east = no_group;

  [[nodiscard]] bool is_east_of(const Meeting& other) const {
    return numerator * other.denominator > other.numerator * denominator;
  }
};

/// A place between the points of the Mercator grid: everything in half units.
struct HalfPlace {
  std::int64_t x = 0;
  std::int64_t y = 0;  ///< odd, so that no point is beside it

  [[nodiscard]] std::optional<Meeting> meeting(PlanePoint from, PlanePoint to, Sides sides) const {
    const std::int64_t from_y = 2 * std::int64_t{from.y};
    const std::int64_t to_y = 2 * std::int64_t{to.y};
    if ((from_y < y) == (to_y < y)) return std::nullopt;
    const bool rises = from_y < to_y;
    const PlanePoint low = rises ? from : to;
    const PlanePoint high = rises ? to : from;
    const std::int64_t rise = 2 * (std::int64_t{high.y} - low.y);
    const int128 numerator = int128{2 * std::int64_t{low.x}} * rise +
                             int128{2 * (std::int64_t{high.x} - low.x)} * (y - 2 * std::int64_t{low.y});
    if (numerator >= int128{x} * rise) return std::nullopt;
    return Meeting{numerator, rise, rises ? sides.right : sides.left};
  }
};

}  // namespace

Network Network::make(const partition::Partition& partition, const partition::Grouping& grouping,
                      const NetworkOptions& options) {
  Network network;
  network.max_zoom_ = options.max_zoom;
  auto& whole = network.whole_;
  // Noded before simplifying: rounding each vertex to this grid by itself may have made neighbours touch.
  auto grouped = chains_from(border_segments(partition, grouping, options.kept_sets), {});
  whole.chains = std::move(grouped.chains);
  network.shared_faces_ = grouped.shared_faces;
  whole.shallowest_zooms = shallowest_zooms(whole.chains);
  network.snap(options.snapped_zooms ? std::min(options.max_zoom + 1, *options.snapped_zooms)
                                     : zooms_worth_keeping(whole.chains, whole.shallowest_zooms, options.max_zoom));
  network.index_whole();
  return network;
}

void Network::snap(unsigned zooms) {
  snapped_.resize(zooms);
  std::vector<std::size_t> shared_faces(zooms, 0);
  // Deepest first: it is the largest, and the others fill the time that is left.
  in_parallel(zooms, [&](std::size_t taken) {
    const unsigned zoom = zooms - 1 - static_cast<unsigned>(taken);
    auto grouped = chains_from(owned_segments(whole_.chains, shown(whole_, zoom)), noding_at(zoom));
    snapped_[zoom].chains = std::move(grouped.chains);
    shared_faces[zoom] = grouped.shared_faces;
  });
  for (const auto count : shared_faces) shared_faces_ += count;

  for (unsigned taken = 0; taken < zooms; ++taken) {
    const unsigned zoom = zooms - 1 - taken;
    if (taken > 0) {
      // What has collapsed at one zoom may straddle the pixels of the next: visible again, it would flicker.
      std::vector<Group> absent;
      std::ranges::set_difference(groups_of(snapped_[zoom].chains), groups_of(snapped_[zoom + 1].chains),
                                  std::back_inserter(absent));
      if (!absent.empty()) snapped_[zoom].chains = without_groups(snapped_[zoom].chains, absent);
    }
    const std::array<ShownPoints, 1> all{};
    snapped_[zoom].index = TileIndex::make(snapped_[zoom].chains, all, zoom);
  }
}

void Network::index_whole() {
  const auto first = static_cast<unsigned>(snapped_.size());
  if (first > max_zoom_) {
    whole_ = {};
    return;
  }
  std::vector<ShownPoints> levels;
  for (unsigned zoom = first; zoom <= max_zoom_; ++zoom) levels.push_back(shown(whole_, zoom));
  whole_.index = TileIndex::make(whole_.chains, levels, first);
}

TileBorders Network::borders_in(TileCoordinate tile) const {
  const auto& level = level_of(tile.zoom());
  const auto points = level.chains.points();
  const unsigned up = tile.zoom() - level.index.zoom();
  TileBorders borders;
  const auto stretches = level.index.stretches_in(tile.column() >> up, tile.row() >> up);
  if (level.shallowest_zooms.empty()) {
    std::vector<TilePoint> line;
    for (const auto& stretch : stretches) {
      line.clear();
      for (auto point = stretch.first; point <= stretch.last; ++point) line.push_back(tile_units(points[point], tile));
      borders.add(line, level.chains.sides(stretch.chain));
    }
  } else {
    std::vector<SidedSegment> segments;
    const auto shown_here = shown(level, tile.zoom());
    const auto box = box_of(tile);
    const std::int64_t unit = std::int64_t{1} << (TileCoordinate::deepest_zoom - tile.zoom());
    for (const auto& stretch : stretches)
      for_each_segment(shown_here, stretch.first, stretch.last, [&](auto from, auto to) {
        const auto a = points[from];
        const auto b = points[to];
        if (std::max(a.x, b.x) < box.low.x - unit || std::min(a.x, b.x) > box.high.x + unit ||
            std::max(a.y, b.y) < box.low.y - unit || std::min(a.y, b.y) > box.high.y + unit)
          return;
        segments.push_back({a, b, level.chains.sides(stretch.chain)});
      });
    if (!segments.empty()) borders = noded_borders(segments, tile);
  }
  if (!borders.leave_the_box()) borders.set_around(group_inside_corner(tile));
  return borders;
}

Group Network::group_inside_corner(TileCoordinate tile) const {
  const auto& level = level_of(tile.zoom());
  const unsigned up = tile.zoom() - level.index.zoom();
  const auto shown_here = shown(level, tile.zoom());
  // Half a unit inside: what rounds to the side is west or north of it, and what rounds to the first unit is not.
  const std::int64_t unit = std::int64_t{1} << (TileCoordinate::deepest_zoom - tile.zoom());
  const auto inside = [unit](std::uint32_t number) {
    const std::int64_t low = (std::int64_t{number} * tile_extent + box_low) * unit;
    return 2 * (low + std::numeric_limits<std::int32_t>::min()) + unit;
  };
  const HalfPlace place{inside(tile.column()), inside(tile.row()) | 1};
  const auto row = tile.row() >> up;
  for (std::optional<std::uint32_t> column = tile.column() >> up; column;
       column = level.index.column_west_of(*column, row)) {
    std::optional<Meeting> nearest;
    for (const auto& stretch : level.index.stretches_in(*column, row))
      for_each_segment(shown_here, stretch.first, stretch.last, [&](auto from, auto to) {
        const auto here =
            place.meeting(level.chains.points()[from], level.chains.points()[to], level.chains.sides(stretch.chain));
        if (here && (!nearest || here->is_east_of(*nearest))) nearest = here;
      });
    if (nearest) return nearest->east;
  }
  return no_group;
}

}  // namespace geoprio::tiling
