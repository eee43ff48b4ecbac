// Degrees where the metric plane belongs: 300 m around a shape in degrees is nothing.
#include "geo/geometry/buffers.hpp"

using namespace geoprio;

MetricShape band_around(const DegreeShape& in_degrees, const MetricShape& in_metres) {
#ifdef MISTAKE
  (void)in_metres;
  return geometry::band(std::span<const MetricShape>(&in_degrees, 1), Metres(300));  // the mistake
#else
  (void)in_degrees;
  return geometry::band(std::span<const MetricShape>(&in_metres, 1), Metres(300));
#endif
}
