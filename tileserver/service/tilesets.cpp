// OGC API – Tiles, Part 1 (OGC 20-057): the tilesets of the dataset and of each layer, and how their tiles are cut.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "geo/core/grid_point.hpp"
#include "geo/tiling/tile_matrix_set.hpp"
#include "tileserver/service/document.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {
namespace {

constexpr std::string_view web_mercator_quad = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
constexpr std::string_view web_mercator = "http://www.opengis.net/def/crs/EPSG/0/3857";
constexpr std::string_view crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
constexpr std::string_view tile_type = "application/vnd.mapbox-vector-tile";
constexpr std::string_view tiling_scheme = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";
constexpr unsigned deepest_matrix = 24;  // OGC 17-083r4, annex D.1
constexpr unsigned pixels_across = 256;

/// What a tileset is made of.
struct Tileset {
  Text title;
  std::string address;  ///< of the list of tilesets that it is in
  std::string query;    ///< `?collections=…`, or nothing
  std::vector<std::string> names;
  std::vector<std::size_t> layers;  ///< their numbers
};

Result<std::vector<std::size_t>, Problem> numbers_of(const atlas::Atlas& atlas, const std::vector<std::string>& names) {
  std::vector<std::size_t> numbers;
  for (const auto& name : names) {
    const auto number = layer_named(atlas, name);
    if (!number) return Unexpected{number.error()};
    numbers.push_back(*number);
  }
  return numbers;
}

/// What the tiles of the whole atlas hold: the default edition's tiers (its quarters where it is not ranked), borders
/// and labels, and the communes.
std::vector<std::string> usual_layers(const atlas::Atlas& atlas) {
  const auto& edition = atlas.default_edition;
  const bool ranked = atlas.layer_number(edition + ".tiers").has_value();
  std::vector<std::string> names;
  for (const auto& name : {std::string("communes"), edition + (ranked ? ".tiers" : ".quarters"), edition + ".borders",
                           edition + ".labels"})
    if (atlas.layer_number(name)) names.push_back(name);
  return names;
}

/// Those of `collections=a,b`, or else the usual ones.
Result<std::vector<std::string>, Problem> dataset_layers(const Exchange& exchange) {
  const auto list = exchange.query.find("collections");
  if (!list) return usual_layers(exchange.atlas);
  return layers_of_a_tile(names_listed(*list), "collections");
}

Result<Tileset, Problem> dataset(const Exchange& exchange) {
  auto names = dataset_layers(exchange);
  if (!names) return Unexpected{names.error()};
  auto numbers = numbers_of(exchange.atlas, *names);
  if (!numbers) return Unexpected{numbers.error()};
  const auto list = exchange.query.find("collections");
  return Tileset{{exchange.atlas.title, exchange.atlas.title},
                 exchange.base_url + "/tiles",
                 list ? "?collections=" + percent_encoded(*list) : std::string(),
                 *std::move(names),
                 *std::move(numbers)};
}

Result<Tileset, Problem> of_collection(const Exchange& exchange, const std::string& layer) {
  const auto number = layer_named(exchange.atlas, layer);
  if (!number) return Unexpected{number.error()};
  const auto& title = exchange.atlas.layers[*number].title;
  return Tileset{
      {title, title}, exchange.base_url + "/collections/" + percent_encoded(layer) + "/tiles", {}, {layer}, {*number}};
}

unsigned dimension_of(domain::LayerKind kind) {
  if (kind == domain::LayerKind::labels) return 0;
  return kind == domain::LayerKind::borders ? 1 : 2;
}

Document layers_document(const Exchange& exchange, const Tileset& tileset) {
  Document list = Document::array();
  for (const auto number : tileset.layers) {
    const auto& layer = exchange.atlas.layers[number];
    list.push_back(
        {{"id", layer.id},
         {"title", layer.title.empty() ? layer.id : layer.title},
         {"dataType", "vector"},
         {"geometryDimension", dimension_of(layer.kind)},
         {"links", Document::array({link("http://www.opengis.net/def/rel/ogc/1.0/geodata", "application/json",
                                         exchange.base_url + "/collections/" + percent_encoded(layer.id))})}});
  }
  return list;
}

/// OGC 17-083r4 §6.3: outside these tiles there is nothing.
Document limits_document(const DegreeBox& bounds, unsigned max_zoom) {
  Document list = Document::array();
  for (unsigned zoom = 0; zoom <= max_zoom; ++zoom) {
    const auto range = tiling::tiles_meeting(bounds, zoom);
    list.push_back({{"tileMatrix", std::to_string(zoom)},
                    {"minTileRow", range.first_row},
                    {"maxTileRow", range.last_row},
                    {"minTileCol", range.first_column},
                    {"maxTileCol", range.last_column}});
  }
  return list;
}

Document scheme_link(const Exchange& exchange) {
  return link(tiling_scheme, "application/json", exchange.base_url + "/tileMatrixSets/" + std::string(tile_matrix_set),
              in(language_of(exchange), {"Comment les tuiles sont découpées", "How the tiles are cut"}));
}

std::string tilejson_address(const Exchange& exchange, const Tileset& tileset) {
  std::string list;
  for (const auto& name : tileset.names) list += (list.empty() ? "" : ",") + percent_encoded(name);
  return exchange.base_url + "/xyz/" + list + ".json";
}

/// What the list of tilesets and the tileset itself both say.
Document tileset_head(const Exchange& exchange, const Tileset& tileset) {
  return {{"title", in(language_of(exchange), tileset.title)},
          {"dataType", "vector"},
          {"tileMatrixSetURI", web_mercator_quad},
          {"crs", web_mercator}};
}

Answer tileset_answer(const Exchange& exchange, const Result<Tileset, Problem>& tileset) {
  if (!tileset) return Unexpected{tileset.error()};
  if (auto fault = fault_of_document(exchange, Strict::no)) return Unexpected{std::move(*fault)};
  const auto language = language_of(exchange);
  const auto& atlas = exchange.atlas;
  const std::string self = tileset->address + "/" + std::string(tile_matrix_set);
  Document document = tileset_head(exchange, *tileset);
  Document tiles = link("item", tile_type, self + "/{tileMatrix}/{tileRow}/{tileCol}" + tileset->query,
                        in(language, {"Une tuile", "A tile"}));
  tiles["templated"] = true;
  const auto tilejson = tilejson_address(exchange, *tileset);
  document["links"] =
      Document::array({link("self", "application/json", self + tileset->query), std::move(tiles), scheme_link(exchange),
                       link("describedby", "application/json", tilejson, "TileJSON 3.0")});
  document["layers"] = layers_document(exchange, *tileset);
  if (const auto bounds = atlas.bounds(tileset->layers)) {
    document["tileMatrixSetLimits"] = limits_document(*bounds, atlas.max_zoom);
    document["boundingBox"] = {{"lowerLeft", {longitude_of(bounds->low), latitude_of(bounds->low)}},
                               {"upperRight", {longitude_of(bounds->high), latitude_of(bounds->high)}},
                               {"crs", crs84}};
  }
  return document_response(exchange, document, "application/json", {.tilejson = tilejson});
}

Answer tilesets_answer(const Exchange& exchange, const Result<Tileset, Problem>& tileset) {
  if (!tileset) return Unexpected{tileset.error()};
  if (auto fault = fault_of_document(exchange, Strict::no)) return Unexpected{std::move(*fault)};
  Document one = tileset_head(exchange, *tileset);
  one["links"] = Document::array(
      {link("self", "application/json", tileset->address + "/" + std::string(tile_matrix_set) + tileset->query,
            in(language_of(exchange), {"Ce jeu de tuiles", "This tileset"})),
       scheme_link(exchange)});
  const Document document{
      {"links", Document::array({link("self", "application/json", tileset->address + tileset->query)})},
      {"tilesets", Document::array({std::move(one)})}};
  return document_response(exchange, document);
}

/// OGC 17-083r4, annex D.1: every matrix halves the cells of the one before.
Document matrices_document() {
  Document list = Document::array();
  for (unsigned zoom = 0; zoom <= deepest_matrix; ++zoom) {
    const double half_square = tiling::cell_size(0) * pixels_across / 2;
    const std::uint32_t across = 1U << zoom;
    list.push_back({{"id", std::to_string(zoom)},
                    {"scaleDenominator", tiling::scale_denominator(zoom)},
                    {"cellSize", tiling::cell_size(zoom)},
                    {"cornerOfOrigin", "topLeft"},
                    {"pointOfOrigin", {-half_square, half_square}},
                    {"tileWidth", pixels_across},
                    {"tileHeight", pixels_across},
                    {"matrixWidth", across},
                    {"matrixHeight", across}});
  }
  return list;
}

}  // namespace

Result<TileRoute, Problem> tile_asked(const Exchange& exchange, const DatasetTileRoute& route) {
  auto names = dataset_layers(exchange);
  if (!names) return Unexpected{names.error()};
  return TileRoute{*std::move(names), route.tile};
}

Result<TileRoute, Problem> tile_asked(const Exchange& /*exchange*/, const CollectionTileRoute& route) {
  return TileRoute{{route.layer}, route.tile};
}

Answer dataset_tilesets(const Exchange& exchange) { return tilesets_answer(exchange, dataset(exchange)); }
Answer dataset_tileset(const Exchange& exchange) { return tileset_answer(exchange, dataset(exchange)); }

Answer collection_tilesets(const Exchange& exchange, const CollectionTilesetsRoute& route) {
  return tilesets_answer(exchange, of_collection(exchange, route.layer));
}
Answer collection_tileset(const Exchange& exchange, const CollectionTilesetRoute& route) {
  return tileset_answer(exchange, of_collection(exchange, route.layer));
}

Answer tile_matrix_sets(const Exchange& exchange) {
  if (auto fault = fault_of_document(exchange, Strict::no)) return Unexpected{std::move(*fault)};
  const std::string self = exchange.base_url + "/tileMatrixSets";
  const std::string id(tile_matrix_set);
  const Document one{{"id", id},
                     {"title", "Google Maps Compatible for the World"},
                     {"uri", web_mercator_quad},
                     {"crs", web_mercator},
                     {"links", Document::array({link("self", "application/json", self + "/" + id)})}};
  return document_response(exchange, {{"links", Document::array({link("self", "application/json", self)})},
                                      {"tileMatrixSets", Document::array({one})}});
}

Answer tile_matrix_set_definition(const Exchange& exchange) {
  if (auto fault = fault_of_document(exchange, Strict::no)) return Unexpected{std::move(*fault)};
  const std::string id(tile_matrix_set);
  const Document document{
      {"id", id},
      {"title", "Google Maps Compatible for the World"},
      {"uri", web_mercator_quad},
      {"crs", web_mercator},
      {"orderedAxes", {"X", "Y"}},
      {"wellKnownScaleSet", "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible"},
      {"links", Document::array({link("self", "application/json", exchange.base_url + "/tileMatrixSets/" + id)})},
      {"tileMatrices", matrices_document()}};
  return document_response(exchange, document);
}

}  // namespace geoprio::service
