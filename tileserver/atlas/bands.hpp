// Land within some metres of a tier, the tier included: the partition takes the tier out, exactly, by its faces.
#pragma once

#include <string>
#include <vector>

#include "geo/core/shape.hpp"
#include "geo/loading/loaded_atlas.hpp"

namespace geoprio::atlas {

/// The land within `metres` of `quarters`, theirs included, measured in the atlas's metric CRS and brought back to the
/// grid. Not the band itself: its inner border would come back up to 0.7 unit off the tier's.
/// Empty when there is no quarter.
/// @throws Error when the quarters or their band leave the metric CRS's area of use, with the reason.
DegreeShape land_within(const std::vector<DegreeShape>& quarters, Metres metres, const std::string& metric_crs,
                        Language language);

}  // namespace geoprio::atlas
