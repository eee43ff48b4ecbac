#include "geo/tiling/tile_borders.hpp"

#include <utility>

namespace geoprio::tiling {
namespace {

constexpr bool in_box(TilePoint point) {
  return point.x >= box_low && point.x <= box_high && point.y >= box_low && point.y <= box_high;
}

constexpr bool along_a_side(TilePoint a, TilePoint b) {
  return (a.x == b.x && (a.x == box_low || a.x == box_high)) || (a.y == b.y && (a.y == box_low || a.y == box_high));
}

}  // namespace

TileBorders::TileBorders(std::vector<TilePoint> points, std::vector<BorderRun> runs)
    : points_(std::move(points)), runs_(std::move(runs)) {
  for (const auto& run : runs_) note_ends(run);
}

void TileBorders::begin(TilePoint point) {
  begun_ = static_cast<std::uint32_t>(points_.size());
  points_.push_back(point);
}

void TileBorders::finish(Sides sides) {
  const auto end = static_cast<std::uint32_t>(points_.size());
  if (end - begun_ < 2) {
    points_.resize(begun_);
    return;
  }
  runs_.push_back({begun_, end, sides});
  note_ends(runs_.back());
}

void TileBorders::note_ends(const BorderRun& run) {
  leave_the_box_ = leave_the_box_ || on_box_side(points_[run.first]) || on_box_side(points_[run.end - 1]);
}

void TileBorders::add_run(std::span<const TilePoint> line, Sides sides) {
  begun_ = static_cast<std::uint32_t>(points_.size());
  points_.insert(points_.end(), line.begin(), line.end());
  finish(sides);
}

void TileBorders::add(std::span<const TilePoint> line, Sides sides) {
  begin(line.front());
  for (std::size_t next = 1; next < line.size(); ++next) {
    const TilePoint from = line[next - 1];
    const TilePoint to = line[next];
    if (!in_box(from) || !in_box(to) || along_a_side(from, to)) {
      finish(sides);
      begin(to);
      continue;
    }
    points_.push_back(to);
    if (on_box_side(to)) {
      finish(sides);
      begin(to);
    }
  }
  finish(sides);
}

}  // namespace geoprio::tiling
