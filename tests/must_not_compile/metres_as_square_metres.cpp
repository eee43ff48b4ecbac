// A length where an area belongs.
#include "geo/core/ellipsoid_area.hpp"

using namespace geoprio;

SquareMetres land_and_border(const DegreeShape& land, [[maybe_unused]] Metres border) {
#ifdef MISTAKE
  return ellipsoid_area(land) + border;  // the mistake
#else
  return ellipsoid_area(land) + SquareMetres(1.0);
#endif
}
