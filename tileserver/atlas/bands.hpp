// Bands around a tier: land within some metres of it, the tier itself excluded.
#pragma once

#include <string>
#include <vector>

#include "geo/core/shape.hpp"
#include "geo/loading/loaded_atlas.hpp"

namespace geoprio::atlas {

/// The band of `metres` around the union of `quarters`, measured in the atlas's metric CRS and brought back to the grid.
/// Empty when there is no quarter.
/// @throws Error when the quarters or their band leave the metric CRS's area of use, with the reason.
DegreeShape band_around(const std::vector<DegreeShape>& quarters, Metres metres, const std::string& metric_crs,
                        Language language);

}  // namespace geoprio::atlas
