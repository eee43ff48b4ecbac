// Geometries in the JSON tree of a condition: GeoJSON and bbox (21-065r2, annex C). Private to geo/expression.
#pragma once

#include <optional>
#include <string>

#include "geo/core/bilingual.hpp"
#include "geo/core/result.hpp"
#include "geo/expression/json_value.hpp"
#include "geo/expression/spatial.hpp"

namespace geoprio::expression {

/// Whether the value is meant as a geometry: an object with `bbox`, or with `type` and what it holds.
[[nodiscard]] bool is_geometry(const JsonValue& value);

/// The geometry, or what is wrong with it.
[[nodiscard]] Result<SpatialLiteral, BilingualText> geometry_of(const JsonValue& value);

}  // namespace geoprio::expression
