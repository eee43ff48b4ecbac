// From OGR's geometries to ours. Private to geo/ogr.
#pragma once

#include "geo/ogr/gdal.hpp"
#include "geo/ogr/source.hpp"

namespace geoprio::ogr {

/// Fills geometry, point and geometry_name of `feature`; leaves them empty for a null geometry.
void read_geometry(OGRGeometryH geometry, bool northing_first, SourceFeature& feature);

}  // namespace geoprio::ogr
