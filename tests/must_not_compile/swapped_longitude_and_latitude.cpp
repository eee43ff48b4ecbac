// Latitude where longitude belongs: the slip that puts Saint-Étienne in the Indian Ocean without an error.
#include "geo/core/lon_lat.hpp"

using namespace geoprio;

LonLat place_of(Longitude lon, Latitude lat) {
#ifdef MISTAKE
  return {.lon = lat, .lat = lon};  // the mistake
#else
  return {.lon = lon, .lat = lat};
#endif
}
