#include <algorithm>

#include "geo/core/grid_point.hpp"
#include "tileserver/service/conditional.hpp"
#include "tileserver/service/document.hpp"
#include "tileserver/service/negotiation.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/reply.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {
namespace {

Result<std::vector<std::size_t>, Problem> layers_named(const atlas::Atlas& atlas,
                                                       const std::vector<std::string>& names) {
  std::vector<std::size_t> numbers;
  for (const auto& name : names) {
    const auto number = layer_named(atlas, name);
    if (!number) return Unexpected{number.error()};
    numbers.push_back(*number);
  }
  return numbers;
}

std::string joined(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ",") + percent_encoded(name);
  return list;
}

std::string_view tile_json_type(FieldType type) {
  switch (type) {
    case FieldType::boolean:
      return "Boolean";
    case FieldType::integer:
    case FieldType::real:
      return "Number";
    case FieldType::text:
      break;
  }
  return "String";
}

Document vector_layer(const domain::Layer& layer, unsigned max_zoom) {
  Document fields = Document::object();
  for (const auto& field : layer.fields) fields[field.name] = tile_json_type(field.type);
  return {{"id", layer.id}, {"description", layer.title}, {"minzoom", 0}, {"maxzoom", max_zoom}, {"fields", fields}};
}

/// What a tile's headers depend on, beside the tile itself.
struct TileTerms {
  std::vector<std::size_t> layers;
  bool gzip;
  Response head;  ///< a 200 without a body
};

/// A tile's entity tag is the fingerprint: a URL's tile changes when the atlas does, and only then, so that nothing
/// need be cut to know that a client has it.
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

  TileTerms terms{std::move(*layers), accepts_gzip(exchange.request.headers),
                  public_response(200, "application/vnd.mapbox-vector-tile")};
  const bool dated = exchange.query.find("v") == std::string_view(atlas.fingerprint);
  auto& headers = terms.head.headers;
  headers.set("Cache-Control", dated ? "public, max-age=31536000, immutable" : "no-cache");
  headers.set("Vary", "Accept-Encoding");
  headers.set("ETag", "\"" + atlas.fingerprint + (terms.gzip ? "-gzip\"" : "\""));
  return terms;
}

Response tile_response(TileTerms terms, const std::shared_ptr<const cache::EncodedTile>& tile, CacheUse use) {
  Response response = std::move(terms.head);
  response.cache = use;
  if (tile->empty()) {
    Response empty = public_response(204, "");
    for (const std::string_view name : {"Cache-Control", "Vary"})
      empty.headers.set(name, std::string(response.headers.find(name).value_or("")));
    empty.cache = use;
    return empty;
  }
  if (terms.gzip) response.headers.set("Content-Encoding", "gzip");
  response.body = Body::inside(tile, terms.gzip ? tile->gzip : tile->identity);
  return response;
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

cache::EncodedTile cut(const atlas::Atlas& atlas, const std::vector<std::size_t>& layers, tiling::TileCoordinate tile) {
  std::string bytes;
  for (const std::size_t layer : layers) bytes += atlas.tiles->cut(layer, tile);
  return cache::encoded(std::move(bytes));
}

}  // namespace

Answer tile_document(const Exchange& exchange, const TileJsonRoute& route) {
  const auto& atlas = exchange.atlas;
  const auto layers = layers_named(atlas, route.layers);
  if (!layers) return Unexpected{layers.error()};
  if (auto fault = fault_of_plain_document(exchange, false)) return Unexpected{std::move(*fault)};

  Document vector_layers = Document::array();
  std::vector<std::string> attributions;
  std::optional<DegreeBox> bounds;
  for (const std::size_t number : *layers) {
    const auto& layer = atlas.layers[number];
    vector_layers.push_back(vector_layer(layer, atlas.max_zoom));
    if (!layer.attribution.empty() &&
        std::find(attributions.begin(), attributions.end(), layer.attribution) == attributions.end())
      attributions.push_back(layer.attribution);
    if (!layer.bounds) continue;
    if (!bounds) bounds = layer.bounds;
    bounds->extend(layer.bounds->low);
    bounds->extend(layer.bounds->high);
  }
  std::string attribution;
  for (const auto& one : attributions) attribution += (attribution.empty() ? "" : " · ") + one;

  Document document{{"tilejson", "3.0.0"}, {"name", atlas.title}};
  document["tiles"] =
      Document::array({exchange.base_url + "/xyz/" + joined(route.layers) + "/{z}/{x}/{y}.mvt?v=" + atlas.fingerprint});
  document["vector_layers"] = vector_layers;
  document["minzoom"] = 0;
  document["maxzoom"] = atlas.max_zoom;
  if (bounds)
    document["bounds"] = Document::array(
        {longitude_of(bounds->low), latitude_of(bounds->low), longitude_of(bounds->high), latitude_of(bounds->high)});
  if (!attribution.empty()) document["attribution"] = attribution;
  document["scheme"] = "xyz";
  return document_response(exchange, document);
}

std::optional<Answer> tile_at_once(const Exchange& exchange, const TileRoute& route) {
  auto terms = terms_of(exchange, route);
  if (!terms) return Answer(Unexpected{terms.error()});
  if (client_has(exchange.request.headers, terms->head.headers.find("ETag").value_or("")))
    return Answer(not_modified(terms->head));
  auto kept = exchange.snapshot.tiles->kept(cache::TileKey(terms->layers, route.tile));
  if (!kept) return std::nullopt;
  return Answer(tile_response(std::move(*terms), kept, CacheUse::hit));
}

Answer tile(const Exchange& exchange, const TileRoute& route) {
  auto terms = terms_of(exchange, route);
  if (!terms) return Unexpected{terms.error()};
  if (client_has(exchange.request.headers, terms->head.headers.find("ETag").value_or("")))
    return not_modified(terms->head);
  const auto found = exchange.snapshot.tiles->tile(cache::TileKey(terms->layers, route.tile),
                                                   [&] { return cut(exchange.atlas, terms->layers, route.tile); });
  return tile_response(std::move(*terms), found.tile, use_of(found.origin));
}

}  // namespace geoprio::service
