// From the words of an atlas file to what GDAL opens. Private to geo/ogr.
#pragma once

#include <string>
#include <string_view>

namespace geoprio::ogr {

/// The name GDAL opens: for a local `.zip`, the dataset inside (the one whose stem is `layer` when there are several);
/// anything else as it is.
/// @throws SourceError when a local file is missing, or a `.zip` holds no dataset or several.
std::string openable_name(const std::string& location, const std::string& layer);

/// True for the connection strings that GDAL hands to PostgreSQL's client: `PG:…`, `postgresql://…`.
bool is_postgresql(const std::string& location);

/// `text` with the passwords of connection strings and URLs replaced by ***: for messages and logs.
std::string without_passwords(std::string_view text);

}  // namespace geoprio::ogr
