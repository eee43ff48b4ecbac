// The borders in one tile's buffered box, in the tile's own units.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo/tiling/chains.hpp"
#include "geo/tiling/tile_shape.hpp"

namespace geoprio::tiling {

inline constexpr std::int32_t box_low = -tile_buffer;
inline constexpr std::int32_t box_high = tile_extent + tile_buffer;

/// Whether the point is on a side of the box, or a corner.
constexpr bool on_box_side(TilePoint point) {
  return point.x == box_low || point.x == box_high || point.y == box_low || point.y == box_high;
}

/// A border between two groups; only its ends may lie on the box's sides. Its points are `first` to before `end`.
struct BorderRun {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  Sides sides;
};

/// Runs meet only at their ends. A closed one has its first point at its end again.
class TileBorders {
 public:
  TileBorders() = default;
  /// Of runs that another TileBorders had, in their own places among the points.
  TileBorders(std::vector<TilePoint> points, std::vector<BorderRun> runs);

  /// Adds what lies in the closed box of a line whose pieces are each wholly in it or outside; pieces along a side are
  /// left out: the walk around the box takes their place.
  void add(std::span<const TilePoint> line, Sides sides);
  /// Adds a run as another TileBorders had it.
  void add_run(std::span<const TilePoint> line, Sides sides);
  /// The group just inside the box's first corner, for a box that no run leaves.
  void set_around(Group group) { around_ = group; }

  [[nodiscard]] std::span<const BorderRun> runs() const { return runs_; }
  [[nodiscard]] std::span<const TilePoint> points_of(const BorderRun& run) const {
    return std::span(points_).subspan(run.first, run.end - run.first);
  }
  /// Of all runs.
  [[nodiscard]] std::size_t point_count() const { return points_.size(); }
  [[nodiscard]] Group around() const { return around_; }
  /// Whether an end of a run is on a side.
  [[nodiscard]] bool leave_the_box() const { return leave_the_box_; }

 private:
  void begin(TilePoint point);
  void finish(Sides sides);
  void note_ends(const BorderRun& run);

  std::vector<TilePoint> points_;
  std::vector<BorderRun> runs_;
  std::uint32_t begun_ = 0;
  Group around_ = no_group;
  bool leave_the_box_ = false;
};

}  // namespace geoprio::tiling
