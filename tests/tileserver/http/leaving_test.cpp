#include <future>
#include <optional>
#include <stop_token>
#include <utility>

#include "tests/support/catch.hpp"
#include "tests/tileserver/http/client.hpp"
#include "tileserver/http/server.hpp"

using namespace geoprio;
using namespace geoprio::http;
using geoprio::testing::Client;
using namespace std::chrono_literals;

TEST_CASE("a worker is told when the client of its answer has left", "[http]") {
  std::promise<void> begun, told;
  const auto heard = told.get_future().share();
  Handler handler;
  handler.answer_at_once = [](const service::Request&) { return std::nullopt; };
  handler.answer_later = [&, heard](const service::Request& request, service::Reply reply) {
    return [&, heard, reply = std::move(reply)] {
      const std::stop_callback on_leaving(request.left, [&] { told.set_value(); });
      begun.set_value();
      heard.wait_for(10s);
      reply(service::Response{});
    };
  };
  handler.body_limit = [](std::string_view, std::string_view) { return std::size_t{0}; };
  ServerOptions options;
  options.port = 0;
  options.stop_on_signals = false;
  Server server(options, handler);
  auto ending = std::async(std::launch::async, [&] { return server.run(); });
  auto started = begun.get_future();
  {
    Client client(server.port());
    client.get("/");
    REQUIRE(started.wait_for(10s) == std::future_status::ready);
  }
  CHECK(heard.wait_for(10s) == std::future_status::ready);
  server.stop();
  CHECK(ending.get() == Ending::clean);
}
