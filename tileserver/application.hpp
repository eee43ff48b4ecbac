// The commands, each from its options to the process's exit code.
#pragma once

#include "geo/core/language.hpp"
#include "tileserver/cli.hpp"

namespace geoprio {

inline constexpr int exit_clean = 0;
inline constexpr int exit_refusals = 1;
inline constexpr int exit_unusable = 2;

/// Loads the atlas and serves it until SIGTERM or SIGINT.
/// @throws Error when the atlas is unusable or the address cannot be bound.
int serve(const ServeOptions& options, Language language);

/// Prints the load report on standard output.
/// @throws Error when the atlas is unusable.
int check(const CheckOptions& options, Language language);

/// Writes the loaded atlas into one file, which takes the place of its sources, and prints the load report.
/// @throws Error when the atlas is unusable or the file cannot be written.
int build(const BuildOptions& options, Language language);

/// Writes the public atlas's tiles into an archive and says on standard output what is in it.
/// @throws Error when the atlas is unusable, a layer is unknown or the file cannot be written.
int tiles(const TilesOptions& options, Language language);

/// Makes, lists or revokes staff tokens in the atlas's store, whether or not a server holds it.
/// @throws Error when the atlas has no store, the store cannot be written, or there is no such token.
int token(const TokenOptions& options, Language language);

}  // namespace geoprio
