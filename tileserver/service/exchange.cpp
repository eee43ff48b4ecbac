#include "tileserver/service/exchange.hpp"

#include <algorithm>

#include "tileserver/service/nearest.hpp"

namespace geoprio::service {
namespace {

/// The letters of a host with a port, IPv6 in brackets included (RFC 3986 §3.2.2, without percent-encoded names).
bool is_host(std::string_view host) {
  constexpr std::size_t longest_host = 261;  // 255 for the name (RFC 1035 §2.3.4), a colon and a port
  return !host.empty() && host.size() <= longest_host && std::all_of(host.begin(), host.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
           letter == '-' || letter == '.' || letter == '_' || letter == ':' || letter == '[' || letter == ']';
  });
}

}  // namespace

Result<std::string, Problem> base_url_of(const Request& request, const Snapshot& snapshot) {
  const auto host = request.headers.find("Host");
  if (host && !is_host(*host))
    return Unexpected{Problem{.status = 400,
                              .kind = "broken-host",
                              .detail = {"L'en-tête Host n'est pas un nom d'hôte.", "The Host header is no host name."},
                              .parameter = "Host",
                              .value = std::string(*host)}};
  if (!snapshot.public_url.empty()) return snapshot.public_url;
  if (!host) return std::string();
  return (request.secure ? "https://" : "http://") + std::string(*host);
}

Result<std::size_t, Problem> layer_named(const atlas::Atlas& atlas, std::string_view id) {
  if (const auto number = atlas.layer_number(id)) return *number;
  std::vector<std::string> ids;
  for (const auto& layer : atlas.layers) ids.push_back(layer.id);
  const std::string asked(id);
  return Unexpected{
      Problem{.status = 404,
              .kind = "unknown-layer",
              .detail = {"La couche « " + asked + " » n'existe pas dans cet atlas ; /collections les liste.",
                         "There is no layer “" + asked + "” in this atlas; /collections lists them."},
              .parameter = "layer",
              .value = asked,
              .suggestion = nearest(id, ids)}};
}

Result<const atlas::EditionRecord*, Problem> edition_named(const atlas::Atlas& atlas, std::string_view id) {
  if (const auto* edition = atlas.edition(id)) return edition;
  std::vector<std::string> ids;
  for (const auto& edition : atlas.editions) ids.push_back(edition.id);
  const std::string asked(id);
  return Unexpected{Problem{.status = 404,
                            .kind = "unknown-edition",
                            .detail = {"L'édition « " + asked + " » n'existe pas dans cet atlas.",
                                       "There is no edition “" + asked + "” in this atlas."},
                            .parameter = "edition",
                            .value = asked,
                            .allowed = ids,
                            .suggestion = nearest(id, ids)}};
}

}  // namespace geoprio::service
