// What a quarter's record says beyond its own ranking: neighbours, and how sure its number of people is.
#pragma once

#include <cstddef>

#include "tileserver/atlas/atlas_builder.hpp"

namespace geoprio::atlas {

/// Completes the quarters of the edition's record, which are in the order of the edition's.
void add_surroundings(const CutAtlas& cut, std::size_t edition, EditionRecord& record);

}  // namespace geoprio::atlas
