#include "geo/tiling/network.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "geo/core/morton.hpp"
#include "geo/core/parallel.hpp"
#include "geo/partition/arrangement.hpp"
#include "geo/tiling/simplification.hpp"

namespace geoprio::tiling {
namespace {

using partition::Arrangement;
using partition::PlanePoint;

struct GroupedChains {
  Chains chains;
  std::size_t shared_faces = 0;
};

GroupedChains chains_from(ProjectedBorders borders) {
  GroupedChains result;
  if (borders.clean) {
    result.chains = std::move(*borders.clean);
    return result;
  }
  const auto arrangement = Arrangement::make(std::move(borders.segments));
  std::vector<Group> groups(arrangement.face_count(), no_group);
  for (partition::FaceId face = 0; face < groups.size(); ++face) {
    const auto owners = arrangement.owners_of(face);
    if (!owners.empty()) groups[face] = owners.front();
    if (owners.size() > 1) ++result.shared_faces;
  }
  result.chains = Chains::of(arrangement, groups);
  return result;
}

/// All tiles of a zoom, each snapped by itself: what a hot pixel does to a segment is local.
KeptTiles::Maker snapped_tiles(const Chains& chains, const ShownPoints& shown, unsigned zoom) {
  KeptTiles::Maker made;
  TileIndex::make(chains, {{shown}}, zoom)
      .for_each_tile([&](std::uint32_t column, std::uint32_t row, std::span<const Stretch> stretches) {
        const auto place = *TileCoordinate::make(zoom, column, row);
        made.add(place, noded_borders(segments_near(place, stretches, shown, chains.points(), chains.sides()), place));
      });
  return made;
}

/// How many tiles of a zoom hold shown points, and how many points.
struct Fullness {
  std::size_t tiles = 0;
  std::size_t points = 0;
};

/// All points along Morton's curve, on which the tiles of every zoom are stretches: one sort for all zooms.
class PointsOnCurve {
 public:
  PointsOnCurve(std::span<const PlanePoint> points, std::span<const std::uint8_t> shallowest) : points_(points.size()) {
    const auto from_corner = [](std::int32_t value) {
      return static_cast<std::uint32_t>(std::int64_t{value} - std::numeric_limits<std::int32_t>::min());
    };
    for (std::size_t point = 0; point < points.size(); ++point)
      points_[point] = {place_on_morton_curve(from_corner(points[point].x), from_corner(points[point].y)),
                        shallowest[point]};
    sort_in_parallel(points_.begin(), points_.end(), [](const Point& a, const Point& b) {
      return std::pair(a.place, a.shallowest_zoom) < std::pair(b.place, b.shallowest_zoom);
    });
  }
  [[nodiscard]] Fullness at(unsigned zoom) const {
    Fullness found;
    std::optional<std::uint64_t> before;
    for (const auto& point : points_) {
      if (point.shallowest_zoom > zoom) continue;
      ++found.points;
      // Two bits of the curve a zoom; at zoom 0 all 64 go, in two steps as no shift takes them at once.
      const auto tile = point.place >> (63 - 2 * zoom) >> 1U;
      if (tile != before) ++found.tiles;
      before = tile;
    }
    return found;
  }

 private:
  struct Point {
    std::uint64_t place = 0;
    std::uint8_t shallowest_zoom = 0;
  };
  std::vector<Point> points_;
};

/// The deepest zoom, plus one, whose tiles hold so many points that keeping them costs little beside the points.
unsigned zooms_worth_keeping(const Chains& chains, std::span<const std::uint8_t> shallowest, unsigned max_zoom) {
  // Kept, a tile takes some 70 bytes and 4 a point; the points themselves take 9 each whatever is kept: from there on
  // a zoom costs no more than they do. A tile of some 12 points takes 12 microseconds when it is asked for, 7 when
  // kept.
  constexpr std::size_t many_points = 16;
  // What takes less than this is kept whatever is in it: an agglomeration's deepest zooms.
  constexpr std::size_t small_bytes = 500'000;
  const PointsOnCurve points(chains.points(), shallowest);
  for (unsigned zooms = max_zoom + 1; zooms > 0; --zooms) {
    const auto here = points.at(zooms - 1);
    if (here.points >= many_points * here.tiles || 70 * here.tiles + 4 * here.points <= small_bytes) return zooms;
  }
  return 0;
}

/// Whether a border is so near that snapping, which moves it by 0.71 unit at most, might bring it over the place: the
/// land there may be thinner than a unit and not be shown.
bool may_be_crossed(const HalfPlace& place, std::span<const SidedSegment> segments, std::int64_t unit) {
  const auto near = 3 * static_cast<double>(unit);  // a unit and a half
  return std::ranges::any_of(
      segments, [&](const SidedSegment& segment) { return place.distance_to(segment.from, segment.to) < near; });
}

}  // namespace

Network Network::make(const partition::Partition& partition, const partition::Grouping& grouping,
                      const NetworkOptions& options) {
  Network network;
  network.max_zoom_ = options.max_zoom;
  auto grouped = chains_from(projected_borders(partition, grouping, options.kept_sets));
  const auto& chains = grouped.chains;
  network.shared_faces_ = grouped.shared_faces;
  network.shallowest_zooms_ = FlatArray(shallowest_zooms(chains));
  const auto zooms = options.snapped_zooms
                         ? std::min(options.max_zoom + 1, *options.snapped_zooms)
                         : zooms_worth_keeping(chains, network.shallowest_zooms_.all(), options.max_zoom);
  network.snap(chains, zooms);
  if (zooms <= options.max_zoom)
    network.keep(std::move(grouped.chains));
  else
    network.shallowest_zooms_ = {};
  return network;
}

void Network::snap(const Chains& chains, unsigned zooms) {
  std::vector<KeptTiles::Maker> made(zooms);
  std::vector<Group> gone_below;
  // The index and the deepest zooms first, which take longest.
  in_parallel(std::size_t{zooms} + 1, [&](std::size_t number) {
    if (number == 0) {
      if (zooms <= max_zoom_) index(chains, zooms);
      gone_below = leave_out_what_vanishes(chains, zooms);
    } else {
      const auto zoom = zooms - static_cast<unsigned>(number);
      made[zoom] = snapped_tiles(chains, shown(zoom), zoom);
    }
  });
  snapped_.resize(zooms);
  std::vector<Group> seen_below;
  // What has collapsed at one zoom may straddle the pixels of the next; visible again, it would flicker.
  for (unsigned zoom = zooms; zoom-- > 0;) {
    auto seen = made[zoom].groups();
    std::vector<Group> absent;
    if (zoom + 1 < zooms)
      std::ranges::set_difference(seen, seen_below, std::back_inserter(absent));
    else
      std::ranges::set_intersection(seen, gone_below, std::back_inserter(absent));
    if (!absent.empty()) {
      made[zoom].leave_out(absent);
      seen = made[zoom].groups();
    }
    seen_below = std::move(seen);
    snapped_[zoom] = std::move(made[zoom]).finished();
  }
}

void Network::index(const Chains& chains, unsigned first) {
  std::vector<ShownPoints> levels;
  for (unsigned zoom = first; zoom <= max_zoom_; ++zoom) levels.push_back(shown(zoom));
  index_ = TileIndex::make(chains, levels, first);
}

void Network::keep(Chains chains) {
  auto [points, sides] = std::move(chains).taken();
  sides_ = FlatArray(std::move(sides));
  points_ = FlatArray(std::move(points));
}

TileBorders Network::borders_in(TileCoordinate tile) const {
  if (tile.zoom() < snapped_.size()) return snapped_[tile.zoom()].borders_in(tile);
  const auto segments = segments_in(tile, points_.all(), sides_.all());
  auto borders = as_left_out(noded_borders(segments, tile), tile.zoom());
  if (!borders.leave_the_box()) borders.set_around(heir_at(tile.zoom(), group_around(tile, segments)));
  return borders;
}

std::vector<SidedSegment> Network::segments_in(TileCoordinate tile, std::span<const PlanePoint> points,
                                               std::span<const Sides> sides) const {
  const unsigned up = tile.zoom() - index_.zoom();
  return segments_near(tile, index_.stretches_in(tile.column() >> up, tile.row() >> up), shown(tile.zoom()), points,
                       sides);
}

Group Network::group_around(TileCoordinate tile, std::span<const SidedSegment> segments) const {
  const std::int64_t unit = std::int64_t{1} << (TileCoordinate::deepest_zoom - tile.zoom());
  // Half a unit inside a side, where no snapped border is when none leaves the box.
  const auto place_at = [&](std::int32_t across, std::int32_t down) {
    const auto inside = [unit](std::uint32_t number, std::int32_t units) {
      const std::int64_t low = (std::int64_t{number} * tile_extent + box_low + units) * unit;
      return 2 * (low + std::numeric_limits<std::int32_t>::min()) + unit;
    };
    return HalfPlace{inside(tile.column(), across), inside(tile.row(), down) | 1};
  };
  constexpr std::int32_t last = box_high - box_low - 1;
  for (const std::int32_t down : {0, last})
    for (std::int32_t across = 0; across <= last; across += tile_buffer)
      if (const auto place = place_at(across, down); !may_be_crossed(place, segments, unit))
        return group_at(place, tile);
  return group_at(place_at(0, 0), tile);
}

Group Network::group_at(const HalfPlace& place, TileCoordinate tile) const {
  const unsigned up = tile.zoom() - index_.zoom();
  const auto shown_here = shown(tile.zoom());
  const auto row = tile.row() >> up;
  for (std::optional<std::uint32_t> column = tile.column() >> up; column;
       column = index_.column_west_of(*column, row)) {
    NearestMeeting nearest;
    for (const auto& stretch : index_.stretches_in(*column, row))
      for_each_segment(shown_here, stretch.first, stretch.last, [&](auto from, auto to) {
        nearest.consider(place.meeting(points_[from], points_[to], sides_[stretch.chain]));
      });
    if (nearest.found()) return nearest.found()->east;
  }
  return no_group;
}

}  // namespace geoprio::tiling
