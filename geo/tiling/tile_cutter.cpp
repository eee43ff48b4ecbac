#include "geo/tiling/tile_cutter.hpp"

#include <algorithm>

#include "geo/projection/web_mercator.hpp"
#include "geo/tiling/box_walk.hpp"

namespace geoprio::tiling {
namespace {

/// Adds the part for each feature of `inside` that is not one of `outside`.
void add_part(std::vector<BoundaryPart>& parts, const std::vector<std::uint32_t>& inside,
              const std::vector<std::uint32_t>& outside, bool turned, std::span<const TilePoint> points) {
  for (const auto feature : inside)
    if (!std::binary_search(outside.begin(), outside.end(), feature)) parts.push_back({feature, turned, points});
}

}  // namespace

TilePolygons cut_polygons(const TileBorders& borders, const FeatureGroups& features) {
  const auto walk = box_walk(borders);
  std::vector<BoundaryPart> parts;
  parts.reserve(2 * borders.runs().size() + walk.size());
  for (const auto& run : borders.runs()) {
    const auto& left = features.of(run.sides.left);
    const auto& right = features.of(run.sides.right);
    add_part(parts, left, right, false, borders.points_of(run));
    add_part(parts, right, left, true, borders.points_of(run));
  }
  for (const auto& part : walk) add_part(parts, features.of(part.inside), {}, false, part.points);
  return assembled_polygons(parts);
}

std::optional<TilePoint> tile_point(DegreePoint place, TileCoordinate tile) {
  const auto on_square = projection::on_mercator_grid(place);
  const auto point = tile_units({on_square.x, on_square.y}, tile);
  const auto in_box = [](std::int32_t value) { return value >= box_low && value <= box_high; };
  if (!in_box(point.x) || !in_box(point.y)) return std::nullopt;
  return point;
}

}  // namespace geoprio::tiling
