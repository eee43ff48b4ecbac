#include "geo/tiling/box_walk.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace geoprio::tiling {
namespace {

constexpr std::int32_t low = -tile_buffer;
constexpr std::int32_t high = tile_extent + tile_buffer;
constexpr std::int32_t side_length = high - low;
constexpr std::array<TilePoint, 4> corners{{{low, low}, {high, low}, {high, high}, {low, high}}};

/// How far along the walk a point of the box's sides is, from the first corner; nothing for a point inside.
std::optional<std::int32_t> place_on_walk(TilePoint point) {
  if (point.y == low && point.x < high) return point.x - low;
  if (point.x == high && point.y < high) return side_length + (point.y - low);
  if (point.y == high && point.x > low) return 2 * side_length + (high - point.x);
  if (point.x == low) return 3 * side_length + (high - point.y);
  return std::nullopt;
}

/// A border that leaves the box: where, in which direction it goes inwards, and the groups beside it seen from there.
struct Exit {
  std::int32_t place = 0;
  TilePoint point;
  std::int64_t dx = 0;
  std::int64_t dy = 0;
  Group left = no_group;
  Group right = no_group;
};

void add_exit(std::vector<Exit>& exits, TilePoint at, TilePoint towards, Group left, Group right) {
  if (const auto place = place_on_walk(at))
    exits.push_back({*place, at, std::int64_t{towards.x} - at.x, std::int64_t{towards.y} - at.y, left, right});
}

/// By place, then as the interior is swept anticlockwise from the walk's direction.
bool before(const Exit& a, const Exit& b) {
  if (a.place != b.place) return a.place < b.place;
  return a.dx * b.dy - a.dy * b.dx > 0;
}

std::vector<Exit> sorted_exits(const std::vector<LocalPiece>& pieces) {
  std::vector<Exit> exits;
  for (const auto& piece : pieces) {
    if (on_a_side(piece)) continue;
    add_exit(exits, piece.from, piece.to, piece.left, piece.right);
    add_exit(exits, piece.to, piece.from, piece.right, piece.left);
  }
  std::sort(exits.begin(), exits.end(), before);
  return exits;
}

/// The one group along all sides of a box that no border leaves.
Group group_all_around(const std::vector<LocalPiece>& pieces) {
  const LocalPiece* lowest = nullptr;
  for (const auto& piece : pieces) {
    if (on_a_side(piece)) {
      // Its inner side: on the south and east sides of the walk the interior is left of the walk's direction.
      const auto start = *place_on_walk(piece.from);
      const auto end = *place_on_walk(piece.to);
      const bool along = (end - start + 4 * side_length) % (4 * side_length) <= side_length;
      return along ? piece.left : piece.right;
    }
    // The piece that leaves the westernmost point lowest of all: what is under it is what surrounds everything.
    if (lowest == nullptr || piece.from < lowest->from)
      lowest = &piece;
    else if (piece.from == lowest->from) {
      const auto cross = (std::int64_t{piece.to.x} - piece.from.x) * (std::int64_t{lowest->to.y} - piece.from.y) -
                         (std::int64_t{piece.to.y} - piece.from.y) * (std::int64_t{lowest->to.x} - piece.from.x);
      if (cross > 0) lowest = &piece;
    }
  }
  return lowest->right;
}

/// The points of the walk from one place to the next, `whole_turns` when they are the same.
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

bool on_a_side(const LocalPiece& piece) {
  const auto both = [](std::int32_t a, std::int32_t b) { return a == b && (a == low || a == high); };
  return both(piece.from.x, piece.to.x) || both(piece.from.y, piece.to.y);
}

std::vector<LocalPiece> pieces_of(const ZoomNetwork& network, std::uint32_t column, std::uint32_t row) {
  std::vector<LocalPiece> pieces;
  const auto numbers = network.pieces_in(column, row);
  pieces.reserve(numbers.size());
  for (const auto number : numbers) {
    const auto& piece = network.piece(number);
    pieces.push_back({network.vertex_in(piece.from, column, row), network.vertex_in(piece.to, column, row), piece.left,
                      piece.right});
  }
  return pieces;
}

std::vector<Stretch> box_walk(const std::vector<LocalPiece>& pieces) {
  const auto exits = sorted_exits(pieces);
  if (exits.empty()) return {{group_all_around(pieces), {corners[0], corners[1], corners[2], corners[3], corners[0]}}};
  std::vector<Stretch> walk;
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
