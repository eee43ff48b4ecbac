#include "geo/tiling/tile_noding.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>
#include <vector>

namespace geoprio::tiling {
namespace {

using partition::PlanePoint;

/// The groups on a piece's sides, from the segments that run along it: what is left of one and right of the next lies
/// between them, where nothing is left.
class SideSum {
 public:
  void add(Sides sides) {
    change(sides.left, 1);
    change(sides.right, -1);
  }
  /// Equal when the piece separates nothing.
  [[nodiscard]] Sides sum() const {
    Sides sides;
    for (const auto& [group, count] : counts_) {
      if (count > 0) sides.left = group;
      if (count < 0) sides.right = group;
    }
    return sides;
  }

 private:
  void change(Group group, int by) {
    const auto found = std::ranges::find(counts_, group, &std::pair<Group, int>::first);
    if (found == counts_.end())
      counts_.emplace_back(group, by);
    else
      found->second += by;
  }
  std::vector<std::pair<Group, int>> counts_;
};

}  // namespace

partition::NodingOptions noding_at(unsigned zoom) {
  partition::NodingOptions options;
  options.pixel_bits = TileCoordinate::deepest_zoom - zoom;
  options.cut_lines = partition::CutLines{std::int64_t{tile_extent} << options.pixel_bits,
                                          std::int64_t{tile_buffer} << options.pixel_bits};
  return options;
}

partition::PlaneBox box_of(TileCoordinate tile) {
  const unsigned bits = TileCoordinate::deepest_zoom - tile.zoom();
  const auto on_grid = [bits](std::uint32_t number, std::int32_t units) {
    const std::int64_t value =
        (((std::int64_t{number} << 12U) + units) << bits) + std::numeric_limits<std::int32_t>::min();
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(value, std::numeric_limits<std::int32_t>::min(),
                                                              std::numeric_limits<std::int32_t>::max()));
  };
  return {{on_grid(tile.column(), box_low), on_grid(tile.row(), box_low)},
          {on_grid(tile.column(), box_high), on_grid(tile.row(), box_high)}};
}

TileBorders noded_borders(std::span<const SidedSegment> segments, TileCoordinate tile) {
  std::vector<partition::OwnedSegment> owned;
  owned.reserve(segments.size());
  for (std::uint32_t number = 0; number < segments.size(); ++number)
    owned.push_back({segments[number].from, segments[number].to, number});
  auto options = noding_at(tile.zoom());
  options.window = box_of(tile);
  const auto linework = partition::noded(std::move(owned), options);

  TileBorders borders;
  for (const auto& piece : linework.pieces) {
    const std::array<PlanePoint, 2> ends{linework.vertices[piece.from], linework.vertices[piece.to]};
    SideSum sum;
    for (const auto owner : linework.owner_sets[piece.owners]) {
      const auto& segment = segments[owner];
      const bool rises_with_x = segment.from < segment.to;
      const auto [low, high] = std::minmax(segment.from, segment.to);
      // Along a segment x never falls; where it stays, the segment's own slope says which way it goes.
      const bool along = ends[0].x < ends[1].x || low.y < high.y;
      sum.add(along == rises_with_x ? segment.sides : segment.sides.turned());
    }
    const Sides sides = sum.sum();
    if (sides.left == sides.right) continue;
    const std::array<TilePoint, 2> line{tile_units(ends[0], tile), tile_units(ends[1], tile)};
    borders.add(line, sides);
  }
  return borders;
}

}  // namespace geoprio::tiling
