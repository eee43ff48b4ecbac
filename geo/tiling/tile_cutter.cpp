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

std::uint32_t BorderFeatures::add(std::uint32_t left, std::uint32_t right) {
  return features_.try_emplace({left, right}, static_cast<std::uint32_t>(features_.size())).first->second;
}

std::optional<BorderFeatures::Line> BorderFeatures::line_of(Sides sides) const {
  const auto left = kind_of(sides.left);
  const auto right = kind_of(sides.right);
  const auto found = features_.find(std::minmax(left, right));
  if (left == right || found == features_.end()) return std::nullopt;
  // A tile's y grows to the south: what the border has on its right is on the left of the map.
  return Line{found->second, left < right};
}

TileLines cut_lines(const TileBorders& borders, const BorderFeatures& features) {
  std::map<std::uint32_t, std::vector<std::vector<TilePoint>>> lines;
  for (const auto& run : borders.runs()) {
    const auto line = features.line_of(run.sides);
    if (!line) continue;
    const auto points = borders.points_of(run);
    auto& added = lines[line->feature].emplace_back(points.begin(), points.end());
    if (line->turned) std::ranges::reverse(added);
  }
  TileLines result;
  for (auto& [feature, parts] : lines) result.features.push_back({feature, std::move(parts)});
  return result;
}

std::optional<TilePoint> tile_point(DegreePoint place, TileCoordinate tile) {
  const auto on_square = projection::on_mercator_grid(place);
  const auto point = tile_units({on_square.x, on_square.y}, tile);
  const auto in_box = [](std::int32_t value) { return value >= box_low && value <= box_high; };
  if (!in_box(point.x) || !in_box(point.y)) return std::nullopt;
  return point;
}

}  // namespace geoprio::tiling
