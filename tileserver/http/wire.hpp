// What the bytes of a connection go through: TCP as it is, or TLS over it.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

#include <boost/asio/ssl/stream.hpp>

#include "tileserver/cache/kept_bytes.hpp"
#include "tileserver/http/asio.hpp"
#include "tileserver/http/tls.hpp"

namespace geoprio::http {

/// One `if` at each step, and the code behind it is Asio's for that kind of stream: a session is compiled once, and one
/// over TCP does what it did before there was TLS. Thread safety: confined to its lane's thread.
class Wire {
 public:
  explicit Wire(Socket socket) : socket_(std::move(socket)) {}

  [[nodiscard]] Socket& socket() noexcept { return socket_; }
  [[nodiscard]] bool is_secure() const noexcept { return tls_ != nullptr; }

  /// From here on TLS; `handler(error_code)` once the client agrees.
  template <class Handler>
  void async_secure(TlsContext context, Handler handler) {
    context_ = std::move(context);
    tls_ = std::make_unique<Tls>(socket_, *context_);
    tls_->async_handshake(Tls::server, std::move(handler));
  }
  /// TCP again, for a client that never spoke TLS.
  void give_tls_up() { tls_.reset(); }

  template <class Buffers, class Handler>
  void async_read_some(const Buffers& buffers, Handler handler) {
    if (tls_)
      tls_->async_read_some(buffers, std::move(handler));
    else
      socket_.async_read_some(buffers, std::move(handler));
  }
  template <class Buffers, class Handler>
  void async_write(const Buffers& buffers, Handler handler) {
    if (tls_)
      asio::async_write(*tls_, buffers, std::move(handler));
    else
      asio::async_write(socket_, buffers, std::move(handler));
  }
  /// What the system takes without waiting: nothing over TLS, where half a record cannot be given back.
  template <class Buffers>
  std::size_t write_at_once(const Buffers& buffers, error_code& fault) {
    if (tls_) return 0;
    const std::size_t written = socket_.write_some(buffers, fault);
    if (fault == asio::error::would_block) fault = {};
    return written;
  }
  /// The same of a head and `count` bytes of a file after it, which are not copied. Not over TLS.
  std::size_t send_at_once(std::string_view head, cache::FilePart file, std::size_t count, error_code& fault);
  /// No more is sent. Over TLS the client is told first, so that it can tell the end from a cut: the socket does not
  /// block, so this does not wait for the client's own farewell. Not while a write is under way.
  void end_sending() {
    error_code ignored;
    if (tls_) tls_->shutdown(ignored);
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  }
  /// Closes so that the client sees that something went wrong, though all that was sent looks whole.
  void reset() {
    error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
  }
  void close() {
    error_code ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

 private:
  using Tls = asio::ssl::stream<Socket&>;
  // Destroyed in reverse: the stream ends before what it borrows.
  Socket socket_;
  TlsContext context_;
  std::unique_ptr<Tls> tls_;
};

}  // namespace geoprio::http
