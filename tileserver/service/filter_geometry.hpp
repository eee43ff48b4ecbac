// Geometries that a filter writes, brought to where features lie: axes, system, validity.
#pragma once

#include "geo/expression/spatial.hpp"
#include "geo/geometry/relations.hpp"
#include "geo/projection/offered_crs.hpp"
#include "tileserver/service/problem.hpp"

namespace geoprio::service {

/// GEOS' name of a relation.
[[nodiscard]] geometry::Relation geos_relation(expression::SpatialRelation relation);

/// The geometry in degrees, ready to be compared. `crs` is the one of filter-crs. The problem (400) of a position that
/// is out of range, of a geometry that is not valid, and of what has no image in degrees.
[[nodiscard]] Result<geometry::ComparedGeometry, Problem> filter_geometry(const expression::SpatialLiteral& literal,
                                                                          const projection::OfferedCrs& crs);

}  // namespace geoprio::service
