#include "geo/tiling/tile_cutter.hpp"

#include <algorithm>

#include "geo/projection/web_mercator.hpp"
#include "geo/tiling/box_walk.hpp"
#include "geo/tiling/tile_noding.hpp"

namespace geoprio::tiling {
namespace {

/// Adds the part for each feature of `inside` that is not one of `outside`.
void add_part(std::vector<BoundaryPart>& parts, std::span<const std::uint32_t> inside,
              std::span<const std::uint32_t> outside, bool turned, std::span<const TilePoint> points) {
  for (const auto feature : inside)
    if (!std::binary_search(outside.begin(), outside.end(), feature)) parts.emplace_back(feature, points, turned);
}

}  // namespace

FeatureGroups::FeatureGroups(const std::vector<std::vector<std::uint32_t>>& features) {
  std::vector<std::uint32_t> firsts{0};
  std::vector<std::uint32_t> all;
  for (const auto& of_group : features) {
    all.insert(all.end(), of_group.begin(), of_group.end());
    firsts.push_back(static_cast<std::uint32_t>(all.size()));
  }
  firsts_ = FlatArray(std::move(firsts));
  features_ = FlatArray(std::move(all));
}

void cut_polygons(const TileBorders& borders, const FeatureGroups& features, const TakePolygons& take) {
  const auto walk = box_walk(borders);
  std::vector<BoundaryPart> parts;
  parts.reserve(2 * borders.runs().size() + walk.size());
  for (const auto& run : borders.runs()) {
    const auto left = features.of(run.sides.left);
    const auto right = features.of(run.sides.right);
    add_part(parts, left, right, false, borders.points_of(run));
    add_part(parts, right, left, true, borders.points_of(run));
  }
  for (const auto& part : walk) add_part(parts, features.of(part.inside), {}, false, part.points);
  assemble_polygons(parts, take);
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

PointFeatures::PointFeatures(std::span<const std::optional<DegreePoint>> places) {
  std::vector<Point> points;
  for (std::uint32_t feature = 0; feature < places.size(); ++feature)
    if (places[feature]) {
      const auto on_square = projection::on_mercator_grid(*places[feature]);
      points.push_back({{on_square.x, on_square.y}, feature});
    }
  std::ranges::sort(points, {}, [](const Point& point) { return std::pair(point.place, point.feature); });
  points_ = FlatArray(std::move(points));
}

std::vector<PlacedPoint> PointFeatures::in(TileCoordinate tile) const {
  // A point up to a unit east of the box is rounded down onto its side.
  const auto box = box_of(tile);
  const std::int64_t unit = std::int64_t{1} << (TileCoordinate::deepest_zoom - tile.zoom());
  const auto within = [](std::int32_t value) { return value >= box_low && value <= box_high; };
  auto point = std::ranges::lower_bound(points_.all(), box.low.x, {}, [](const Point& one) { return one.place.x; });
  std::vector<PlacedPoint> found;
  for (; point != points_.end() && point->place.x < box.high.x + unit; ++point) {
    const auto place = tile_units(point->place, tile);
    if (within(place.x) && within(place.y)) found.push_back({point->feature, place});
  }
  std::ranges::sort(found, {}, &PlacedPoint::feature);
  return found;
}

}  // namespace geoprio::tiling
