// The load report as people read it.
#pragma once

#include <string>
#include <vector>

#include "geo/core/language.hpp"
#include "geo/loading/loaded_atlas.hpp"

namespace geoprio::loading {

/// One table of sources, then repairs, refusals and warnings, each with what to do. Ends with a line end.
std::string report_table(const LoadReport& report, Language language);

/// Rows under a heading, columns as wide as their widest cell (in characters, not bytes), numbers to the right.
std::string aligned_table(const std::vector<std::vector<std::string>>& rows);

}  // namespace geoprio::loading
