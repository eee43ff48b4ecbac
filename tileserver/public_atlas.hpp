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

/// At the start of the process: arrays of megabytes then lie outside the heap and leave with their last use. Else glibc
/// puts them into the heap from the second one on, and a load's peak is a fifth higher (nation: 380 MB, not 291).
void keep_large_arrays_out_of_the_heap();

/// After a load: it leaves its garbage all over the heap, and glibc keeps what is not at a heap's end. The nation's
/// 35,357 communes: 271 MB resident before, 187 MB after.
void give_memory_back();

}  // namespace geoprio
