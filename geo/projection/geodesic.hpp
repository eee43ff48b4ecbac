// Areas and lengths on the ellipsoid of WGS 84 by PROJ's geodesics: exact and slow, the measure of what is quick.
#pragma once

#include "geo/core/lon_lat.hpp"
#include "geo/core/quantity.hpp"
#include "geo/core/shape.hpp"

namespace geoprio::projection {

/// The edges of our shapes are straight in longitude and latitude, geodesics are not: they are cut before they are
/// measured.
inline constexpr Metres geodesic_step{100};

/// Positive when anticlockwise. Edges are cut to pieces of at most `step`.
SquareMetres geodesic_area(const Ring<DegreePoint>& ring, Metres step = geodesic_step);

/// Shells minus holes, whichever way they turn.
SquareMetres geodesic_area(const DegreeShape& shape, Metres step = geodesic_step);

/// Of the closed ring, its edges cut to pieces of at most `step`.
Metres geodesic_length(const Ring<DegreePoint>& ring, Metres step = geodesic_step);

/// The shortest way between two places.
Metres geodesic_distance(LonLat from, LonLat to);

}  // namespace geoprio::projection
