// The options of `serve` that say how it is reached: address, proxies, TLS.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/language.hpp"
#include "tileserver/http/address_range.hpp"
#include "tileserver/http/tls_files.hpp"

namespace CLI {
class App;
}

namespace geoprio {

struct NetworkOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;                        ///< 0: the system chooses one, which the log tells
  std::string public_url;                           ///< without a trailing slash; empty: the request's Host
  std::vector<http::AddressRange> trusted_proxies;  ///< whose Forwarded headers count
  std::optional<http::TlsFiles> tls;                ///< absent: no TLS

  /// `/geoprio`, when the public URL has a path; without a trailing slash.
  [[nodiscard]] std::string path_prefix() const;
  /// What the log shows to be opened, on that port.
  [[nodiscard]] std::string local_url(std::uint16_t on_port) const;
};

/// Adds them to a command, each with its environment variable.
void add_network(CLI::App& command, NetworkOptions& options, Language language);

}  // namespace geoprio
