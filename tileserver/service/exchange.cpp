#include "tileserver/service/exchange.hpp"

#include "tileserver/service/forwarded.hpp"
#include "tileserver/service/nearest.hpp"

namespace geoprio::service {
namespace {

Problem nothing_loaded() {
  return {.status = 503,
          .kind = "loading",
          .detail = {"L'atlas n'est pas encore chargé ; réessayez dans un instant.",
                     "The atlas is not loaded yet; try again in a moment."}};
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

Result<Exchange, Problem> exchange_of(const Request& request, const Snapshot& snapshot, std::string_view query_text) {
  if (!snapshot.atlas) return Unexpected{nothing_loaded()};
  auto base_url = base_url_of(request, snapshot);
  if (!base_url) return Unexpected{base_url.error()};
  auto query = Query::parse(query_text);
  if (!query) return Unexpected{query.error()};
  return Exchange{request, snapshot, *snapshot.atlas, std::move(*query), std::move(*base_url)};
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
