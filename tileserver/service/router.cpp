#include "tileserver/service/router.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>

#include "tileserver/service/nearest.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/stylesheets.hpp"

namespace geoprio::service {
namespace {

using Segments = std::span<const std::string_view>;
using Routed = Result<Route, Problem>;

Problem nothing_there(std::string_view path, std::optional<std::string> suggestion) {
  return {.status = 404,
          .kind = "unknown-path",
          .detail = {"Il n'y a rien à cette adresse.", "There is nothing at this address."},
          .parameter = "path",
          .value = std::string(path),
          .suggestion = std::move(suggestion)};
}

Problem broken_escape(std::string_view segment) {
  return {.status = 400,
          .kind = "broken-escape",
          .detail = {"Le chemin contient une séquence d'échappement incorrecte : écrivez % suivi de deux chiffres "
                     "hexadécimaux, en UTF-8.",
                     "The path holds a broken escape: write % and two hexadecimal digits, in UTF-8."},
          .parameter = "path",
          .value = std::string(segment)};
}

Problem no_such_tile(std::string_view zoom, std::string_view column, std::string_view row) {
  return {.status = 404,
          .kind = "no-such-tile",
          .detail = {"Cette tuile n'existe pas : au zoom z, x et y vont de 0 à 2^z − 1.",
                     "There is no such tile: at zoom z, x and y go from 0 to 2^z − 1."},
          .parameter = "z/x/y",
          .value = std::string(zoom) + "/" + std::string(column) + "/" + std::string(row)};
}

/// A number as tile URLs write it: digits only and no leading zero, so that a tile has one URL.
std::optional<std::uint32_t> tile_number(std::string_view text) {
  std::uint32_t number = 0;
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  if (!std::all_of(text.begin(), text.end(), [](char digit) { return digit >= '0' && digit <= '9'; }))
    return std::nullopt;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc()) return std::nullopt;
  return number;
}

Result<tiling::TileCoordinate, Problem> tile_at(std::string_view zoom, std::string_view column, std::string_view row) {
  const auto z = tile_number(zoom);
  const auto x = tile_number(column);
  const auto y = tile_number(row);
  const auto tile = z && x && y ? tiling::TileCoordinate::make(*z, *x, *y) : std::nullopt;
  if (!tile) return Unexpected{no_such_tile(zoom, column, row)};
  return *tile;
}

Problem unknown_tile_matrix_set(const std::string& asked) {
  const std::vector<std::string> there = {std::string(tile_matrix_set)};
  return {.status = 404,
          .kind = "unknown-tile-matrix-set",
          .detail = {"Les tuiles sont celles de WebMercatorQuad.", "Tiles are those of WebMercatorQuad."},
          .parameter = "tileMatrixSetId",
          .value = asked,
          .allowed = there,
          .suggestion = nearest(asked, there)};
}

std::optional<std::string_view> without_suffix(std::string_view text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return std::nullopt;
  return text.substr(0, text.size() - suffix.size());
}

/// The layers of `a,b`: split first and decoded afterwards.
Result<std::vector<std::string>, Problem> layer_list(std::string_view encoded) {
  std::vector<std::string> layers;
  while (true) {
    const std::size_t end = std::min(encoded.find(','), encoded.size());
    auto layer = decoded_segment(encoded.substr(0, end));
    if (!layer) return Unexpected{broken_escape(encoded.substr(0, end))};
    layers.push_back(std::move(*layer));
    if (end == encoded.size()) return layers_of_a_tile(std::move(layers), "layers");
    encoded.remove_prefix(end + 1);
  }
}

std::optional<Routed> tile_document_route(Segments rest) {
  if (rest.size() != 1) return std::nullopt;
  const auto list = without_suffix(rest[0], ".json");
  if (!list) return std::nullopt;
  auto layers = layer_list(*list);
  if (!layers) return Routed(Unexpected{layers.error()});
  return Routed(TileJsonRoute{std::move(*layers)});
}

std::optional<Routed> tile_route(Segments rest) {
  if (rest.size() != 4) return std::nullopt;
  const auto row = without_suffix(rest[3], ".mvt");
  if (!row) return std::nullopt;
  const auto tile = tile_at(rest[1], rest[2], *row);
  if (!tile) return Routed(Unexpected{tile.error()});
  auto layers = layer_list(rest[0]);
  if (!layers) return Routed(Unexpected{layers.error()});
  return Routed(TileRoute{std::move(*layers), *tile});
}

/// What stands behind `…/tiles`: nothing, a tile matrix set, or a tile of it as the standard writes it, row first.
template <class List, class Tileset, class Tile>
std::optional<Routed> tileset_route(std::span<const std::string> rest, const List& list, const Tileset& tileset,
                                    const Tile& tile) {
  if (rest.empty()) return Routed(list());
  if (rest.size() != 1 && rest.size() != 4) return std::nullopt;
  if (rest[0] != tile_matrix_set) return Routed(Unexpected{unknown_tile_matrix_set(rest[0])});
  if (rest.size() == 1) return Routed(tileset());
  const auto place = tile_at(rest[1], rest[3], rest[2]);
  if (!place) return Routed(Unexpected{place.error()});
  return Routed(tile(*place));
}

std::optional<Routed> dataset_tiles_route(std::span<const std::string> rest) {
  return tileset_route(
      rest, [] { return DatasetTilesetsRoute{}; }, [] { return DatasetTilesetRoute{}; },
      [](auto place) { return DatasetTileRoute{place}; });
}

std::optional<Routed> collection_tiles_route(const std::string& layer, std::span<const std::string> rest) {
  return tileset_route(
      rest, [&] { return CollectionTilesetsRoute{layer}; }, [&] { return CollectionTilesetRoute{layer}; },
      [&](auto place) {
        return CollectionTileRoute{layer, place};
      });
}

std::optional<Routed> tile_matrix_set_route(std::span<const std::string> rest) {
  if (rest.empty()) return Routed(TileMatrixSetsRoute{});
  if (rest.size() > 1) return std::nullopt;
  if (rest[0] != tile_matrix_set) return Routed(Unexpected{unknown_tile_matrix_set(rest[0])});
  return Routed(TileMatrixSetRoute{});
}

std::optional<Routed> collection_route(std::span<const std::string> rest) {
  if (rest.empty()) return Routed(CollectionsRoute{});
  if (rest.size() == 1) return Routed(CollectionRoute{rest[0]});
  if (rest.size() == 2 && rest[1] == "queryables") return Routed(QueryablesRoute{rest[0]});
  if (rest.size() == 2 && rest[1] == "schema") return Routed(SchemaRoute{rest[0]});
  if (rest.size() == 2 && rest[1] == "items") return Routed(ItemsRoute{rest[0]});
  if (rest[1] == "tiles") return collection_tiles_route(rest[0], rest.subspan(2));
  if (rest.size() == 3 && rest[1] == "items") return Routed(ItemRoute{rest[0], rest[2]});
  return std::nullopt;
}

/// The longest suffix wins: `.shp.zip` is no `.zip`, and a layer's id has dots too.
std::optional<Routed> export_route(std::span<const std::string> rest) {
  if (rest.size() != 1) return std::nullopt;
  const std::string* longest = nullptr;
  for (const auto& format : export_formats())
    if (rest[0].size() > format.size() + 1 && rest[0].ends_with("." + format) &&
        (longest == nullptr || format.size() > longest->size()))
      longest = &format;
  if (longest != nullptr) return Routed(ExportRoute{rest[0].substr(0, rest[0].size() - longest->size() - 1), *longest});
  const auto formats = export_formats();
  const auto suffix = rest[0].substr(std::min(rest[0].rfind('.'), rest[0].size() - 1) + 1);
  return Routed(Unexpected{Problem{.status = 404,
                                   .kind = "unknown-format",
                                   .detail = {"On télécharge une couche sous son nom et un suffixe de format.",
                                              "A layer is downloaded under its name and the suffix of a format."},
                                   .parameter = "format",
                                   .value = rest[0],
                                   .allowed = std::vector<std::string>(formats.begin(), formats.end()),
                                   .suggestion = nearest(suffix, formats)}});
}

/// An edition's id has no dot, so that no style's id ends like a stylesheet's.
Route style_route(const std::string& name) {
  for (const auto& format : stylesheet_formats())
    if (const auto style = without_suffix(name, "." + std::string(format.suffix)); style && !style->empty())
      return StylesheetRoute{std::string(*style), std::string(format.suffix)};
  return StyleRoute{name};
}

std::optional<Routed> edition_route(std::span<const std::string> rest) {
  if (rest.empty()) return Routed(EditionsRoute{});
  if (rest.size() == 1) return Routed(EditionRoute{rest[0]});
  if (rest.size() == 3 && rest[1] == "quarters") return Routed(QuarterRoute{rest[0], rest[2]});
  return std::nullopt;
}

std::optional<Routed> asset_route(std::span<const std::string> rest) {
  if (rest.empty()) return std::nullopt;
  std::string path = rest[0];
  for (const auto& part : rest.subspan(1)) path += "/" + part;
  return Routed(AssetRoute{std::move(path)});
}

/// The routes whose parts are decoded one by one; the first part is a plain word.
std::optional<Routed> decoded_route(const std::vector<std::string>& parts) {
  const std::string& first = parts.front();
  const auto rest = std::span(parts).subspan(1);
  if (first == "health" && rest.size() == 1 && rest[0] == "live") return Routed(LiveRoute{});
  if (first == "health" && rest.size() == 1 && rest[0] == "ready") return Routed(ReadyRoute{});
  if (first == "conformance" && rest.empty()) return Routed(ConformanceRoute{});
  if (first == "api" && rest.empty()) return Routed(ApiRoute{});
  if (first == "locate" && rest.empty()) return Routed(LocateRoute{});
  if (first == "search" && rest.empty()) return Routed(SearchRoute{});
  if (first == "collections") return collection_route(rest);
  if (first == "tiles") return dataset_tiles_route(rest);
  if (first == "tileMatrixSets") return tile_matrix_set_route(rest);
  if (first == "exports") return export_route(rest);
  if (first == "editions") return edition_route(rest);
  if (first == "styles" && rest.empty()) return Routed(StylesRoute{});
  if (first == "styles" && rest.size() == 1) return Routed(style_route(rest[0]));
  if (first == "sprites" && rest.size() == 1) return Routed(SpriteRoute{rest[0]});
  if (first == "assets") return asset_route(rest);
  if (first == "basemap" && rest.size() == 1) return Routed(BasemapRoute{rest[0]});
  if (first == "contributions" && rest.empty()) return Routed(ContributionsRoute{});
  if (first == "contributions" && rest.size() == 1) return Routed(ContributionRoute{rest[0]});
  if (first == "session" && rest.empty()) return Routed(SessionRoute{});
  if (first == "kiosk" && rest.empty()) return Routed(KioskRoute{});
  if (first == "moderation" && rest.empty()) return Routed(ModerationRoute{});
  return std::nullopt;
}

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> segments;
  segments.reserve(8);  // a tile's path has six
  while (true) {
    const std::size_t end = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, end));
    if (end == path.size()) return segments;
    path.remove_prefix(end + 1);
  }
}

std::optional<std::string> near_path(std::string_view first) {
  static const auto roots = std::to_array<std::string>(
      {"conformance",   "api",     "collections", "editions",   "styles",       "tiles",      "tileMatrixSets",
       "sprites",       "exports", "xyz",         "assets",     "basemap",      "locate",     "search",
       "contributions", "session", "kiosk",       "moderation", "health/ready", "health/live"});
  if (auto root = nearest(first, roots)) return "/" + *root;
  return std::nullopt;
}

}  // namespace

Result<std::vector<std::string>, Problem> layers_of_a_tile(std::vector<std::string> names, std::string_view parameter) {
  if (names.empty())
    return Unexpected{Problem{.status = 400,
                              .kind = "no-layer",
                              .detail = {"« " + std::string(parameter) + " » attend au moins une couche.",
                                         "“" + std::string(parameter) + "” takes one layer at least."},
                              .parameter = std::string(parameter)}};
  if (names.size() > most_layers_in_a_tile)
    return Unexpected{Problem{.status = 400,
                              .kind = "too-many-layers",
                              .detail = {"Une tuile porte au plus 8 couches.", "A tile holds at most 8 layers."},
                              .parameter = std::string(parameter)}};
  for (auto name = names.begin(); name != names.end(); ++name)
    if (std::find(names.begin(), name, *name) != name)
      return Unexpected{Problem{.status = 400,
                                .kind = "repeated-layer",
                                .detail = {"La couche « " + *name + " » est demandée deux fois.",
                                           "The layer “" + *name + "” is asked for twice."},
                                .parameter = std::string(parameter),
                                .value = *name}};
  return names;
}

Result<Route, Problem> route_of(std::string_view encoded_path) {
  if (encoded_path == "/") return Route(LandingRoute{});
  if (encoded_path.empty() || encoded_path.front() != '/') return Unexpected{nothing_there(encoded_path, "/")};
  const auto segments = split(encoded_path.substr(1));
  if (segments.back().empty()) {
    const auto last = encoded_path.find_last_not_of('/');
    return Unexpected{nothing_there(
        encoded_path, last == std::string_view::npos ? "/" : std::string(encoded_path.substr(0, last + 1)))};
  }

  std::optional<Routed> found;
  if (segments.front() == "xyz") {
    found = tile_document_route(Segments(segments).subspan(1));
    if (!found) found = tile_route(Segments(segments).subspan(1));
  } else {
    std::vector<std::string> parts;
    parts.reserve(segments.size());
    for (const auto segment : segments) {
      auto part = decoded_segment(segment);
      if (!part) return Unexpected{broken_escape(segment)};
      parts.push_back(std::move(*part));
    }
    found = decoded_route(parts);
  }
  if (found) return std::move(*found);
  return Unexpected{nothing_there(encoded_path, near_path(segments.front()))};
}

std::span<const std::string> export_formats() {
  static const std::array<std::string, 8> formats = {"geojson", "geojsonl", "gpkg", "fgb",
                                                     "shp.zip", "csv",      "ods",  "kml"};
  return formats;
}

std::span<const std::string_view> route_templates() {
  // In the order of the variants' alternatives.
  static constexpr std::array<std::string_view, std::variant_size_v<AtlasRoute> + std::variant_size_v<StoreRoute>>
      templates = {"/",
                   "/conformance",
                   "/api",
                   "/health/live",
                   "/health/ready",
                   "/collections",
                   "/collections/{layer}",
                   "/collections/{layer}/queryables",
                   "/collections/{layer}/schema",
                   "/collections/{layer}/items",
                   "/collections/{layer}/items/{id}",
                   "/xyz/{layers}.json",
                   "/xyz/{layers}/{z}/{x}/{y}.mvt",
                   "/tileMatrixSets",
                   "/tileMatrixSets/WebMercatorQuad",
                   "/tiles",
                   "/tiles/WebMercatorQuad",
                   "/tiles/WebMercatorQuad/{z}/{y}/{x}",
                   "/collections/{layer}/tiles",
                   "/collections/{layer}/tiles/WebMercatorQuad",
                   "/collections/{layer}/tiles/WebMercatorQuad/{z}/{y}/{x}",
                   "/styles",
                   "/styles/{id}",
                   "/styles/{id}.{format}",
                   "/sprites/{file}",
                   "/exports/{layer}.{format}",
                   "/editions",
                   "/editions/{id}",
                   "/editions/{id}/quarters/{code}",
                   "/assets/{path}",
                   "/basemap/{file}",
                   "/locate",
                   "/search",
                   "/kiosk",
                   "/moderation",
                   "/contributions",
                   "/contributions/{id}",
                   "/session"};
  return templates;
}

std::string_view template_of(const StoreRoute& route) {
  return route_templates()[std::variant_size_v<AtlasRoute> + route.index()];
}

std::string_view template_of(const Route& route) {
  if (const auto* of_atlas = std::get_if<AtlasRoute>(&route)) return route_templates()[of_atlas->index()];
  return template_of(std::get<StoreRoute>(route));
}

}  // namespace geoprio::service
