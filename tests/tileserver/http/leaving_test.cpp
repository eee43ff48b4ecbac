#include <future>
#include <optional>
#include <stop_token>
#include <utility>

#include "tests/support/catch.hpp"
#include "tests/tileserver/http/running_server.hpp"

using namespace geoprio;
using namespace geoprio::http;
using geoprio::testing::RunningServer;
using namespace std::chrono_literals;

namespace {

/// A server whose one worker tells when it begins and when its client leaves, and answers when it is let.
struct Waiting {
  std::promise<void> begun, told, let;
  std::shared_future<void> heard = told.get_future().share();
  std::shared_future<void> may_answer = let.get_future().share();

  std::optional<RunningServer> server;  // after what its worker needs

  Waiting() {
    Handler handler;
    handler.answer_at_once = [](const service::Request&) { return std::nullopt; };
    handler.answer_later = [this](const service::Request& request, service::Reply reply) {
      return [this, left = request.left, reply = std::move(reply)] {
        {
          const std::stop_callback on_leaving(left, [&] {
            told.set_value();
            let.set_value();
          });
          begun.set_value();
          may_answer.wait_for(10s);
        }
        reply(service::Response{});
      };
    };
    handler.body_limit = [](std::string_view, std::string_view) { return std::size_t{0}; };
    server.emplace(std::move(handler));
  }
};

}  // namespace

TEST_CASE("a worker is told when the client of its answer has left", "[http]") {
  Waiting waiting;
  auto started = waiting.begun.get_future();
  {
    auto client = waiting.server->client();
    client.get("/");
    REQUIRE(started.wait_for(10s) == std::future_status::ready);
  }
  CHECK(waiting.heard.wait_for(10s) == std::future_status::ready);
}

TEST_CASE("a client that closes its sending side alone is answered all the same", "[http]") {
  Waiting waiting;
  auto started = waiting.begun.get_future();
  auto client = waiting.server->client();
  client.get("/");
  REQUIRE(started.wait_for(10s) == std::future_status::ready);
  client.end_sending();
  // By this the server asks whether anyone is there still.
  CHECK(client.receive().status == 100);
  CHECK(waiting.heard.wait_for(0s) == std::future_status::timeout);
  waiting.let.set_value();
  CHECK(client.receive().status == 200);
  CHECK(client.closed());
}

TEST_CASE("a client of HTTP/1.0, which knows no interim answer, has left when it ends its sending", "[http]") {
  Waiting waiting;
  auto started = waiting.begun.get_future();
  auto client = waiting.server->client();
  client.send("GET / HTTP/1.0\r\n\r\n");
  REQUIRE(started.wait_for(10s) == std::future_status::ready);
  client.end_sending();
  CHECK(waiting.heard.wait_for(10s) == std::future_status::ready);
}
