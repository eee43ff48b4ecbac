#include "tileserver/service/exchange.hpp"

#include "tileserver/service/forwarded.hpp"
#include "tileserver/service/nearest.hpp"

namespace geoprio::service {
Result<std::string, Problem> base_url_of(const Request& request, const Snapshot& snapshot) {
  const auto host = request.headers.find("Host");
  if (host && !is_host(*host))
    return Unexpected{Problem{.status = 400,
                              .kind = "broken-host",
                              .detail = {"L'en-tête Host n'est pas un nom d'hôte.", "The Host header is no host name."},
                              .parameter = "Host",
                              .value = std::string(*host)}};
  if (!snapshot.public_url.empty()) return snapshot.public_url;
  ForwardedOrigin origin;
  if (request.from_trusted_proxy) {
    auto said = forwarded_origin(request.headers);
    if (!said) return Unexpected{said.error()};
    origin = *std::move(said);
  }
  if (!host && !origin.host) return origin.prefix;
  const std::string scheme = origin.scheme.value_or(request.secure ? "https" : "http");
  return scheme + "://" + (origin.host ? *origin.host : std::string(*host)) + origin.prefix;
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
