// Reads everything an atlas file names.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "geo/core/language.hpp"
#include "geo/loading/loaded_atlas.hpp"

namespace geoprio::loading {

struct LoadProgress {
  std::string what;       ///< the set or edition being read
  std::size_t done = 0;   ///< features
  std::size_t total = 0;  ///< 0: not known
};

struct LoadOptions {
  Language language = Language::french;
  std::function<void(const LoadProgress&)> progress;  ///< may be empty; called once in a while, on the caller's thread
};

/// Features that cannot be used are refused and reported; the rest is loaded.
/// @throws LoadError (or ogr::SourceError) when the atlas file is wrong, a file is unreadable, or an edition has no
/// quarter left.
LoadedAtlas load(const std::filesystem::path& place, const LoadOptions& options = {});

}  // namespace geoprio::loading
