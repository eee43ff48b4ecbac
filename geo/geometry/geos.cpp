#include "geo/geometry/geos.hpp"

#include <cmath>
#include <exception>
#include <utility>

#include "geo/geometry/rings.hpp"

namespace geoprio::geometry {

namespace {

/// Nothing may be thrown through GEOS' frames: without memory for the message, it is lost, the failure is not.
void keep_complaint(const char* message, void* complaint) noexcept {
  try {
    *static_cast<std::string*>(complaint) = message;
  } catch (const std::exception&) {
    return;
  }
}

void pass_over_notice(const char*, void*) noexcept {}

template <class Point>
std::vector<double> closed_buffer(const Ring<Point>& ring) {
  std::vector<double> x_y;
  x_y.reserve(2 * (ring.points.size() + 1));
  for (const auto& point : ring.points) {
    x_y.push_back(x_of(point));
    x_y.push_back(y_of(point));
  }
  x_y.push_back(x_of(ring.points.front()));
  x_y.push_back(y_of(ring.points.front()));
  return x_y;
}

template <class Crs>
void set(Coordinate<Crs>& point, double x, double y) {
  point = {x, y};
}
template <class Grid>
void set(GridPoint<Grid>& point, double x, double y) {
  point = {static_cast<std::int32_t>(std::lround(x)), static_cast<std::int32_t>(std::lround(y))};
}

template <class Point>
Ring<Point> ring_of(GEOSContextHandle_t context, const GEOSGeometry* geometry) {
  const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(context, geometry);
  unsigned size = 0;
  GEOSCoordSeq_getSize_r(context, sequence, &size);
  std::vector<double> x_y(std::size_t{2} * size);
  GEOSCoordSeq_copyToBuffer_r(context, sequence, x_y.data(), 0, 0);
  Ring<Point> ring;
  ring.points.resize(size);
  for (std::size_t index = 0; index < size; ++index) set(ring.points[index], x_y[2 * index], x_y[2 * index + 1]);
  drop_repeated_points(ring);
  return ring;
}

template <class Point>
void gather(GEOSContextHandle_t context, const GEOSGeometry* geometry, MultiPolygon<Point>& shape) {
  const int type = GEOSGeomTypeId_r(context, geometry);
  if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
    for (int index = 0; index < GEOSGetNumGeometries_r(context, geometry); ++index)
      gather(context, GEOSGetGeometryN_r(context, geometry, index), shape);
    return;
  }
  if (type != GEOS_POLYGON || GEOSisEmpty_r(context, geometry) == 1) return;
  Polygon<Point> polygon{.shell = ring_of<Point>(context, GEOSGetExteriorRing_r(context, geometry)), .holes = {}};
  if (polygon.shell.points.size() < 3) return;
  turn(polygon.shell, true);
  for (int index = 0; index < GEOSGetNumInteriorRings_r(context, geometry); ++index) {
    auto hole = ring_of<Point>(context, GEOSGetInteriorRingN_r(context, geometry, index));
    if (hole.points.size() < 3) continue;
    turn(hole, false);
    polygon.holes.push_back(std::move(hole));
  }
  shape.polygons.push_back(std::move(polygon));
}

}  // namespace

Geos::Geos() : context_(GEOS_init_r()) {
  GEOSContext_setErrorMessageHandler_r(context(), &keep_complaint, &complaint_);
  GEOSContext_setNoticeMessageHandler_r(context(), &pass_over_notice, nullptr);
}

GeometryHandle Geos::made(GEOSGeometry* geometry, const char* what) const {
  if (geometry == nullptr) throw GeometryError(std::string(what) + " : GEOS a échoué : " + complaint_);
  return owned(geometry);
}

GeometryHandle Geos::line(const std::vector<double>& x_y) const {
  GEOSCoordSequence* sequence =
      GEOSCoordSeq_copyFromBuffer_r(context(), x_y.data(), static_cast<unsigned>(x_y.size() / 2), 0, 0);
  if (sequence == nullptr) throw GeometryError("ligne : GEOS a échoué : " + complaint_);
  return made(GEOSGeom_createLineString_r(context(), sequence), "ligne");  // takes the sequence, even when it fails
}

GeometryHandle Geos::collection(int type, std::vector<GeometryHandle> members) const {
  std::vector<GEOSGeometry*> loaned;
  loaned.reserve(members.size());
  for (auto& member : members) loaned.push_back(member.release());
  return made(GEOSGeom_createCollection_r(context(), type, loaned.data(), static_cast<unsigned>(loaned.size())),
              "collection");
}

template <class Point>
GeometryHandle Geos::geometry_of(const MultiPolygon<Point>& shape) const {
  const auto closed_ring = [this](const Ring<Point>& ring) {
    const auto x_y = closed_buffer(ring);
    GEOSCoordSequence* sequence =
        GEOSCoordSeq_copyFromBuffer_r(context(), x_y.data(), static_cast<unsigned>(x_y.size() / 2), 0, 0);
    return made(sequence == nullptr ? nullptr : GEOSGeom_createLinearRing_r(context(), sequence), "anneau");
  };
  std::vector<GeometryHandle> polygons;
  for (const auto& polygon : shape.polygons) {
    if (polygon.shell.points.size() < 3) continue;
    std::vector<GeometryHandle> holes;
    for (const auto& hole : polygon.holes)
      if (hole.points.size() >= 3) holes.push_back(closed_ring(hole));
    auto shell = closed_ring(polygon.shell);
    std::vector<GEOSGeometry*> loaned;
    for (auto& hole : holes) loaned.push_back(hole.release());
    polygons.push_back(
        made(GEOSGeom_createPolygon_r(context(), shell.release(), loaned.data(), static_cast<unsigned>(loaned.size())),
             "polygone"));
  }
  return collection(GEOS_MULTIPOLYGON, std::move(polygons));
}

template <class Point>
MultiPolygon<Point> Geos::shape_of(const GEOSGeometry* geometry) const {
  MultiPolygon<Point> shape;
  gather(context(), geometry, shape);
  return shape;
}

std::string Geos::defect_of(const GEOSGeometry* geometry) const {
  if (GEOSisValid_r(context(), geometry) == 1) return {};
  const std::unique_ptr<char, FreeInContext> reason(GEOSisValidReason_r(context(), geometry), {context()});
  return reason ? reason.get() : complaint_;
}

template GeometryHandle Geos::geometry_of(const SourceShape&) const;
template GeometryHandle Geos::geometry_of(const DegreeShape&) const;
template GeometryHandle Geos::geometry_of(const MetricShape&) const;
template GeometryHandle Geos::geometry_of(const UnroundedShape&) const;
template SourceShape Geos::shape_of(const GEOSGeometry*) const;
template DegreeShape Geos::shape_of(const GEOSGeometry*) const;
template MetricShape Geos::shape_of(const GEOSGeometry*) const;
template UnroundedShape Geos::shape_of(const GEOSGeometry*) const;

}  // namespace geoprio::geometry
