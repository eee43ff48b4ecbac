#include "tileserver/http/server.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <future>
#include <latch>
#include <thread>

#include "geo/core/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/tileserver/http/running_server.hpp"
#include "tests/tileserver/service/small_atlas.hpp"

using namespace geoprio;
using namespace geoprio::http;
using geoprio::testing::Client;
using geoprio::testing::RunningServer;
using geoprio::testing::WordTiles;
using namespace std::chrono_literals;

namespace {

ServerOptions two_workers() {
  auto options = testing::on_any_port();
  options.worker_threads = 2;
  return options;
}

/// Over the small atlas.
RunningServer running_server(const ServerOptions& options = two_workers(),
                             std::shared_ptr<WordTiles> tiles = std::make_shared<WordTiles>()) {
  return RunningServer(testing::handler_over(testing::small_snapshot(testing::small_atlas(std::move(tiles)))), options);
}

/// What is said when a server cannot listen; empty when it can.
std::string reason_not_to_listen(const ServerOptions& options) {
  try {
    const Server server(options, Handler{});
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("a connection serves one request after another", "[http]") {
  const auto running = running_server();
  auto client = running.client();
  for (int turn = 0; turn < 3; ++turn) {
    client.get("/health/ready");
    const auto answer = client.receive();
    CHECK(answer.status == 200);
    CHECK(answer.body == R"({"ready":true,"fingerprint":"0123456789abcdef","refusals":2})");
  }
}

TEST_CASE("requests that are sent at once are answered in their order", "[http]") {
  const auto running = running_server();
  auto client = running.client();
  // The first is slow (a worker writes it), the second is answered at once: still the first comes first.
  client.send(
      "GET /collections HTTP/1.1\r\nHost: here\r\n\r\n"
      "GET /health/live HTTP/1.1\r\nHost: here\r\n\r\n"
      "GET /nothing HTTP/1.1\r\nHost: here\r\n\r\n");
  CHECK(client.receive().body.find("\"collections\"") != std::string::npos);
  CHECK(client.receive().body == R"({"live":true})");
  CHECK(client.receive().status == 404);
}

TEST_CASE("HEAD has the head of GET, its length included, and no body", "[http]") {
  const auto running = running_server();
  auto client = running.client();
  client.get("/collections/communes");
  const auto full = client.receive();
  client.send(
      "HEAD /collections/communes HTTP/1.1\r\nHost: here\r\n\r\nGET /health/live HTTP/1.1\r\nHost: here\r\n\r\n");
  const auto head = client.receive(true);
  CHECK(head.status == 200);
  CHECK(head.has("Content-Length: " + std::to_string(full.body.size()) + "\r\n"));
  CHECK(client.receive().body == R"({"live":true})");
}

TEST_CASE("a request that is not whole in time is a 408", "[http]") {
  auto options = two_workers();
  options.request = 50ms;
  const auto running = running_server(options);
  auto client = running.client();
  client.send("GET / HTTP/1.1\r\nHost: he");
  CHECK(client.receive().status == 408);
  CHECK(client.closed());
}

TEST_CASE("a connection without a request is closed after the idle deadline", "[http]") {
  auto options = two_workers();
  options.idle = 50ms;
  const auto running = running_server(options);
  auto client = running.client();
  CHECK(client.closed());
}

TEST_CASE("garbage is a 400 that says so, and the server lives on", "[http]") {
  const auto running = running_server();
  for (const std::string& garbage :
       {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 tls hello\r\n\r\n"), std::string("GET\r\n\r\n"),
        std::string("GET / HTTP/9.9\r\n\r\n"), std::string("GET / HTTP/1.1\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\nHost : a\r\n\r\n"), std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")}) {
    INFO(garbage);
    auto client = running.client();
    client.send(garbage);
    const auto answer = client.receive();
    CHECK(answer.status == 400);
    CHECK(answer.body.find("\"type\":\"urn:geoprio:problem:malformed-request\"") != std::string::npos);
    CHECK(client.closed());
  }
  auto client = running.client();
  client.get("/health/live");
  CHECK(client.receive().status == 200);
}

TEST_CASE("a GET with a body is a 413", "[http]") {
  const auto running = running_server();
  auto client = running.client();
  client.get("/health/live", "Content-Length: 5\r\n");
  CHECK(client.receive().status == 413);
  auto chunked = running.client();
  chunked.get("/health/live", "Transfer-Encoding: chunked\r\n");
  CHECK(chunked.receive().status == 413);
}

TEST_CASE("another method is refused with what is allowed, and its body is not waited for", "[http]") {
  const auto running = running_server();
  auto client = running.client();
  client.send("POST /collections HTTP/1.1\r\nHost: here\r\nContent-Length: 100000\r\n\r\nbegin");
  const auto answer = client.receive();
  CHECK(answer.status == 405);
  CHECK(answer.has("Allow: GET, HEAD, OPTIONS\r\n"));
}

TEST_CASE("an empty line before a request is skipped", "[http]") {
  const auto running = running_server();
  auto client = running.client();
  client.send("\r\nGET /health/live HTTP/1.1\r\nHost: here\r\n\r\n");
  CHECK(client.receive().status == 200);
}

TEST_CASE("an HTTP/1.0 client is answered and let go", "[http]") {
  const auto running = running_server();
  auto client = running.client();
  client.send("GET /health/live HTTP/1.0\r\n\r\n");
  CHECK(client.receive().has("Connection: close"));
  CHECK(client.closed());
}

TEST_CASE("one connection too many is told so", "[http]") {
  auto options = two_workers();
  options.most_connections = 1;
  const auto running = running_server(options);
  auto first = running.client();
  first.get("/health/live");
  CHECK(first.receive().status == 200);
  auto second = running.client();
  const auto answer = second.receive();
  CHECK(answer.status == 503);
  CHECK(answer.has("Retry-After: "));
  CHECK(second.closed());
  first.get("/health/live");
  CHECK(first.receive().status == 200);
}

TEST_CASE("a tile is sent compressed to those who accept it", "[http]") {
  const auto running = running_server();
  auto client = running.client();
  client.get("/xyz/2014.quarters/3/4/2.mvt", "Accept-Encoding: gzip\r\n");
  const auto compressed = client.receive();
  CHECK(compressed.has("Content-Encoding: gzip\r\n"));
  CHECK(compressed.body.substr(0, 2) == "\x1f\x8b");  // RFC 1952 §2.3.1: ID1, ID2
  client.get("/xyz/2014.quarters/3/4/2.mvt");
  const auto plain = client.receive();
  CHECK_FALSE(plain.has("Content-Encoding"));
  CHECK(plain.body.substr(0, 9) == "[0 3/4/2]");
}

TEST_CASE("a hundred clients on one cold tile are one cut on one worker, and the other worker is free", "[http]") {
  constexpr int client_count = 100;
  auto tiles = std::make_shared<WordTiles>();
  std::promise<void> may_end;
  auto end = may_end.get_future().share();
  tiles->while_cutting = [end] { end.wait(); };
  const auto snapshot = testing::small_snapshot(testing::small_atlas(tiles));
  // The cut ends when all hundred wait for it: none of them may hold the thread that the others need.
  std::latch all_have_asked(client_count);
  auto handler = testing::handler_over(snapshot);
  handler.answer_later = [&, later = handler.answer_later](const service::Request& request, service::Reply reply) {
    auto work = later(request, std::move(reply));
    if (request.target.starts_with("/xyz")) all_have_asked.count_down();
    return work;
  };
  RunningServer running(handler, two_workers());
  std::vector<Client> clients;
  for (int number = 0; number < client_count; ++number) {
    clients.push_back(running.client());
    clients.back().get("/xyz/2014.quarters/3/4/2.mvt");
  }
  all_have_asked.wait();
  auto other = running.client();
  other.get("/collections");  // written by a worker
  CHECK(other.receive().status == 200);
  may_end.set_value();
  for (auto& client : clients) CHECK(client.receive().body.substr(0, 9) == "[0 3/4/2]");
  CHECK(tiles->cuts == 1);
  running.stop();
  CHECK(running.ending().get() == Ending::clean);
}

TEST_CASE("a slow tile keeps no quick answer waiting", "[http]") {
  auto tiles = std::make_shared<WordTiles>();
  std::promise<void> may_end;
  auto end = may_end.get_future().share();
  tiles->while_cutting = [end] { end.wait(); };
  auto running = running_server(two_workers(), tiles);
  auto slow = running.client();
  slow.get("/xyz/2014.quarters/3/4/2.mvt");
  auto quick = running.client();
  quick.get("/health/live");
  CHECK(quick.receive().status == 200);
  may_end.set_value();
  CHECK(slow.receive().status == 200);
}

TEST_CASE("a server that is told to stop ends what is under way, closes what is idle and returns", "[http]") {
  auto tiles = std::make_shared<WordTiles>();
  std::promise<void> may_end;
  auto end = may_end.get_future().share();
  std::latch cutting(1);
  tiles->while_cutting = [&cutting, end] {
    cutting.count_down();
    end.wait();
  };
  auto running = running_server(two_workers(), tiles);
  auto idle = running.client();
  idle.get("/health/live");
  CHECK(idle.receive().status == 200);
  auto busy = running.client();
  busy.get("/xyz/2014.quarters/3/4/2.mvt");
  cutting.wait();

  running.stop();
  CHECK(idle.closed());
  CHECK(running.ending().wait_for(0s) == std::future_status::timeout);
  may_end.set_value();
  const auto answer = busy.receive();
  CHECK(answer.status == 200);
  CHECK(answer.has("Connection: close"));
  REQUIRE(running.ending().wait_for(5s) == std::future_status::ready);
  CHECK(running.ending().get() == Ending::clean);
}

TEST_CASE("what takes longer than the shutdown deadline is cut off", "[http]") {
  auto options = two_workers();
  options.shutdown = 50ms;
  auto tiles = std::make_shared<WordTiles>();
  std::promise<void> may_end;
  auto end = may_end.get_future().share();
  std::latch cutting(1);
  tiles->while_cutting = [&cutting, end] {
    cutting.count_down();
    end.wait();
  };
  auto running = running_server(options, tiles);
  auto client = running.client();
  client.get("/xyz/2014.quarters/3/4/2.mvt");
  cutting.wait();
  running.stop();
  REQUIRE(running.ending().wait_for(5s) == std::future_status::ready);
  CHECK(running.ending().get() == Ending::forced);
  CHECK(client.closed());
  may_end.set_value();
}

TEST_CASE("SIGTERM stops the server", "[http]") {
  auto options = two_workers();
  options.stop_on_signals = true;
  auto running = running_server(options);
  auto client = running.client();
  client.get("/health/live");
  CHECK(client.receive().status == 200);
  std::raise(SIGTERM);
  REQUIRE(running.ending().wait_for(5s) == std::future_status::ready);
  CHECK(running.ending().get() == Ending::clean);
}

TEST_CASE("what an answer throws is a 500 and no more", "[http]") {
  Handler handler;
  handler.answer_at_once = [](const service::Request&) { return std::nullopt; };
  handler.answer_later = [](const service::Request&, service::Reply reply) {
    return [reply = std::move(reply)] { reply(Unexpected{std::make_exception_ptr(Error("a broken atlas"))}); };
  };
  handler.body_limit = service::body_limit;
  RunningServer running(handler, two_workers());
  auto client = running.client();
  for (int turn = 0; turn < 2; ++turn) {
    client.get("/");
    const auto answer = client.receive();
    CHECK(answer.status == 500);
    CHECK(answer.body.find("broken") == std::string::npos);  // the reason is for the log
  }
  running.stop();
  CHECK(running.ending().get() == Ending::clean);
}

TEST_CASE("two servers cannot listen on one port, and the error says where", "[http]") {
  const auto running = running_server();
  auto options = two_workers();
  options.port = running.port();
  CHECK(reason_not_to_listen(options).find("127.0.0.1 port " + std::to_string(options.port)) != std::string::npos);
  options.address = "nowhere";
  CHECK(reason_not_to_listen(options).find("nowhere") != std::string::npos);
}
