// A server on a port of its own, as the tests of connections need one.
#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "tests/tileserver/http/client.hpp"
#include "tileserver/http/server.hpp"
#include "tileserver/service/service.hpp"

namespace geoprio::testing {

/// Any port that is free; signals are left to the test's program.
inline http::ServerOptions on_any_port(http::ServerOptions options = {}) {
  options.port = 0;
  options.stop_on_signals = false;
  return options;
}

/// Answers everything on the connection's thread.
inline http::Handler at_once(std::function<std::optional<service::Response>(const service::Request&)> answer,
                             std::size_t body_limit = 0) {
  http::Handler handler;
  handler.answer_at_once = std::move(answer);
  handler.body_limit = [body_limit](std::string_view, std::string_view) { return body_limit; };
  return handler;
}

/// Answers out of a snapshot, as the application does.
inline http::Handler handler_over(std::shared_ptr<const service::Snapshot> snapshot) {
  http::Handler handler;
  handler.answer_at_once = [snapshot](const service::Request& request) { return answer_at_once(request, *snapshot); };
  handler.answer_later = [snapshot](const service::Request& request, service::Reply reply) {
    return service::answer_later(request, snapshot, std::move(reply));
  };
  handler.body_limit = service::body_limit;
  handler.refused_by_header = [snapshot = std::move(snapshot)](const service::Request& request) {
    return service::refused_by_header(request, *snapshot);
  };
  return handler;
}

/// Runs until it goes out of scope.
class RunningServer {
 public:
  explicit RunningServer(http::Handler handler, const http::ServerOptions& options = on_any_port())
      : server_(options, std::move(handler)),
        ending_(std::async(std::launch::async, [this] { return server_.run(); })) {}
  ~RunningServer() {
    server_.stop();
    if (ending_.valid()) ending_.wait();
  }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  [[nodiscard]] Client client() const { return Client(port()); }
  void stop() { server_.stop(); }
  std::future<http::Ending>& ending() { return ending_; }

 private:
  http::Server server_;
  std::future<http::Ending> ending_;
};

}  // namespace geoprio::testing
