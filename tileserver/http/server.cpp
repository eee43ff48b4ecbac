#include "tileserver/http/server.hpp"

#include <algorithm>
#include <csignal>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "geo/core/error.hpp"
#include "tileserver/http/lane.hpp"
#include "tileserver/http/session.hpp"
#include "tileserver/http/site.hpp"
#include "tileserver/observability/log.hpp"

namespace geoprio::http {
namespace {

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, asio::io_context::executor_type>;

// Beyond the connection limit so many more are told so; past that they are closed without a word.
constexpr std::size_t refused_politely = 64;
// How long to wait before accepting again when the system has no more file descriptors.
constexpr std::chrono::milliseconds pause_after_fault{100};

std::size_t worker_count(unsigned asked) {
  // At least two: a download that is made must not keep a tile waiting.
  return asked > 0 ? asked : std::max(2U, std::thread::hardware_concurrency());
}

asio::ip::tcp::endpoint endpoint_of(const ServerOptions& options) {
  error_code fault;
  const std::string address = options.address == "localhost" ? "127.0.0.1" : options.address;
  const auto place = asio::ip::make_address(address, fault);
  if (fault) throw Error("listen on " + options.address + ": not an IP address; write 127.0.0.1, 0.0.0.0, ::1 or ::");
  return {place, options.port};
}

}  // namespace

struct Server::Parts {
  // Destroyed in reverse: the workers (in `site`) end while the lanes, to which they post, are still there.
  std::vector<std::unique_ptr<Lane>> lanes;
  Site site;
  Acceptor acceptor;
  asio::steady_timer pause;
  asio::signal_set signals, hangups;
  std::size_t next_lane = 0;
  std::optional<TlsIdentity> tls;  ///< on the first lane's thread

  Parts(const ServerOptions& options, Handler handler)
      : lanes(made_lanes(options.io_threads)),
        site(options, std::move(handler), worker_count(options.worker_threads)),
        acceptor(lanes.front()->context),
        pause(lanes.front()->context),
        signals(lanes.front()->context),
        hangups(lanes.front()->context) {
    if (site.options.tls) tls.emplace(*site.options.tls);
    if (!site.options.on_hangup && !tls) return;
    hangups.add(SIGHUP);
    await_hangup();
  }

  void await_hangup() {
    hangups.async_wait([this](error_code fault, int) {
      if (fault) return;
      await_hangup();
      if (site.options.on_hangup) site.options.on_hangup();
      reload_certificate();
    });
  }

  void reload_certificate() {
    if (!tls) return;
    std::string reason;
    try {
      tls->reload();
    } catch (const Error& fault) {
      reason = fault.text().english;
    } catch (const std::exception& fault) {
      reason = fault.what();
    }
    if (site.handler.log == nullptr) return;
    if (reason.empty())
      site.handler.log->event("certificate_loaded", {{"file", site.options.tls->certificate.string()}});
    else
      site.handler.log->event("certificate_kept", {{"reason", reason}});
  }

  static std::vector<std::unique_ptr<Lane>> made_lanes(unsigned count) {
    std::vector<std::unique_ptr<Lane>> made;
    for (unsigned number = 0; number < std::max(1U, count); ++number) made.push_back(std::make_unique<Lane>());
    return made;
  }

  void listen() {
    const auto endpoint = endpoint_of(site.options);
    error_code fault;
    acceptor.open(endpoint.protocol(), fault);
    if (!fault) acceptor.set_option(asio::socket_base::reuse_address(true), fault);
    if (!fault) acceptor.bind(endpoint, fault);
    if (!fault) acceptor.listen(asio::socket_base::max_listen_connections, fault);
    if (fault)
      throw Error("listen on " + site.options.address + " port " + std::to_string(site.options.port) + ": " +
                  fault.message());
  }

  // From here to `stop_accepting`: on the first lane's thread.
  void accept() {
    Lane& lane = *lanes[next_lane];
    next_lane = (next_lane + 1) % lanes.size();
    acceptor.async_accept(lane.context, [this, &lane](error_code fault, Socket socket) {
      if (!acceptor.is_open()) return;
      if (fault) return accept_later();
      accept();  // first: whatever becomes of this one, the next is let in
      welcome(lane, std::move(socket));
    });
  }

  void accept_later() {
    pause.expires_after(pause_after_fault);
    pause.async_wait([this](error_code) {
      if (acceptor.is_open()) accept();
    });
  }

  void welcome(Lane& lane, Socket socket) {
    const std::size_t inside = site.doorkeeper.entered();
    if (inside > site.options.most_connections + refused_politely) return site.doorkeeper.left();
    const bool refused = inside > site.options.most_connections;
    try {
      auto session = std::make_shared<Session>(std::move(socket), site, lane, tls ? tls->current() : nullptr);
      asio::post(lane.context, [session = std::move(session), refused] {
        if (refused)
          session->refuse();
        else
          session->start();
      });
    } catch (...) {
      site.doorkeeper.left();
      throw;
    }
  }

  void stop_accepting() {
    error_code ignored;
    acceptor.close(ignored);
    signals.cancel(ignored);
    hangups.cancel(ignored);
    pause.cancel();
    site.doorkeeper.closed();
  }

  void await_signals() {
    // A client that leaves while a file is sent to it (sendfile takes no MSG_NOSIGNAL) must not end the server, nor a
    // closed pipe on stderr.
    std::signal(SIGPIPE, SIG_IGN);
    if (!site.options.stop_on_signals) return;
    signals.add(SIGINT);
    signals.add(SIGTERM);
    signals.async_wait([this](error_code fault, int) {
      if (!fault) site.doorkeeper.ask_to_stop();
    });
  }

  /// The lane's thread. What a connection's step throws (no memory, say) ends that step, not the server.
  void serve(Lane& lane) {
    while (!lane.context.stopped()) {
      try {
        lane.context.run();
      } catch (const std::exception& fault) {
        if (site.handler.log != nullptr) site.handler.log->event("fault", {{"reason", fault.what()}});
      }
    }
  }

  void stop_sessions() {
    for (auto& lane : lanes)
      asio::post(lane->context, [&lane = *lane] {
        lane.stopping = true;
        // A copy: a session that stops leaves the set.
        const auto sessions = lane.sessions;
        for (const auto& session : sessions) session->stop();
      });
  }
};

Server::Server(const ServerOptions& options, Handler handler)
    : parts_(std::make_unique<Parts>(options, std::move(handler))) {
  parts_->listen();
  // Here, not in run(): who sees the port may ask to stop at once.
  parts_->await_signals();
}

Server::~Server() { parts_->site.workers.join(); }

std::uint16_t Server::port() const { return parts_->acceptor.local_endpoint().port(); }

void Server::in_spare_time(std::function<bool()> step) {
  asio::post(parts_->site.workers, [this, step = std::move(step)]() mutable {
    auto& site = parts_->site;
    if (site.doorkeeper.is_stopping()) return;
    try {
      if (!step()) return;
    } catch (const std::exception& fault) {
      if (site.handler.log != nullptr) site.handler.log->event("fault", {{"reason", fault.what()}});
      return;
    }
    in_spare_time(std::move(step));
  });
}

void Server::stop() { parts_->site.doorkeeper.ask_to_stop(); }

Ending Server::run() {
  auto& parts = *parts_;
  parts.accept();
  std::vector<std::jthread> threads;
  for (auto& lane : parts.lanes) threads.emplace_back([&parts, &lane = *lane] { parts.serve(lane); });

  parts.site.doorkeeper.wait_for_stop();
  asio::post(parts.lanes.front()->context, [&parts] { parts.stop_accepting(); });
  parts.stop_sessions();
  const bool all_left = parts.site.doorkeeper.wait_for_all_to_leave(parts.site.options.shutdown);
  for (auto& lane : parts.lanes) {
    if (!all_left)
      asio::post(lane->context, [&lane = *lane] {
        const auto sessions = lane.sessions;
        for (const auto& session : sessions) session->abort();
      });
    // What is posted still runs; then there is nothing left to wait for.
    asio::post(lane->context, [&lane = *lane] { lane.context.stop(); });
  }
  return all_left ? Ending::clean : Ending::forced;
}

}  // namespace geoprio::http
