// The certificate and the key that a server has for TLS, as files.
#pragma once

#include <filesystem>

namespace geoprio::http {

/// Both PEM: the certificate with those that lead from it to a root that clients know, and its private key.
struct TlsFiles {
  std::filesystem::path certificate, key;
};

/// @throws Error when a file cannot be read, or the key is not that of the certificate, with what to do.
void require_usable(const TlsFiles& files);

}  // namespace geoprio::http
