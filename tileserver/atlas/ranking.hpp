// Ranks the quarters of every edition, previous editions first.
#pragma once

#include <vector>

#include "tileserver/atlas/atlas_builder.hpp"

namespace geoprio::atlas {

/// The editions that `audience` may see, in the file's order, each quarter with its tier. What could not be used (an
/// adopted tier that the rules do not have…) is added to `warnings`.
std::vector<RankedEdition> ranked_editions(const loading::LoadedAtlas& loaded, Audience audience, Language language,
                                           std::vector<std::string>& warnings);

}  // namespace geoprio::atlas
