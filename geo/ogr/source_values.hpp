// From OGR's fields to ours. Private to geo/ogr.
#pragma once

#include <string>
#include <vector>

#include "geo/ogr/gdal.hpp"
#include "geo/ogr/source.hpp"
#include "geo/ogr/text_decoder.hpp"

namespace geoprio::ogr {

std::vector<Field> fields_of(OGRFeatureDefnH definition, TextDecoder& decoder);

/// The value of one field: dates in ISO 8601, lists joined by ";", nulls, NaN and binary as unknown.
AttributeValue value_of(OGRFeatureH feature, int index, TextDecoder& decoder);

}  // namespace geoprio::ogr
