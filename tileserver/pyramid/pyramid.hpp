// All tiles of some layers, from zoom 0 down, into an archive.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tileserver/atlas/atlas.hpp"
#include "tileserver/pyramid/archive.hpp"

namespace geoprio::pyramid {

struct PyramidOptions {
  std::vector<std::size_t> layers;  ///< numbers in the atlas, in the order that tiles have them
  unsigned max_zoom = 0;            ///< at most the atlas's
  std::string metadata;             ///< JSON for the archive
  std::function<void(std::size_t done, std::size_t total)> progress;  ///< tiles looked at; may be empty
};

/// The numbers of the tiles whose buffered boxes meet a feature's bounds, ascending: those that may hold something.
std::vector<std::uint64_t> tiles_worth_cutting(const atlas::Atlas& atlas, const std::vector<std::size_t>& layers,
                                               unsigned max_zoom);

/// Cuts on all cores; empty tiles are left out.
/// @throws Error when the file cannot be written; nothing is left then.
ArchiveSummary write_pyramid(const atlas::Atlas& atlas, const PyramidOptions& options,
                             const std::filesystem::path& file);

}  // namespace geoprio::pyramid
