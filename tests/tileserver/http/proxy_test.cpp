// What a proxy in front of the server does to addresses, over real connections.
#include <string>

#include "tests/support/catch.hpp"
#include "tests/tileserver/http/running_server.hpp"
#include "tests/tileserver/service/small_atlas.hpp"

using namespace geoprio;
using namespace geoprio::http;
using geoprio::testing::RunningServer;

namespace {

/// Over the small atlas.
RunningServer running_server(const ServerOptions& options) {
  return RunningServer(testing::handler_over(testing::small_snapshot(testing::small_atlas())),
                       testing::on_any_port(options));
}

testing::Received answer(const RunningServer& running, const std::string& target, const std::string& fields = {}) {
  auto client = running.client();
  client.get(target, fields);
  return client.receive();
}

AddressRange range(std::string_view text) {
  const auto parsed = AddressRange::parse(text);
  REQUIRE(parsed);
  return *parsed;
}

const std::string said_by_a_proxy = "X-Forwarded-Proto: https\r\nX-Forwarded-Host: carto.example.fr\r\n";

}  // namespace

TEST_CASE("a path that the proxy leaves in front is taken off, and addresses without it are as good", "[proxy]") {
  ServerOptions options;
  options.path_prefix = "/geoprio";
  const auto running = running_server(options);
  for (const auto* there : {"/geoprio/health/live", "/health/live", "/geoprio", "/geoprio/", "/geoprio?f=json", "/"})
    CHECK(answer(running, there).status == 200);
  for (const auto* absent : {"/geoprios/health/live", "/geoprio/geoprio/health/live", "/geo"})
    CHECK(answer(running, absent).status == 404);
}

TEST_CASE("what a client says of its origin counts when its address is trusted", "[proxy]") {
  ServerOptions trusting;
  trusting.trusted_proxies = {range("192.0.2.0/24"), range("127.0.0.0/8")};
  CHECK(answer(running_server(trusting), "/collections", said_by_a_proxy)
            .body.find("\"https://carto.example.fr/collections\"") != std::string::npos);
  ServerOptions wary;
  wary.trusted_proxies = {range("192.0.2.0/24")};
  CHECK(answer(running_server(wary), "/collections", said_by_a_proxy).body.find("carto.example.fr") ==
        std::string::npos);
}
