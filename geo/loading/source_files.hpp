// The files on this machine that a location stands for.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace geoprio::loading {

/// The file, its companions (a shapefile's .dbf), the archive, or the files of the folder, in an order that every
/// server has. Empty for a database, an address of the network, and a file that is not there.
std::vector<std::filesystem::path> files_behind(const std::string& location);

}  // namespace geoprio::loading
