// The hash that names what an atlas was made of. Private to geo/loading.
#pragma once

#include <span>
#include <string>

#include "geo/loading/loaded_atlas.hpp"

namespace geoprio::loading {

struct Fingerprints {
  std::string of_public, of_whole;  ///< 16 hex digits each
};

/// Over the format's version, the parsed settings and the bytes of every file that they name (a shapefile's companions,
/// an archive's bytes), in the settings' order. Of a source without a file, a database, the snapshot that was `read`:
/// its rows in whatever order, never the connection string. No path, no time: equal on every server.
/// @throws LoadError when a file cannot be read.
Fingerprints fingerprints_of(const AtlasFile& file, std::span<const SourceRecord> read, Language language);

}  // namespace geoprio::loading
