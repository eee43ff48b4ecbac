#include "tileserver/service/geometry_mover.hpp"

#include <utility>
#include <variant>

#include "tileserver/service/crs_parameter.hpp"

namespace geoprio::service {
namespace {

using Moved = AnyGeometry<SourceCoordinate>;
using Line = std::vector<SourceCoordinate>;

SourceCoordinate place_of(SourceCoordinate place) { return place; }
SourceCoordinate place_of(DegreePoint point) { return {longitude_of(point), latitude_of(point)}; }

template <class Point>
Line closed(const Ring<Point>& ring) {
  Line line;
  for (const auto point : ring.points) line.push_back(place_of(point));
  if (!line.empty()) line.push_back(line.front());
  return line;
}

template <class Point>
Moved of_shape(const MultiPolygon<Point>& shape) {
  Moved geometry{.kind = GeometryKind::multi_polygon};
  for (const auto& polygon : shape.polygons) {
    auto& rings = geometry.parts.emplace_back();
    rings.push_back(closed(polygon.shell));
    for (const auto& hole : polygon.holes) rings.push_back(closed(hole));
  }
  return geometry;
}

template <class Point>
Moved of_lines(const MultiLine<Point>& lines) {
  Moved geometry{.kind = GeometryKind::multi_line};
  for (const auto& points : lines.lines) {
    auto& line = geometry.parts.emplace_back().emplace_back();
    for (const auto point : points) line.push_back(place_of(point));
  }
  return geometry;
}

Moved of_point(SourceCoordinate place) { return {.kind = GeometryKind::point, .parts = {{{place}}}}; }

}  // namespace

GeometryMover::GeometryMover(const projection::OfferedCrs& crs)
    : reprojector_(crs.is_wgs84_degrees() ? nullptr : &worker_reprojector(projection::degrees_crs, crs.definition())) {}

projection::Reprojected<std::optional<Moved>> GeometryMover::moved(const domain::FeatureGeometry& geometry) const {
  using MaybeMoved = std::optional<Moved>;
  if (const auto* shape = std::get_if<DegreeShape>(&geometry)) {
    if (reprojector_ == nullptr) return MaybeMoved(of_shape(*shape));
    const auto there = reprojector_->to_source(*shape);
    if (!there) return Unexpected{there.error()};
    return MaybeMoved(of_shape(*there));
  }
  if (const auto* lines = std::get_if<DegreeLines>(&geometry)) {
    if (reprojector_ == nullptr) return MaybeMoved(of_lines(*lines));
    const auto there = reprojector_->to_source(*lines);
    if (!there) return Unexpected{there.error()};
    return MaybeMoved(of_lines(*there));
  }
  if (const auto* point = std::get_if<DegreePoint>(&geometry)) {
    if (reprojector_ == nullptr) return MaybeMoved(of_point(place_of(*point)));
    const auto there = reprojector_->to_source(*LonLat::make(longitude_of(*point), latitude_of(*point)));
    if (!there) return Unexpected{there.error()};
    return MaybeMoved(of_point(*there));
  }
  return MaybeMoved();
}

}  // namespace geoprio::service
