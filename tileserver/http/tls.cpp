#include "tileserver/http/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509err.h>

#include <boost/asio/ssl/error.hpp>
#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>

#include "geo/core/error.hpp"

namespace geoprio::http {
namespace {

/// RFC 7301 §3.2: a client that offers protocols and not this one is refused.
int choose_http_1_1(SSL* /*connection*/, const unsigned char** chosen, unsigned char* length,
                    const unsigned char* offered, unsigned int offered_length, void* /*unused*/) {
  static constexpr unsigned char ours[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, length, ours, sizeof ours, offered, offered_length) != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

/// OpenSSL would ask for a passphrase on the terminal: a server has none.
int no_passphrase(char* /*text*/, int /*size*/, int /*writing*/, void* /*unused*/) { return -1; }

void require_readable(const std::filesystem::path& path) {
  errno = 0;
  std::ifstream file(path);
  // A folder opens, and gives no byte.
  if (file && file.peek() != std::ifstream::traits_type::eof()) return;
  const std::string name = path.string();
  const std::string reason = errno != 0 ? std::generic_category().message(errno) : "is empty or no file";
  throw Error({name + " : illisible (" + reason + "). Donnez un fichier PEM que ce serveur a le droit de lire.",
               name + ": cannot be read (" + reason + "). Give a PEM file that this server may read."});
}

Error no_certificate(const TlsFiles& files, const error_code& fault) {
  const std::string name = files.certificate.string();
  return Error({name + " : pas un certificat PEM (" + fault.message() +
                    "). Donnez le certificat suivi de ceux de la chaîne (fullchain.pem).",
                name + ": no PEM certificate (" + fault.message() +
                    "). Give the certificate followed by those of its chain (fullchain.pem)."});
}

Error no_key(const TlsFiles& files, const error_code& fault) {
  const std::string name = files.key.string();
  return Error({name + " : pas une clé privée PEM sans mot de passe (" + fault.message() +
                    "). Pour l'ôter : openssl pkey -in CLÉ -out CLÉ_SANS_MOT_DE_PASSE",
                name + ": no PEM private key without a passphrase (" + fault.message() +
                    "). To take it off: openssl pkey -in KEY -out KEY_WITHOUT_PASSPHRASE"});
}

Error other_key(const TlsFiles& files) {
  const std::string certificate = files.certificate.string(), key = files.key.string();
  return Error({key + " : n'est pas la clé de " + certificate + ". Donnez celle avec laquelle il a été demandé.",
                key + ": is not the key of " + certificate + ". Give the one that it was asked for with."});
}

}  // namespace

TlsContext tls_context(const TlsFiles& files) {
  require_readable(files.certificate);
  require_readable(files.key);
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  auto* native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  // A client that renegotiates makes the server work for nothing; nobody needs it.
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_alpn_select_cb(native, choose_http_1_1, nullptr);
  SSL_CTX_set_default_passwd_cb(native, no_passphrase);
  error_code fault;
  context->use_certificate_chain_file(files.certificate.string(), fault);
  if (fault) throw no_certificate(files, fault);
  context->use_private_key_file(files.key.string(), asio::ssl::context::pem, fault);
  // OpenSSL says so itself when it takes the key, but only for two of one kind.
  const bool other_kind_or_number = ERR_GET_LIB(static_cast<unsigned long>(fault.value())) == ERR_LIB_X509 ||
                                    (!fault && SSL_CTX_check_private_key(native) != 1);
  ERR_clear_error();
  if (other_kind_or_number) throw other_key(files);
  if (fault) throw no_key(files, fault);
  return context;
}

bool speaks_plain_http(const error_code& fault) noexcept {
  return fault.category() == asio::error::get_ssl_category() &&
         ERR_GET_REASON(static_cast<unsigned long>(fault.value())) == SSL_R_HTTP_REQUEST;
}

void require_usable(const TlsFiles& files) { static_cast<void>(tls_context(files)); }

}  // namespace geoprio::http
