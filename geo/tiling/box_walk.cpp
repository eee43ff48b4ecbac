#include "geo/tiling/box_walk.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace geoprio::tiling {
namespace {

constexpr std::int32_t side_length = box_high - box_low;
constexpr std::array<TilePoint, 4> corners{
    {{box_low, box_low}, {box_high, box_low}, {box_high, box_high}, {box_low, box_high}}};

/// How far along the walk a point of the box's sides is, from the first corner; nothing for a point inside.
std::optional<std::int32_t> place_on_walk(TilePoint point) {
  if (point.y == box_low && point.x < box_high) return point.x - box_low;
  if (point.x == box_high && point.y < box_high) return side_length + (point.y - box_low);
  if (point.y == box_high && point.x > box_low) return 2 * side_length + (box_high - point.x);
  if (point.x == box_low) return 3 * side_length + (box_high - point.y);
  return std::nullopt;
}

/// A border that leaves the box: where, in which direction it goes inwards, and the group right of it seen from there.
struct Exit {
  std::int32_t place = 0;
  TilePoint point;
  std::int64_t dx = 0;
  std::int64_t dy = 0;
  Group right = no_group;
};

void add_exit(std::vector<Exit>& exits, TilePoint at, TilePoint towards, Group right) {
  if (const auto place = place_on_walk(at))
    exits.push_back({*place, at, std::int64_t{towards.x} - at.x, std::int64_t{towards.y} - at.y, right});
}

/// By place, then as the interior is swept anticlockwise from the walk's direction.
bool before(const Exit& a, const Exit& b) {
  if (a.place != b.place) return a.place < b.place;
  return a.dx * b.dy - a.dy * b.dx > 0;
}

std::vector<Exit> sorted_exits(const TileBorders& borders) {
  std::vector<Exit> exits;
  for (const auto& run : borders.runs()) {
    const auto points = borders.points_of(run);
    add_exit(exits, points[0], points[1], run.sides.right);
    add_exit(exits, points[points.size() - 1], points[points.size() - 2], run.sides.left);
  }
  std::sort(exits.begin(), exits.end(), before);
  return exits;
}

/// The points of the walk from one place to the next, a whole turn when they are the same.
std::vector<TilePoint> points_between(const Exit& start, const Exit& end) {
  std::vector<TilePoint> points{start.point};
  const std::int32_t length =
      end.place > start.place ? end.place - start.place : end.place - start.place + 4 * side_length;
  for (std::int32_t corner = start.place / side_length + 1; corner * side_length < start.place + length; ++corner)
    points.push_back(corners[static_cast<std::size_t>(corner % 4)]);
  points.push_back(end.point);
  return points;
}

}  // namespace

std::vector<SidePart> box_walk(const TileBorders& borders) {
  if (!borders.leave_the_box())
    return {{borders.around(), {corners[0], corners[1], corners[2], corners[3], corners[0]}}};
  const auto exits = sorted_exits(borders);
  std::vector<SidePart> walk;
  for (std::size_t first = 0; first < exits.size();) {
    std::size_t next = first;
    while (next < exits.size() && exits[next].place == exits[first].place) ++next;
    // From the first border swept from the walk's direction: what lies between the side and it is on its right.
    walk.push_back({exits[first].right, points_between(exits[first], exits[next % exits.size()])});
    first = next;
  }
  return walk;
}

}  // namespace geoprio::tiling
