// A bare number where a longitude belongs: nobody has looked whether it is in range.
#include "geo/core/lon_lat.hpp"

using namespace geoprio;

Longitude longitude_from(double degrees) {
#ifdef MISTAKE
  return degrees;  // the mistake
#else
  return Longitude::make(degrees).value_or(Longitude{});
#endif
}
