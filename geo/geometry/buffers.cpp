#include "geo/geometry/buffers.hpp"

#include <cassert>
#include <utility>
#include <vector>

#include "geo/geometry/geos.hpp"

namespace geoprio::geometry {

namespace {

/// Round joins and caps. Each shape is buffered by itself and the buffers united: one buffer of the whole union is
/// slower and, with thousands of rings, less robust in GEOS.
GeometryHandle buffered(const Geos& geos, std::span<const MetricShape> shapes, Metres distance) {
  assert(distance >= Metres(0));
  std::vector<GeometryHandle> buffers;
  buffers.reserve(shapes.size());
  for (const auto& shape : shapes) {
    const auto geometry = geos.geometry_of(shape);
    buffers.push_back(geos.made(
        GEOSBuffer_r(geos.context(), geometry.get(), distance.value(), segments_per_quarter_circle), "tampon"));
  }
  const auto all = geos.collection(GEOS_GEOMETRYCOLLECTION, std::move(buffers));
  return geos.made(GEOSUnaryUnion_r(geos.context(), all.get()), "union des tampons");
}

}  // namespace

MetricShape buffer(std::span<const MetricShape> shapes, Metres distance) {
  const Geos geos;
  return geos.shape_of<MetricCoordinate>(buffered(geos, shapes, distance).get());
}

MetricShape band(std::span<const MetricShape> shapes, Metres distance) {
  const Geos geos;
  const auto around = buffered(geos, shapes, distance);
  std::vector<GeometryHandle> members;
  for (const auto& shape : shapes) members.push_back(geos.geometry_of(shape));
  const auto all = geos.collection(GEOS_GEOMETRYCOLLECTION, std::move(members));
  const auto own = geos.made(GEOSUnaryUnion_r(geos.context(), all.get()), "union");
  const auto rest = geos.made(GEOSDifference_r(geos.context(), around.get(), own.get()), "bande");
  return geos.shape_of<MetricCoordinate>(rest.get());
}

}  // namespace geoprio::geometry
