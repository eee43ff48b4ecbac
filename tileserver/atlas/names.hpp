// The names that `/search` finds: quarters, communes and addresses.
#pragma once

#include <string>

#include "tileserver/atlas/atlas_builder.hpp"
#include "tileserver/search/search_index.hpp"

namespace geoprio::atlas {

/// Quarters of the default edition first, then those of other editions whose code it has not, the latest in the file
/// first; communes; streets with their numbers.
search::SearchIndex names_of(const CutAtlas& cut, const std::string& default_edition);

}  // namespace geoprio::atlas
