// Where the parts meet: one of the three places that catch exceptions.

#include <cstdlib>
#include <exception>
#include <iostream>
#include <variant>

#include "geo/core/error.hpp"
#include "geo/core/heap.hpp"
#include "geo/core/language.hpp"
#include "tileserver/application.hpp"
#include "tileserver/cli.hpp"

namespace {

using namespace geoprio;

/// A database that takes the connection and says nothing would hold a load, or a reload, for ever. The operator's own
/// choice stands.
void bound_the_wait_for_databases() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): called at the start, before there are threads
  ::setenv("PGCONNECT_TIMEOUT", "10", /*overwrite=*/0);
}

int run(const Finished& finished, Language) { return finished.exit_code; }
int run(const ServeOptions& options, Language language) { return serve(options, language); }
int run(const CheckOptions& options, Language language) { return check(options, language); }
int run(const BuildOptions& options, Language language) { return build(options, language); }
int run(const TilesOptions& options, Language language) { return tiles(options, language); }
int run(const TokenOptions& options, Language language) { return token(options, language); }

}  // namespace

int main(int argc, char* argv[]) {
  settle_heap();
  bound_the_wait_for_databases();
  const Language language = language_of_environment();
  try {
    return std::visit([language](const auto& command) { return run(command, language); },
                      parsed_command(argc, argv, language));
  } catch (const Error& error) {
    std::cerr << "geoprio: " << in(language, error.text()) << '\n';
    return exit_unusable;
  } catch (const std::exception& error) {
    std::cerr << "geoprio: " << error.what() << '\n';
    return exit_unusable;
  }
}
