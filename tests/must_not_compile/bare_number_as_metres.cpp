// A bare number where metres belong: the unit has to be written.
#include "geo/core/quantity.hpp"

using namespace geoprio;

Metres band_width() {
#ifdef MISTAKE
  return 300.0;  // the mistake
#else
  return Metres(300.0);
#endif
}
