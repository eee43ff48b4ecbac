// No mistake at all, announced as one: the script must complain, or it would never complain.
#include "geo/core/quantity.hpp"

geoprio::Metres band_width() {
#ifdef MISTAKE
  return geoprio::Metres(300.0);  // the mistake
#else
  return geoprio::Metres(300.0);
#endif
}
