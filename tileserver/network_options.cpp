#include "tileserver/network_options.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <memory>
#include <string_view>
#include <utility>

#include "geo/core/bilingual.hpp"

namespace geoprio {
namespace {

/// What is wrong with a value; absent when nothing is.
using Wrong = std::optional<BilingualText>;

/// Splits `address:port` (`[::1]:8080` for IPv6).
Wrong listen_problem(const std::string& text, NetworkOptions& options) {
  const BilingualText wrong{"attendu ADRESSE:PORT, par exemple 127.0.0.1:8080",
                            "expected ADDRESS:PORT, for example 127.0.0.1:8080"};
  const auto colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return wrong;
  const std::string_view port = std::string_view(text).substr(colon + 1);
  const auto [end, failure] = std::from_chars(port.data(), port.data() + port.size(), options.port);
  if (failure != std::errc() || end != port.data() + port.size()) return wrong;
  options.address = text.substr(0, colon);
  if (options.address.size() > 2 && options.address.front() == '[' && options.address.back() == ']')
    options.address = options.address.substr(1, options.address.size() - 2);
  return std::nullopt;
}

/// What stands before the path: `https://carte.example:8443`; empty when it is no URL.
std::string_view origin_in(std::string_view url) {
  for (const std::string_view scheme : {"http://", "https://"})
    if (url.starts_with(scheme)) {
      const auto host = url.substr(scheme.size(), url.find('/', scheme.size()) - scheme.size());
      return host.empty() ? std::string_view() : url.substr(0, scheme.size() + host.size());
    }
  return {};
}

Wrong public_url_problem(std::string url, NetworkOptions& options) {
  // It stands in documents, pages and headers as it is.
  const bool plain = std::all_of(url.begin(), url.end(), [](char letter) {
    return letter > ' ' && letter < '\x7F' && std::string_view("\"<>\\^`{|}?#@").find(letter) == std::string_view::npos;
  });
  if (!plain || origin_in(url).empty())
    return BilingualText{
        "attendu une URL en http:// ou https://, avec un chemin peut-être, mais sans « ? », « # » ni espace : "
        "https://carte.example.fr/geoprio",
        "expected a URL in http:// or https://, perhaps with a path, but without “?”, “#” or a space: "
        "https://carte.example.fr/geoprio"};
  while (url.back() == '/') url.pop_back();
  options.public_url = std::move(url);
  return std::nullopt;
}

Wrong trusted_proxy_problem(const std::vector<std::string>& texts, NetworkOptions& options) {
  for (const auto& text : texts) {
    auto range = http::AddressRange::parse(text);
    if (!range) return range.error();
    options.trusted_proxies.push_back(*std::move(range));
  }
  return std::nullopt;
}

/// CLI11 counts an option that the environment gives; both are read before this is asked.
Wrong tls_problem(const std::string& certificate, const std::string& key, NetworkOptions& options) {
  if (certificate.empty() != key.empty())
    return BilingualText{"--tls-certificate et --tls-key vont ensemble : donnez les deux, ou aucune",
                         "--tls-certificate and --tls-key go together: give both, or neither"};
  if (!certificate.empty()) options.tls = http::TlsFiles{certificate, key};
  return std::nullopt;
}

/// An option whose value is read by `read`, which says what is wrong with it.
template <class Value, class Read>
CLI::Option* add_read(CLI::App& command, const std::string& name, const BilingualText& about, Language language,
                      Read read) {
  return command.add_option_function<Value>(
      name,
      [name, language, read](const Value& value) {
        if (const Wrong wrong = read(value)) throw CLI::ValidationError(name, in(language, *wrong));
      },
      in(language, about));
}

void add_tls(CLI::App& command, NetworkOptions& options, Language language) {
  // The two files are known together once all is parsed.
  const auto certificate = std::make_shared<std::string>(), key = std::make_shared<std::string>();
  command
      .add_option("--tls-certificate", *certificate,
                  in(language, {"servir en TLS : le certificat et sa chaîne, en PEM (relus à SIGHUP)",
                                "serve over TLS: the certificate and its chain, in PEM (read anew at SIGHUP)"}))
      ->envname("GEOPRIO_TLS_CERTIFICATE");
  command
      .add_option(
          "--tls-key", *key,
          in(language, {"sa clé privée, en PEM, sans mot de passe", "its private key, in PEM, without a passphrase"}))
      ->envname("GEOPRIO_TLS_KEY");
  command.final_callback([&options, language, certificate, key] {
    if (const auto wrong = tls_problem(*certificate, *key, options))
      throw CLI::ValidationError("--tls-key", in(language, *wrong));
  });
}

}  // namespace

std::string NetworkOptions::path_prefix() const { return public_url.substr(origin_in(public_url).size()); }

std::string NetworkOptions::local_url(std::uint16_t on_port) const {
  const bool v6 = address.find(':') != std::string::npos;
  return (tls ? "https://" : "http://") + (v6 ? "[" + address + "]" : address) + ":" + std::to_string(on_port) + "/";
}

void add_network(CLI::App& command, NetworkOptions& options, Language language) {
  add_read<std::string>(command, "--listen",
                        {"adresse:port d'écoute (127.0.0.1:8080)", "address:port to listen on (127.0.0.1:8080)"},
                        language, [&options](const std::string& text) { return listen_problem(text, options); })
      ->envname("GEOPRIO_LISTEN");
  add_read<std::string>(command, "--public-url",
                        {"URL publique, si le serveur est derrière un mandataire ; son chemin peut rester devant les "
                         "adresses demandées (https://carte.example.fr/geoprio)",
                         "public URL, when the server is behind a proxy; its path may stay before the addresses asked "
                         "for (https://carte.example.fr/geoprio)"},
                        language, [&options](const std::string& text) { return public_url_problem(text, options); })
      ->envname("GEOPRIO_PUBLIC_URL");
  add_read<std::vector<std::string>>(
      command, "--trusted-proxy",
      {"adresse ou plage d'un mandataire dont Forwarded et X-Forwarded-* font foi (10.0.0.0/8), autant de fois que "
       "nécessaire",
       "address or range of a proxy whose Forwarded and X-Forwarded-* are believed (10.0.0.0/8), as often as needed"},
      language, [&options](const std::vector<std::string>& texts) { return trusted_proxy_problem(texts, options); })
      ->allow_extra_args(false)
      ->delimiter(',')
      ->envname("GEOPRIO_TRUSTED_PROXY");
  add_tls(command, options, language);
}

}  // namespace geoprio
