// What must hold in every tile, checked without the code that made it: GEOS says what is valid, brute force where a
// point is.
#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "geo/geometry/overlay.hpp"
#include "geo/tiling/network.hpp"
#include "geo/tiling/tile_cutter.hpp"
#include "geo/tiling/tile_shape.hpp"
#include "tests/geo/partition/brute_force.hpp"

namespace geoprio::tests {

using tiling::tile_buffer;
using tiling::tile_extent;
using tiling::TileCoordinate;
using tiling::TilePoint;
using tiling::TilePolygon;

using tiling::box_high;
using tiling::box_low;

struct CutFeature {
  std::uint32_t feature = 0;
  std::vector<TilePolygon> polygons;
};

/// The features of a tile, ring by ring.
inline std::vector<CutFeature> cut(const tiling::Network& network, TileCoordinate tile,
                                   const tiling::FeatureGroups& groups) {
  std::vector<CutFeature> features;
  tiling::cut_polygons(network.borders_in(tile), groups, [&](const tiling::FeaturePolygons& made) {
    auto& same = features.emplace_back(CutFeature{made.feature, {}});
    for (std::size_t ring = 0; ring < made.rings.size(); ++ring) {
      const auto points = made.ring(ring);
      Ring<TilePoint> copy{{points.begin(), points.end()}};
      if (made.rings[ring].hole)
        same.polygons.back().holes.push_back(std::move(copy));
      else
        same.polygons.push_back({std::move(copy), {}});
    }
  });
  return features;
}

inline constexpr std::int64_t doubled_box_area = 2 * std::int64_t{box_high - box_low} * (box_high - box_low);

/// The surveyor's formula of MVT 2.1 §4.3.4.4, twice the area: exact.
inline std::int64_t doubled(const Ring<TilePoint>& ring) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < ring.points.size(); ++i) {
    const auto a = ring.points[i];
    const auto b = ring.points[(i + 1) % ring.points.size()];
    sum += std::int64_t{a.x} * b.y - std::int64_t{b.x} * a.y;
  }
  return sum;
}

template <class Visit>
void for_each_ring(const TilePolygon& polygon, Visit&& visit) {
  visit(polygon.shell);
  for (const auto& hole : polygon.holes) visit(hole);
}

/// Twice the area of a feature's polygons.
inline std::int64_t doubled(const CutFeature& feature) {
  std::int64_t sum = 0;
  for (const auto& polygon : feature.polygons) for_each_ring(polygon, [&](const auto& ring) { sum += doubled(ring); });
  return sum;
}

inline std::int64_t doubled(const std::vector<CutFeature>& features) {
  std::int64_t sum = 0;
  for (const auto& feature : features) sum += doubled(feature);
  return sum;
}

/// Empty, or what is wrong with one feature's polygons.
inline std::string defect_of(const CutFeature& feature) {
  if (feature.polygons.empty()) return "no polygon";
  DegreeShape shape;
  for (const auto& polygon : feature.polygons) {
    if (doubled(polygon.shell) <= 0) return "a shell without positive area";
    auto& same = shape.polygons.emplace_back();
    for_each_ring(polygon, [&](const Ring<TilePoint>& ring) {
      auto& points = &ring == &polygon.shell ? same.shell.points : same.holes.emplace_back().points;
      for (const auto point : ring.points) points.push_back({point.x, point.y});
    });
    for (const auto& hole : polygon.holes)
      if (doubled(hole) >= 0) return "a hole without negative area";
  }
  for (const auto& polygon : shape.polygons)
    for (const auto point : polygon.shell.points)
      if (std::min(point.x, point.y) < box_low || std::max(point.x, point.y) > box_high)
        return "a point outside the box";
  return geometry::defect_of(shape);
}

inline std::string defect_of(const std::vector<CutFeature>& features) {
  for (const auto& feature : features)
    if (auto defect = defect_of(feature); !defect.empty())
      return "feature " + std::to_string(feature.feature) + ": " + defect;
  return {};
}

/// Even-odd, for a point on no edge.
inline bool holds(const CutFeature& feature, double x, double y) {
  bool inside = false;
  for (const auto& polygon : feature.polygons)
    for_each_ring(polygon, [&](const Ring<TilePoint>& ring) {
      for (std::size_t i = 0; i < ring.points.size(); ++i) {
        const auto a = ring.points[i];
        const auto b = ring.points[(i + 1) % ring.points.size()];
        if ((a.y > y) != (b.y > y) && a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y) > x) inside = !inside;
      }
    });
  return inside;
}

/// How far a point is from the nearest edge of any feature, the box's sides left out.
inline double distance_to_borders(const std::vector<CutFeature>& features, TilePoint point) {
  double nearest = 1e300;
  for (const auto& feature : features)
    for (const auto& polygon : feature.polygons)
      for_each_ring(polygon, [&](const Ring<TilePoint>& ring) {
        for (std::size_t i = 0; i < ring.points.size(); ++i)
          nearest = std::min(nearest, distance(point, ring.points[i], ring.points[(i + 1) % ring.points.size()]));
      });
  return nearest;
}

/// An edge of a feature's polygons in units of the zoom's whole grid, in the direction of its ring.
using ZoomEdge = std::tuple<std::uint32_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t>;

/// A closed box in units of the zoom's whole grid.
struct ZoomBox {
  std::int64_t west, north, east, south;

  static ZoomBox of(TileCoordinate tile) {
    const std::int64_t x = std::int64_t{tile.column()} * tile_extent;
    const std::int64_t y = std::int64_t{tile.row()} * tile_extent;
    return {x - tile_buffer, y - tile_buffer, x + tile_extent + tile_buffer, y + tile_extent + tile_buffer};
  }
  [[nodiscard]] ZoomBox common_with(const ZoomBox& other) const {
    return {std::max(west, other.west), std::max(north, other.north), std::min(east, other.east),
            std::min(south, other.south)};
  }
  [[nodiscard]] bool holds(std::int64_t x, std::int64_t y) const {
    return west <= x && x <= east && north <= y && y <= south;
  }
  /// Whether a segment lies on one of the four sides' lines.
  [[nodiscard]] bool on_a_side(std::int64_t ax, std::int64_t ay, std::int64_t bx, std::int64_t by) const {
    return (ax == bx && (ax == west || ax == east)) || (ay == by && (ay == north || ay == south));
  }
};

/// The edges of a tile's features that lie in `zone`, those along its sides left out.
inline std::set<ZoomEdge> edges_in(const std::vector<CutFeature>& features, TileCoordinate tile, const ZoomBox& zone) {
  std::set<ZoomEdge> edges;
  const std::int64_t x = std::int64_t{tile.column()} * tile_extent;
  const std::int64_t y = std::int64_t{tile.row()} * tile_extent;
  for (const auto& feature : features)
    for (const auto& polygon : feature.polygons)
      for_each_ring(polygon, [&](const Ring<TilePoint>& ring) {
        for (std::size_t i = 0; i < ring.points.size(); ++i) {
          const auto a = ring.points[i];
          const auto b = ring.points[(i + 1) % ring.points.size()];
          if (zone.holds(x + a.x, y + a.y) && zone.holds(x + b.x, y + b.y) &&
              !zone.on_a_side(x + a.x, y + a.y, x + b.x, y + b.y))
            edges.insert({feature.feature, x + a.x, y + a.y, x + b.x, y + b.y});
        }
      });
  return edges;
}

/// One feature per group.
inline tiling::FeatureGroups one_feature_per_group(std::uint32_t count) {
  std::vector<std::vector<std::uint32_t>> features;
  for (std::uint32_t group = 0; group < count; ++group) features.push_back({group});
  return tiling::FeatureGroups(std::move(features));
}

}  // namespace geoprio::tests
