// What a proxy in front of the server does to addresses, over real connections.
#include <future>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/tileserver/http/client.hpp"
#include "tests/tileserver/service/small_atlas.hpp"
#include "tileserver/http/server.hpp"

using namespace geoprio;
using namespace geoprio::http;
using geoprio::testing::Client;

namespace {

/// Over the small atlas, on the loopback address.
class Running {
 public:
  explicit Running(ServerOptions options) : server_(with_port(std::move(options)), handler()) {
    ending_ = std::async(std::launch::async, [this] { return server_.run(); });
  }
  ~Running() {
    server_.stop();
    ending_.wait();
  }
  [[nodiscard]] int status(const std::string& target) const { return answer(target, {}).status; }
  [[nodiscard]] std::string body(const std::string& target, const std::string& fields) const {
    return answer(target, fields).body;
  }

 private:
  static ServerOptions with_port(ServerOptions options) {
    options.port = 0;
    options.stop_on_signals = false;
    return options;
  }
  static Handler handler() {
    Handler handler;
    handler.answer_at_once = [snapshot = testing::small_snapshot(testing::small_atlas())](
                                 const service::Request& request) -> std::optional<service::Response> {
      return service::answer(request, *snapshot);
    };
    handler.body_limit = service::body_limit;
    return handler;
  }
  [[nodiscard]] testing::Received answer(const std::string& target, const std::string& fields) const {
    Client client(server_.port());
    client.get(target, fields);
    return client.receive();
  }
  Server server_;
  std::future<Ending> ending_;
};

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
  const Running running(options);
  for (const auto* there : {"/geoprio/health/live", "/health/live", "/geoprio", "/geoprio/", "/geoprio?f=json", "/"})
    CHECK(running.status(there) == 200);
  for (const auto* absent : {"/geoprios/health/live", "/geoprio/geoprio/health/live", "/geo"})
    CHECK(running.status(absent) == 404);
}

TEST_CASE("what a client says of its origin counts when its address is trusted", "[proxy]") {
  ServerOptions trusting;
  trusting.trusted_proxies = {range("192.0.2.0/24"), range("127.0.0.0/8")};
  CHECK(Running(trusting).body("/collections", said_by_a_proxy).find("\"https://carto.example.fr/collections\"") !=
        std::string::npos);
  ServerOptions wary;
  wary.trusted_proxies = {range("192.0.2.0/24")};
  CHECK(Running(wary).body("/collections", said_by_a_proxy).find("carto.example.fr") == std::string::npos);
}
