// What a layer says of its coordinate reference system. Private to geo/ogr.
#pragma once

#include <optional>
#include <string>

#include "geo/ogr/gdal.hpp"
#include "geo/ogr/source.hpp"

namespace geoprio::ogr {

/// Nothing for no CRS, a local one, or one that calls itself undefined.
std::optional<SourceCrs> crs_of(OGRSpatialReferenceH reference, const std::string& driver);

/// True when the layer hands out northing (latitude) before easting: its coordinates are then to be swapped.
bool northing_comes_first(OGRSpatialReferenceH reference);

}  // namespace geoprio::ogr
