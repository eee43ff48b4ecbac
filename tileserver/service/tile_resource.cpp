#include <algorithm>
#include <utility>

#include "tileserver/service/conditional.hpp"
#include "tileserver/service/negotiation.hpp"
#include "tileserver/service/resources.hpp"
#include "tileserver/service/tile_cut.hpp"

namespace geoprio::service {
namespace {

static_assert(most_layers_in_a_tile <= cache::TileKey::most_layers);

/// What is asked of the tiles, once it is known to be possible. It keeps what an answer on another thread needs.
struct TileTerms {
  std::vector<std::size_t> layers;  ///< in the atlas's order
  cache::TileKey key;
  AcceptedEncodings accepted;
  Dated dated;
  std::shared_ptr<cache::TileCache> tiles;
  std::shared_ptr<const TileHeaders> headers;
};

/// The layers in the atlas's order, whatever the URL's: a tile's layers have no order to a client (it asks for them by
/// name), and eight of them would otherwise be 40,320 tiles to cut and keep.
Result<std::vector<std::size_t>, Problem> layers_named(const atlas::Atlas& atlas,
                                                       const std::vector<std::string>& names) {
  std::vector<std::size_t> numbers;
  numbers.reserve(names.size());
  for (const auto& name : names) {
    const auto number = layer_named(atlas, name);
    if (!number) return Unexpected{number.error()};
    numbers.push_back(*number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

Result<TileTerms, Problem> terms_of(const Exchange& exchange, const TileRoute& route) {
  const auto& atlas = exchange.atlas;
  if (route.tile.zoom() > atlas.max_zoom)
    return Unexpected{Problem{.status = 404,
                              .kind = "no-such-tile",
                              .detail = {"Les tuiles s'arrêtent au zoom " + std::to_string(atlas.max_zoom) + ".",
                                         "Tiles end at zoom " + std::to_string(atlas.max_zoom) + "."},
                              .parameter = "z",
                              .value = std::to_string(route.tile.zoom())}};
  auto layers = layers_named(atlas, route.layers);
  if (!layers) return Unexpected{layers.error()};
  const cache::TileKey key(*layers, route.tile);
  const bool dated = exchange.query.find("v") == std::string_view(atlas.fingerprint);
  return TileTerms{std::move(*layers),
                   key,
                   accepted_encodings(exchange.request.headers),
                   dated ? Dated::yes : Dated::no,
                   exchange.snapshot.tiles,
                   exchange.snapshot.tile_headers};
}

/// The 304 if the client has the tile in an encoding that it accepts.
std::optional<Response> unchanged(const Exchange& exchange, const TileTerms& terms) {
  if (!exchange.request.headers.find("If-None-Match")) return std::nullopt;
  for (const auto encoding : terms.accepted) {
    if (!client_has(exchange.request.headers, terms.headers->etag(encoding))) continue;
    Response response;
    response.status = 304;
    response.headers.begin_with(terms.headers->unchanged(encoding, terms.dated));
    return response;
  }
  return std::nullopt;
}

CacheUse use_of(cache::Origin origin) {
  switch (origin) {
    case cache::Origin::kept:
      return CacheUse::hit;
    case cache::Origin::cut:
      return CacheUse::miss;
    case cache::Origin::waited:
      break;
  }
  return CacheUse::waited;
}

/// Whether the client is never sent the tile as it is: gzip is made for it, at the cut or when it asks first.
Compressed compressed_for(const AcceptedEncodings& accepted) {
  const auto before_identity = std::find(accepted.begin(), accepted.end(), cache::Encoding::identity);
  return std::find(accepted.begin(), before_identity, cache::Encoding::gzip) != before_identity ? Compressed::gzip
                                                                                                : Compressed::no;
}

bool lacks_gzip(const cache::EncodedTile& tile, const AcceptedEncodings& accepted) {
  if (tile.empty() || compressed_for(accepted) == Compressed::no) return false;
  const auto made = [&](cache::Encoding encoding) { return tile.bytes(encoding) != nullptr; };
  return *std::find_if(accepted.begin(), accepted.end(), made) == cache::Encoding::identity;
}

/// In the encoding that the client likes most among those that are made. When it would like a better one, that one is
/// made afterwards for the next, from the second time on.
Response tile_response(const TileTerms& terms, const cache::EncodedTile& tile, CacheUse use) {
  Response response;
  response.cache = use;
  if (tile.empty()) {
    response.status = 204;
    response.headers.begin_with(terms.headers->empty(terms.dated));
    return response;
  }
  const auto* chosen = std::find_if(terms.accepted.begin(), terms.accepted.end(),
                                    [&](cache::Encoding encoding) { return tile.bytes(encoding) != nullptr; });
  const auto& bytes = tile.bytes(*chosen);
  response.headers.begin_with(terms.headers->full(*chosen, terms.dated));
  response.body = Body::kept(bytes);
  if (use == CacheUse::hit && chosen != terms.accepted.begin())
    if (auto work = terms.tiles->further_encoding(terms.key, terms.accepted.first()))
      response.afterwards = [tiles = terms.tiles, work = std::move(work)] { work(); };
  return response;
}

/// For a thread that has the time to compress.
Response tile_response(const TileTerms& terms, const cache::FoundTile& found) {
  if (lacks_gzip(*found.tile, terms.accepted))
    return tile_response(terms, *terms.tiles->with_encoding(terms.key, *found.tile, cache::Encoding::gzip),
                         use_of(found.origin));
  return tile_response(terms, *found.tile, use_of(found.origin));
}

}  // namespace

std::optional<Answer> tile_at_once(const Exchange& exchange, const TileRoute& route) {
  const auto terms = terms_of(exchange, route);
  if (!terms) return Answer(Unexpected{terms.error()});
  if (auto response = unchanged(exchange, *terms)) return Answer(std::move(*response));
  const auto kept = terms->tiles->kept(terms->key);
  if (!kept || lacks_gzip(*kept, terms->accepted)) return std::nullopt;
  return Answer(tile_response(*terms, *kept, CacheUse::hit));
}

Answer tile(const Exchange& exchange, const TileRoute& route) {
  const auto terms = terms_of(exchange, route);
  if (!terms) return Unexpected{terms.error()};
  if (auto response = unchanged(exchange, *terms)) return std::move(*response);
  const auto found = terms->tiles->tile(
      terms->key, cut_of(exchange.snapshot.atlas, terms->layers, route.tile, compressed_for(terms->accepted)));
  return tile_response(*terms, found);
}

std::function<void()> tile_later(const Exchange& exchange, const TileRoute& route,
                                 std::function<void(Result<Answer, std::exception_ptr>)> reply) {
  auto terms = terms_of(exchange, route);
  if (!terms) {
    reply(Answer(Unexpected{terms.error()}));
    return {};
  }
  const auto tiles = terms->tiles;
  const auto key = terms->key;
  if (auto kept = tiles->kept(key); kept && lacks_gzip(*kept, terms->accepted))
    return [terms = std::move(*terms), reply, kept = std::move(kept)] {
      const auto answer = [&]() -> Result<Answer, std::exception_ptr> {
        try {
          return Answer(tile_response(terms, {kept, cache::Origin::kept}));
        } catch (...) {
          return Unexpected{std::current_exception()};
        }
      }();
      reply(answer);
    };
  auto cut = cut_of(exchange.snapshot.atlas, terms->layers, route.tile, compressed_for(terms->accepted));
  auto work = tiles->ask(
      key, std::move(cut),
      [terms = std::move(*terms), reply = std::move(reply)](const Result<cache::FoundTile, std::exception_ptr>& found) {
        if (found)
          reply(Answer(tile_response(terms, *found)));
        else
          reply(Unexpected{found.error()});
      });
  if (!work) return {};
  return [tiles, work = std::move(work)] { work(); };
}

}  // namespace geoprio::service
