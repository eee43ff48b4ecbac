// Areas and lengths on the Earth's ellipsoid of edges that are straight in longitude and latitude.
#pragma once

#include "geo/core/grid_point.hpp"
#include "geo/core/quantity.hpp"
#include "geo/core/shape.hpp"

namespace geoprio {

/// The signed area between an edge and the equator on the WGS 84 ellipsoid: positive when the edge goes east in the
/// northern hemisphere. The edge is straight in longitude and latitude and does not cross the antimeridian. Summed
/// CLOCKWISE around a ring this is its area. On GRS 80 the value differs by less than 1e-10 of itself.
///
/// The integral over longitude of the area per radian between the equator and latitude φ,
/// b²/2 (sin φ / (1 - e² sin² φ) + artanh(e sin φ) / e), exact for a band (Snyder 1987, formulas 3-12 and 3-18), by
/// three Gauss-Legendre points on every degree of latitude or less: the rule's error is under 1e-16 of the value.
SquareMetres area_under(DegreePoint from, DegreePoint to);

/// The area that a ring surrounds: positive when it is anticlockwise with north up.
SquareMetres ellipsoid_area(const Ring<DegreePoint>& ring);
/// Shells less holes; the rings' orientations do not matter.
SquareMetres ellipsoid_area(const DegreeShape& shape);

/// The length of a short edge by the ellipsoid's radii of curvature at its middle: within 1e-4 up to 50 km.
Metres local_length(DegreePoint from, DegreePoint to);

}  // namespace geoprio
