#include "geo/ogr/source_geometry.hpp"

#include <cstddef>
#include <utility>

namespace geoprio::ogr {

namespace {

SourceCoordinate vertex(OGRGeometryH line, int index, bool northing_first) {
  const double first = OGR_G_GetX(line, index);
  const double second = OGR_G_GetY(line, index);
  return northing_first ? SourceCoordinate{second, first} : SourceCoordinate{first, second};
}

Ring<SourceCoordinate> ring_of(OGRGeometryH line, bool northing_first) {
  Ring<SourceCoordinate> ring;
  const int count = OGR_G_GetPointCount(line);
  ring.points.reserve(static_cast<std::size_t>(count));
  for (int index = 0; index < count; ++index) ring.points.push_back(vertex(line, index, northing_first));
  if (ring.points.size() > 1 && ring.points.front() == ring.points.back()) ring.points.pop_back();
  return ring;
}

Polygon<SourceCoordinate> polygon_of(OGRGeometryH geometry, bool northing_first) {
  Polygon<SourceCoordinate> polygon{.shell = ring_of(OGR_G_GetGeometryRef(geometry, 0), northing_first), .holes = {}};
  for (int index = 1; index < OGR_G_GetGeometryCount(geometry); ++index)
    polygon.holes.push_back(ring_of(OGR_G_GetGeometryRef(geometry, index), northing_first));
  return polygon;
}

/// Polygons of any nesting of collections, in their order; what is not a polygon is passed over.
void gather_polygons(OGRGeometryH geometry, bool northing_first, SourceShape& shape) {
  switch (wkbFlatten(OGR_G_GetGeometryType(geometry))) {
    case wkbPolygon:
    case wkbTriangle:
      if (OGR_G_GetGeometryCount(geometry) > 0) shape.polygons.push_back(polygon_of(geometry, northing_first));
      break;
    case wkbMultiPolygon:
    case wkbGeometryCollection:
    case wkbPolyhedralSurface:
    case wkbTIN:
      for (int index = 0; index < OGR_G_GetGeometryCount(geometry); ++index)
        gather_polygons(OGR_G_GetGeometryRef(geometry, index), northing_first, shape);
      break;
    default:
      break;
  }
}

/// The point of a point, or of a collection of one.
std::optional<SourceCoordinate> point_of(OGRGeometryH geometry, bool northing_first) {
  const auto type = wkbFlatten(OGR_G_GetGeometryType(geometry));
  if (type == wkbPoint) return vertex(geometry, 0, northing_first);
  if (type == wkbMultiPoint && OGR_G_GetGeometryCount(geometry) == 1)
    return point_of(OGR_G_GetGeometryRef(geometry, 0), northing_first);
  return std::nullopt;
}

}  // namespace

void read_geometry(OGRGeometryH geometry, bool northing_first, SourceFeature& feature) {
  if (geometry == nullptr) return;
  feature.geometry_name = OGR_G_GetGeometryName(geometry);
  if (OGR_G_IsEmpty(geometry) != 0) {
    feature.geometry_name += " EMPTY";
    return;
  }
  GeometryHandle chords;
  if (OGR_G_HasCurveGeometry(geometry, FALSE) != 0) {             // also a MULTISURFACE of straight polygons
    chords.reset(OGR_G_GetLinearGeometry(geometry, 0, nullptr));  // 0: GDAL's step of 4 degrees of arc
    if (!chords) return;
    geometry = chords.get();
  }
  SourceShape shape;
  gather_polygons(geometry, northing_first, shape);
  if (!shape.polygons.empty())
    feature.geometry = std::move(shape);
  else
    feature.point = point_of(geometry, northing_first);
}

}  // namespace geoprio::ogr
