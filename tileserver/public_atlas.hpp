// The atlas that everyone sees, and the one that staff see, from its sources or built already: at the start and at
// every reload.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "geo/core/language.hpp"
#include "geo/domain/consultation.hpp"
#include "geo/loading/load.hpp"
#include "tileserver/cli.hpp"
#include "tileserver/observability/log.hpp"
#include "tileserver/service/snapshot.hpp"

namespace geoprio {

struct PublicAtlas {
  service::SnapshotParts parts;
  std::string store;                           ///< of contributions: a path or a connection; empty: there is none
  std::vector<std::filesystem::path> sources;  ///< the atlas file and the files that it names; a database is not one
};

/// Loads, ranks, cuts and groups, or maps a built file; logs each refusal. What was loaded and cut for it is gone when
/// this returns.
/// @throws Error when the atlas is unusable, or has refusals and `options.strict` is set.
[[nodiscard]] PublicAtlas public_atlas(const ServeOptions& options, const loading::LoadOptions& load_options,
                                       observability::Log& log);

/// The store of contributions as OGR opens it: a file's place follows the atlas file, or the built one. Empty: none.
[[nodiscard]] std::string store_beside(const std::filesystem::path& file, const domain::Consultation& consultation);

}  // namespace geoprio
