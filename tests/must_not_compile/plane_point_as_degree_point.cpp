// The partition's plane has no unit of its own: where degrees belong, its caller says that its units are degrees.
#include "geo/core/ellipsoid_area.hpp"
#include "geo/partition/noding.hpp"

using namespace geoprio;

Metres length_of(partition::PlanePoint from, partition::PlanePoint to) {
#ifdef MISTAKE
  return local_length(from, to);  // the mistake
#else
  return local_length({from.x, from.y}, {to.x, to.y});
#endif
}
