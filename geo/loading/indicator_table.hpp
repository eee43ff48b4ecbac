// Indicators by quarter from any table, numbers as French offices write them. Private to geo/loading.
#pragma once

#include <optional>
#include <string_view>

#include "geo/loading/load.hpp"

namespace geoprio::loading {

/// "4 713", "47,57", "1 234,5 %"… ; nothing for what is no number.
std::optional<double> french_number(std::string_view text);

/// True for what published tables write in an empty cell: nothing, NA, N/A, nd, ns, s, c, -, .., #N/A, in any case.
bool means_missing(std::string_view text);

/// Reads the table and gives each quarter its values; what does not match is told in the report's warnings.
/// @throws LoadError when the key or a mapped column is not there; SourceError when the table cannot be read.
void read_indicators(const AtlasFile& file, LoadedEdition& edition, const LoadOptions& options, LoadReport& report);

}  // namespace geoprio::loading
