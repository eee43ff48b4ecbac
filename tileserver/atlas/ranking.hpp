// Ranks the quarters of every edition, previous editions first.
#pragma once

#include <vector>

#include "tileserver/atlas/atlas_builder.hpp"

namespace geoprio::atlas {

/// The editions that `audience` may see, in the file's order, each quarter with its tier.
/// @throws Error when an edition cannot be ranked (an adopted tier that its rules do not have…).
std::vector<RankedEdition> ranked_editions(const loading::LoadedAtlas& loaded, Audience audience);

}  // namespace geoprio::atlas
