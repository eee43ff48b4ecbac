// Where the distance to the limit can be measured. Private to geo/loading.
#pragma once

#include "geo/core/language.hpp"
#include "geo/loading/loaded_atlas.hpp"

namespace geoprio::loading {

/// Refuses the near-limit distance of each quarter outside the area of use of the atlas's metric system, where metres
/// are not metres (DESIGN §8). The quarter itself is kept. With `near_limit_m = 0` nobody asks for that distance.
void refuse_distances_out_of_reach(const AtlasFile& file, const LoadedEdition& edition, LoadReport& report,
                                   Language language);

}  // namespace geoprio::loading
