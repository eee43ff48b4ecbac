// A point of the drawing where a point on the Earth belongs: both are two int32, and mean nothing to each other.
#include "geo/core/ellipsoid_area.hpp"
#include "geo/projection/web_mercator.hpp"

using namespace geoprio;

Metres drawn_length(DegreePoint from, DegreePoint to) {
#ifdef MISTAKE
  return local_length(from, projection::on_mercator_grid(to));  // the mistake
#else
  return local_length(from, to);
#endif
}
