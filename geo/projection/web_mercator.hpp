// Web Mercator in closed form (EPSG:3857, method 1024 of EPSG guidance note 7-2), on an integer grid: for drawing,
// never for measuring. Apart from the reprojector, so that tiling needs no PROJ.
#pragma once

#include "geo/core/grid_point.hpp"
#include "geo/core/lon_lat.hpp"

namespace geoprio::projection {

/// The latitude at which the square ends: atan(sinh(pi)) in degrees. Beyond it everything is drawn on the square's
/// edge.
inline constexpr double web_mercator_latitude_limit = 85.0511287798066;

/// The point of the Mercator grid nearest to `place`: 2^-32 of the square's side from its centre, y to the south.
/// Latitudes beyond the limit are clamped to the first or last row; longitude 180 to the last column (2^31 does not
/// fit). East-west it is exact integer arithmetic; north-south one rounding of a double, equal for equal latitudes.
MercatorPoint on_mercator_grid(DegreePoint place) noexcept;

/// The degrees of a grid point; there and back moves a point less than one unit of the coarser grid.
LonLat lon_lat_of(MercatorPoint point) noexcept;

}  // namespace geoprio::projection
