// A Web Mercator shape where the metric plane belongs: its "300 m" are 210 m at Saint-Étienne.
#include "geo/geometry/buffers.hpp"

using namespace geoprio;

MetricShape band_around(const MultiPolygon<Coordinate<WebMercatorPlane>>& drawn, const MetricShape& measured) {
#ifdef MISTAKE
  (void)measured;
  return geometry::band(std::span<const MetricShape>(&drawn, 1), Metres(300));  // the mistake
#else
  (void)drawn;
  return geometry::band(std::span<const MetricShape>(&measured, 1), Metres(300));
#endif
}
