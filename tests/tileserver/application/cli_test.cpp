#include "tileserver/cli.hpp"

#include <cstdlib>
#include <initializer_list>
#include <vector>

#include "tests/support/catch.hpp"

using namespace geoprio;

namespace {

Command parsed(std::initializer_list<const char*> words) {
  std::vector<const char*> arguments{"geoprio"};
  arguments.insert(arguments.end(), words);
  return parsed_command(static_cast<int>(arguments.size()), arguments.data(), Language::french);
}

int exit_code(const Command& command) {
  const auto* finished = std::get_if<Finished>(&command);
  return finished != nullptr ? finished->exit_code : -1;
}

/// An environment variable for the length of a test.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
  ~Variable() { ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
};

}  // namespace

TEST_CASE("serve listens on the loopback interface unless told otherwise", "[cli]") {
  const auto command = parsed({"serve", "atlas"});
  const auto& options = std::get<ServeOptions>(command);
  CHECK(options.atlas == "atlas");
  CHECK(options.address == "127.0.0.1");
  CHECK(options.port == 8080);
  CHECK(options.access_log);
  CHECK_FALSE(options.strict);
  CHECK_FALSE(options.watch);
  CHECK_FALSE(options.allow_refusals);
}

TEST_CASE("reloads are asked for by name", "[cli]") {
  const auto command = parsed({"serve", "atlas", "--watch", "--allow-refusals"});
  CHECK(std::get<ServeOptions>(command).watch);
  CHECK(std::get<ServeOptions>(command).allow_refusals);
}

TEST_CASE("an IPv6 address is written in brackets", "[cli]") {
  const auto command = parsed({"serve", "atlas", "--listen", "[::1]:90"});
  CHECK(std::get<ServeOptions>(command).address == "::1");
  CHECK(std::get<ServeOptions>(command).port == 90);
}

TEST_CASE("an option may come from the environment, and the command line goes first", "[cli]") {
  const Variable variable("GEOPRIO_LISTEN", "127.0.0.1:8001");
  CHECK(std::get<ServeOptions>(parsed({"serve", "atlas"})).port == 8001);
  CHECK(std::get<ServeOptions>(parsed({"serve", "atlas", "--listen", "127.0.0.1:8002"})).port == 8002);
}

TEST_CASE("a public URL loses its last slash, and must be one", "[cli]") {
  CHECK(std::get<ServeOptions>(parsed({"serve", "a", "--public-url", "https://cartes.example/geo/"})).public_url ==
        "https://cartes.example/geo");
  CHECK(exit_code(parsed({"serve", "a", "--public-url", "cartes.example"})) == 2);
}

TEST_CASE("help ends with 0, a wrong command line with 2", "[cli]") {
  CHECK(exit_code(parsed({"--help"})) == 0);
  CHECK(exit_code(parsed({"serve", "--help"})) == 0);
  CHECK(exit_code(parsed({})) == 2);
  CHECK(exit_code(parsed({"serve"})) == 2);
  CHECK(exit_code(parsed({"serve", "a", "--listen", "8080"})) == 2);
  CHECK(exit_code(parsed({"serve", "a", "--listen", "127.0.0.1:70000"})) == 2);
  CHECK(exit_code(parsed({"check", "a", "--lissten", "x"})) == 2);
}
