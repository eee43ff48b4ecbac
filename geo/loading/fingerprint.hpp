// The hash that names what an atlas was made of. Private to geo/loading.
#pragma once

#include <string>

#include "geo/loading/atlas_file.hpp"

namespace geoprio::loading {

struct Fingerprints {
  std::string of_public, of_whole;  ///< 16 hex digits each
};

/// Over the format's version, the parsed settings and the bytes of every file that they name (a shapefile's companions,
/// an archive's bytes), in the settings' order. No path, no time: equal on every server. Of a database only the
/// settings are hashed: what it holds is not.
/// @throws LoadError when a file cannot be read.
Fingerprints fingerprints_of(const AtlasFile& file, Language language);

}  // namespace geoprio::loading
