// Degrees where metres belong: a buffer of half a degree is not one of half a metre.
#include "geo/core/lon_lat.hpp"
#include "geo/geometry/buffers.hpp"

using namespace geoprio;

MetricShape widened(const MetricShape& shape, [[maybe_unused]] Latitude half_a_degree) {
#ifdef MISTAKE
  return geometry::buffer({&shape, 1}, half_a_degree);  // the mistake
#else
  return geometry::buffer({&shape, 1}, Metres(0.5));
#endif
}
