// The network side: connections, limits and deadlines around functions that answer.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tileserver/http/address_range.hpp"
#include "tileserver/http/tls_files.hpp"
#include "tileserver/service/request.hpp"
#include "tileserver/service/response.hpp"

namespace geoprio::observability {
class Log;
}

namespace geoprio::http {

struct ServerOptions {
  std::string address = "127.0.0.1";  ///< an IPv4 or IPv6 address, or `localhost`
  std::uint16_t port = 8080;          ///< 0: the system chooses a free one
  unsigned io_threads = 1;            ///< at least 1
  unsigned worker_threads = 0;        ///< 0: one per core, and two at least
  std::size_t most_connections = 1024;
  std::size_t header_limit = 8 * 1024;         ///< bytes of request line and header fields: more is a 431
  std::chrono::milliseconds idle{60'000};      ///< a connection without a request is closed after this
  std::chrono::milliseconds request{10'000};   ///< a request not whole after this is a 408
  std::chrono::milliseconds response{60'000};  ///< a client that has not taken its answer by then is dropped
  std::chrono::milliseconds shutdown{4'500};   ///< what is under way when stopping has so long to end
  bool stop_on_signals = true;                 ///< SIGTERM and SIGINT stop the server
  std::function<void()> on_hangup;             ///< called on an I/O thread at SIGHUP
  std::vector<AddressRange> trusted_proxies;   ///< whose word counts on how a client addressed them
  std::string path_prefix;                     ///< `/geoprio`: taken off targets that begin with it
  std::optional<TlsFiles> tls;                 ///< TLS alone, if there is one; its files are read anew at SIGHUP
};

/// What the server asks for every request. All are called on many threads at once, and what they throw is a 500.
struct Handler {
  /// On the connection's own thread: must not take its time. Nothing: `answer_later` is called.
  std::function<std::optional<service::Response>(const service::Request&)> answer_at_once;
  /// On the connection's own thread too: what a worker must do so that the reply is called, on any thread; empty when
  /// somebody else's work will call it. The request lives until then.
  std::function<std::function<void()>(const service::Request&, service::Reply)> answer_later;
  /// Bytes of body that a request with that method and target may bring.
  std::function<std::size_t(std::string_view method, std::string_view target)> body_limit;
  /// On the connection's own thread: the refusal that no body would change, for a client that waits for leave to send
  /// one. Empty: every body is let in.
  std::function<std::optional<service::Response>(const service::Request&)> refused_by_header;
  observability::Log* log = nullptr;  ///< may be null; outlives the server
};

enum class Ending { clean, forced };

/// HTTP/1.1 over TCP, or over TLS. A connection belongs to one I/O thread; what takes time runs on workers.
/// Thread safety: `stop`, `in_spare_time` and `port` from any thread; the rest from one.
class Server {
 public:
  /// Binds and listens; connections are accepted from now on and answered by `run`.
  /// SIGHUP is left alone when there is nothing to do at it.
  /// @throws Error when the address cannot be listened on, with the system's reason, or TLS's files cannot be used.
  Server(const ServerOptions& options, Handler handler);
  /// Waits for the workers: as long as the slowest answer takes.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// The port that is listened on.
  [[nodiscard]] std::uint16_t port() const;

  /// Serves until `stop` or a signal; then accepts no more, closes what is idle and lets what is under way end.
  /// `forced`: something took longer than `ServerOptions::shutdown` and was cut off; leave by std::_Exit, as a worker
  /// may still be busy.
  [[nodiscard]] Ending run();

  /// Has `step` called on workers until it says false or the server stops: one at a time, each behind whatever requests
  /// wait for a worker, so that none waits for more than the step that is under way. What it throws is logged and ends
  /// it. May be called from any thread.
  void in_spare_time(std::function<bool()> step);

  /// Makes `run` end. May be called before it, more than once, and from any thread.
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace geoprio::http
