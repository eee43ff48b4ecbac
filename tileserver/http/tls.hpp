// TLS as connections take it.
#pragma once

#include <memory>
#include <utility>

#include <boost/asio/ssl/context.hpp>

#include "tileserver/http/asio.hpp"
#include "tileserver/http/tls_files.hpp"

namespace geoprio::http {

/// What a connection needs of it until it ends. Thread safety: immutable.
using TlsContext = std::shared_ptr<asio::ssl::context>;

/// TLS 1.2 and later, and HTTP/1.1 inside it (ALPN).
/// @throws Error as `require_usable`.
[[nodiscard]] TlsContext tls_context(const TlsFiles& files);

/// Whether a handshake failed because the client spoke HTTP as if there were no TLS.
[[nodiscard]] bool speaks_plain_http(const error_code& fault) noexcept;

/// The server's certificate and key, read anew when they are replaced.
/// Thread safety: confined to the thread that accepts connections.
class TlsIdentity {
 public:
  explicit TlsIdentity(TlsFiles files) : files_(std::move(files)), context_(tls_context(files_)) {}

  /// Connections that are open keep the one that they began with.
  [[nodiscard]] const TlsContext& current() const noexcept { return context_; }
  /// @throws Error as `require_usable`; what there was stays.
  void reload() { context_ = tls_context(files_); }

 private:
  TlsFiles files_;
  TlsContext context_;
};

}  // namespace geoprio::http
