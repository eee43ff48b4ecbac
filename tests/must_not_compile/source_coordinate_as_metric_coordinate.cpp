// A coordinate as its file has it where one of the metric plane belongs: nobody has asked the file's CRS.
#include "geo/core/coordinate.hpp"

using namespace geoprio;

MetricCoordinate measured(SourceCoordinate read) {
#ifdef MISTAKE
  return read;  // the mistake
#else
  return {read.easting, read.northing};
#endif
}
