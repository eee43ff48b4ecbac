#include "geo/tiling/tile_cutter.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "geo/partition/rings.hpp"
#include "geo/projection/web_mercator.hpp"
#include "geo/tiling/box_walk.hpp"

namespace geoprio::tiling {
namespace {

using Edges = std::map<std::uint32_t, std::vector<partition::DirectedEdge>>;

/// Adds the directed edge to each feature of `inside` that is not one of `outside`.
void add_edge(Edges& edges, const std::vector<std::uint32_t>& inside, const std::vector<std::uint32_t>& outside,
              TilePoint from, TilePoint to) {
  for (const auto feature : inside)
    if (!std::binary_search(outside.begin(), outside.end(), feature)) edges[feature].push_back({from, to});
}

void add_stretch(Edges& edges, const std::vector<std::uint32_t>& inside, const Stretch& stretch) {
  for (std::size_t point = 1; point < stretch.points.size(); ++point)
    add_edge(edges, inside, {}, stretch.points[point - 1], stretch.points[point]);
}

/// The group of a box that holds no border: that of the east side of the nearest tile to the west which has some, as
/// nothing but land of one group lies between.
Group group_of_empty_box(const ZoomNetwork& network, TileCoordinate tile) {
  const auto west = network.column_west_of(tile.column(), tile.row());
  if (!west) return no_group;
  constexpr TilePoint south_east{tile_extent + tile_buffer, -tile_buffer};
  const auto walk = box_walk(pieces_of(network, *west, tile.row()));
  // The stretch that starts on the east side or goes round its first corner; there is one, as the sides are a cycle.
  for (const auto& stretch : walk)
    for (std::size_t point = 1; point < stretch.points.size(); ++point)
      if (stretch.points[point - 1].x == south_east.x && stretch.points[point].x == south_east.x) return stretch.inside;
  return no_group;
}

}  // namespace

std::vector<CutFeature> cut(const Network& network, TileCoordinate tile, const FeatureGroups& features) {
  const auto& borders = network.at(tile.zoom());
  const auto pieces = pieces_of(borders, tile.column(), tile.row());
  Edges edges;
  if (pieces.empty()) {
    constexpr std::int32_t low = -tile_buffer;
    constexpr std::int32_t high = tile_extent + tile_buffer;
    const Stretch sides{group_of_empty_box(borders, tile),
                        {{low, low}, {high, low}, {high, high}, {low, high}, {low, low}}};
    add_stretch(edges, features.of(sides.inside), sides);
  } else {
    for (const auto& piece : pieces) {
      if (on_a_side(piece)) continue;
      const auto& left = features.of(piece.left);
      const auto& right = features.of(piece.right);
      add_edge(edges, left, right, piece.from, piece.to);
      add_edge(edges, right, left, piece.to, piece.from);
    }
    for (const auto& stretch : box_walk(pieces)) add_stretch(edges, features.of(stretch.inside), stretch);
  }
  std::vector<CutFeature> result;
  for (const auto& [feature, list] : edges) {
    auto polygons = partition::assembled(list);
    if (!polygons.empty()) result.push_back({feature, std::move(polygons)});
  }
  return result;
}

std::optional<TilePoint> tile_point(DegreePoint place, TileCoordinate tile) {
  const auto point = projection::on_mercator_grid(place);
  const unsigned bits = TileCoordinate::deepest_zoom - tile.zoom();
  const auto local = [bits](std::int32_t units, std::uint32_t number) {
    const std::int64_t from_corner = std::int64_t{units} + (std::int64_t{1} << 31U);
    return (from_corner >> bits) - (std::int64_t{number} << 12U);
  };
  const auto x = local(point.x, tile.column());
  const auto y = local(point.y, tile.row());
  const auto in_box = [](std::int64_t value) { return value >= -tile_buffer && value <= tile_extent + tile_buffer; };
  if (!in_box(x) || !in_box(y)) return std::nullopt;
  return TilePoint{static_cast<std::int32_t>(x), static_cast<std::int32_t>(y)};
}

}  // namespace geoprio::tiling
