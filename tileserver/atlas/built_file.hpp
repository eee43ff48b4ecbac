// A loaded atlas in one file (`geoprio build`): mapped at the start, not parsed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "tileserver/atlas/atlas.hpp"
#include "tileserver/atlas/atlas_builder.hpp"

namespace geoprio::atlas {

/// All that serving takes: no source, no partition. Drafts are in it for staff, so it is not for everyone to read.
struct BuiltAtlas {
  PublishedAtlases atlases;  ///< their tiles are cut from networks
  BuildReport report;        ///< what `check` printed when it was built
  std::size_t cache_mb = 64;
};

/// Whether the file begins as built files do, of whatever version.
bool is_built_file(const std::filesystem::path& file);

/// Writes beside the final name (`FILE.part`), and renames: a server that has the former file mapped keeps it, and what
/// is interrupted leaves nothing under the final name. Equal atlases give equal bytes.
/// @throws Error when nothing can be written there, or the disk is full.
void write_built_file(const std::filesystem::path& file, const BuiltAtlas& built);

/// Maps the file and checks that it is whole and of this version. It must not be overwritten in place while it is used,
/// only replaced.
/// @throws Error that says what to do, when it is of another version or machine, damaged, or cannot be read.
BuiltAtlas read_built_file(const std::filesystem::path& file);

}  // namespace geoprio::atlas
