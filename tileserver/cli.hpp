// The command line: what was asked, parsed and checked, before anything runs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "geo/core/language.hpp"
#include "tileserver/network_options.hpp"

namespace geoprio {

struct ServeOptions {
  std::filesystem::path atlas;
  NetworkOptions network;
  unsigned threads = 1;  ///< I/O threads; workers follow the cores
  bool access_log = true;
  bool strict = false;          ///< refuse to start, or to reload, with refusals
  bool allow_refusals = false;  ///< a reload may refuse more than what is served
  bool watch = false;           ///< reload when a source changes
};

struct CheckOptions {
  std::filesystem::path atlas;
  bool json = false;
  bool verify = false;
};

struct TilesOptions {
  std::filesystem::path atlas;
  std::filesystem::path output;
  std::vector<std::string> layers;   ///< empty: all
  std::optional<unsigned> max_zoom;  ///< absent: the atlas's
};

struct BuildOptions {
  std::filesystem::path atlas;
  std::filesystem::path output;
};

struct TokenOptions {
  enum class Action { create, list, revoke };
  Action action = Action::list;
  std::filesystem::path atlas;
  std::string role, label, expires;  ///< of a new one
  std::string id;                    ///< of the one to revoke
};

/// Nothing to run: help or a usage error was printed; the process ends with this code.
struct Finished {
  int exit_code = 0;
};

using Command = std::variant<Finished, ServeOptions, CheckOptions, BuildOptions, TilesOptions, TokenOptions>;

/// Parses the arguments (options also from the environment: `GEOPRIO_LISTEN` for `--listen`…).
/// Help goes to standard output; usage errors go to standard error with exit code 2.
Command parsed_command(int argc, const char* const* argv, Language language);

}  // namespace geoprio
