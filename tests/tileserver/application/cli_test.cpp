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
  CHECK(options.network.address == "127.0.0.1");
  CHECK(options.network.port == 8080);
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
  CHECK(std::get<ServeOptions>(command).network.address == "::1");
  CHECK(std::get<ServeOptions>(command).network.port == 90);
}

TEST_CASE("an option may come from the environment, and the command line goes first", "[cli]") {
  const Variable variable("GEOPRIO_LISTEN", "127.0.0.1:8001");
  CHECK(std::get<ServeOptions>(parsed({"serve", "atlas"})).network.port == 8001);
  CHECK(std::get<ServeOptions>(parsed({"serve", "atlas", "--listen", "127.0.0.1:8002"})).network.port == 8002);
}

TEST_CASE("a public URL loses its last slash, and must be one", "[cli]") {
  const auto command = parsed({"serve", "a", "--public-url", "https://cartes.example/geo/"});
  CHECK(std::get<ServeOptions>(command).network.public_url == "https://cartes.example/geo");
  CHECK(std::get<ServeOptions>(command).network.path_prefix() == "/geo");
  const auto without_path = parsed({"serve", "a", "--public-url", "http://[::1]:80/"});
  CHECK(std::get<ServeOptions>(without_path).network.public_url == "http://[::1]:80");
  CHECK(std::get<ServeOptions>(without_path).network.path_prefix().empty());
  for (const auto* wrong : {"cartes.example", "ftp://cartes.example", "https://", "https:///geo", "https://a.fr/?b",
                            "https://a.fr/#b", "https://a.fr/b c", "https://a.fr/\"b", "https://me@a.fr"})
    CHECK(exit_code(parsed({"serve", "a", "--public-url", wrong})) == 2);
}

TEST_CASE("proxies to be trusted are given one by one, or in one variable with commas", "[cli]") {
  const auto trusted = [](const Command& command) {
    return std::get<ServeOptions>(command).network.trusted_proxies.size();
  };
  CHECK(trusted(parsed({"serve", "a"})) == 0);
  CHECK(trusted(parsed({"serve", "--trusted-proxy", "127.0.0.1", "--trusted-proxy", "10.0.0.0/8", "a"})) == 2);
  CHECK(exit_code(parsed({"serve", "a", "--trusted-proxy", "10.0.0.1/8"})) == 2);
  const Variable variable("GEOPRIO_TRUSTED_PROXY", "127.0.0.1,2001:db8::/32,::1");
  CHECK(trusted(parsed({"serve", "a"})) == 3);
}

TEST_CASE("a certificate and its key go together", "[cli]") {
  const auto command = parsed({"serve", "a", "--tls-certificate", "c.pem", "--tls-key", "k.pem"});
  const auto& network = std::get<ServeOptions>(command).network;
  REQUIRE(network.tls);
  CHECK(network.tls->certificate == "c.pem");
  CHECK(network.tls->key == "k.pem");
  CHECK(network.local_url(8443) == "https://127.0.0.1:8443/");
  CHECK_FALSE(std::get<ServeOptions>(parsed({"serve", "a"})).network.tls);
  CHECK(exit_code(parsed({"serve", "a", "--tls-certificate", "c.pem"})) == 2);
  CHECK(exit_code(parsed({"serve", "a", "--tls-key", "k.pem"})) == 2);
  const Variable variable("GEOPRIO_TLS_KEY", "k.pem");
  CHECK(std::get<ServeOptions>(parsed({"serve", "a", "--tls-certificate", "c.pem"})).network.tls);
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

TEST_CASE("a token is made with a role, listed, and revoked by its id", "[cli]") {
  const auto created = parsed({"token", "create", "atlas", "--role", "moderator", "--expires", "2027-01-31"});
  const auto& create = std::get<TokenOptions>(created);
  CHECK(create.action == TokenOptions::Action::create);
  CHECK(create.atlas == "atlas");
  CHECK(create.role == "moderator");
  CHECK(create.expires == "2027-01-31");
  const auto revoked = parsed({"token", "revoke", "atlas", "0123abcd"});
  CHECK(std::get<TokenOptions>(revoked).action == TokenOptions::Action::revoke);
  CHECK(std::get<TokenOptions>(revoked).id == "0123abcd");
  CHECK(std::get<TokenOptions>(parsed({"token", "list", "atlas"})).action == TokenOptions::Action::list);
  CHECK(exit_code(parsed({"token", "create", "atlas"})) == 2);
  const Variable other("GEOPRIO_ATLAS", "other");
  CHECK(std::get<TokenOptions>(parsed({"token", "create", "atlas", "--role", "viewer"})).atlas == "atlas");
  CHECK(std::get<TokenOptions>(parsed({"token", "list"})).atlas == "other");
  CHECK(exit_code(parsed({"token", "create", "atlas", "--role", "mayor"})) == 2);
}
