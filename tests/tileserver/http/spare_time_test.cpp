#include <csignal>
#include <future>
#include <latch>
#include <string>
#include <vector>

#include "geo/core/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/tileserver/http/running_server.hpp"
#include "tests/tileserver/service/small_atlas.hpp"

using namespace geoprio;
using namespace geoprio::http;
using geoprio::testing::Client;
using namespace std::chrono_literals;

namespace {

ServerOptions one_worker() {
  auto options = testing::on_any_port();
  options.worker_threads = 1;
  return options;
}

}  // namespace

TEST_CASE("a request goes before the next step of what is done in spare time", "[http]") {
  const auto snapshot = testing::small_snapshot(testing::small_atlas());
  std::vector<std::string> order;  // the only worker's
  std::latch asked(1);
  auto handler = testing::handler_over(snapshot);
  handler.answer_later = [&, later = handler.answer_later](const service::Request& request, service::Reply reply) {
    asked.count_down();
    return [&order, work = later(request, std::move(reply))] {
      order.emplace_back("request");
      work();
    };
  };
  Server server(one_worker(), handler);
  std::promise<void> may_go;
  std::promise<void> ended;
  server.in_spare_time([&, steps = 0, go = may_go.get_future().share()]() mutable {
    order.emplace_back("step");
    go.wait();
    if (++steps < 3) return true;
    ended.set_value();
    return false;
  });
  auto ending = std::async(std::launch::async, [&] { return server.run(); });
  Client client(server.port());
  client.get("/collections");
  asked.wait();
  // Answered by the thread that has just handed the first request to the worker, hence after that.
  Client other(server.port());
  other.get("/health/live");
  CHECK(other.receive().status == 200);
  may_go.set_value();
  CHECK(client.receive().status == 200);
  ended.get_future().wait();
  server.stop();
  CHECK(ending.get() == Ending::clean);
  CHECK(order == std::vector<std::string>{"step", "request", "step", "step"});
}

TEST_CASE("what is done in spare time ends with the server, and by what it throws", "[http]") {
  int steps = 0;
  {
    Server server(one_worker(), testing::handler_over(testing::small_snapshot(testing::small_atlas())));
    std::promise<void> begun;
    server.in_spare_time([&, first = true]() mutable {
      ++steps;
      if (std::exchange(first, false)) begun.set_value();
      return true;
    });
    begun.get_future().wait();
    server.stop();
    CHECK(server.run() == Ending::clean);
  }
  CHECK(steps >= 1);
  Server server(one_worker(), testing::handler_over(testing::small_snapshot(testing::small_atlas())));
  server.in_spare_time([]() -> bool { throw Error("no"); });
  auto ending = std::async(std::launch::async, [&] { return server.run(); });
  Client client(server.port());
  client.get("/collections");  // the worker still works
  CHECK(client.receive().status == 200);
  server.stop();
  CHECK(ending.get() == Ending::clean);
}

TEST_CASE("SIGHUP calls who asked to be told, each time, and ends nothing", "[http]") {
  auto options = one_worker();
  std::promise<void> first, second;
  int calls = 0;
  options.on_hangup = [&] { ++calls == 1 ? first.set_value() : second.set_value(); };
  Server server(options, testing::handler_over(testing::small_snapshot(testing::small_atlas())));
  auto ending = std::async(std::launch::async, [&] { return server.run(); });
  std::raise(SIGHUP);
  first.get_future().wait();
  std::raise(SIGHUP);
  second.get_future().wait();
  server.stop();
  CHECK(ending.get() == Ending::clean);
}
