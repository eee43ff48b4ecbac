// From a path to what is asked: a variant of routes, each whole and possible.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "geo/core/result.hpp"
#include "geo/tiling/tile_coordinate.hpp"
#include "tileserver/service/problem.hpp"

namespace geoprio::service {

struct LandingRoute {};
struct ConformanceRoute {};
struct ApiRoute {};
struct LiveRoute {};
struct ReadyRoute {};
struct CollectionsRoute {};
struct CollectionRoute {
  std::string layer;
};
struct QueryablesRoute {
  std::string layer;
};
struct SchemaRoute {
  std::string layer;
};
struct ItemsRoute {
  std::string layer;
};
struct ItemRoute {
  std::string layer, feature;
};
struct TileJsonRoute {
  std::vector<std::string> layers;  ///< 1 to 8, each once
};
struct TileRoute {
  std::vector<std::string> layers;  ///< 1 to 8, each once
  tiling::TileCoordinate tile;
};
struct TileMatrixSetsRoute {};
struct TileMatrixSetRoute {};  ///< WebMercatorQuad: there is no other
struct DatasetTilesetsRoute {};
struct DatasetTilesetRoute {};
/// The layers are the default edition's, or those of the query.
struct DatasetTileRoute {
  tiling::TileCoordinate tile;
};
struct CollectionTilesetsRoute {
  std::string layer;
};
struct CollectionTilesetRoute {
  std::string layer;
};
struct CollectionTileRoute {
  std::string layer;
  tiling::TileCoordinate tile;
};
struct StylesRoute {};
struct StyleRoute {
  std::string style;
};
/// A style for the desktop: `/styles/{id}.qml`.
struct StylesheetRoute {
  std::string style;
  std::string format;  ///< a suffix of `stylesheet_formats`
};
struct SpriteRoute {
  std::string file;
};
struct ExportRoute {
  std::string layer;
  std::string format;  ///< one of `export_formats`
};
struct EditionsRoute {};
struct EditionRoute {
  std::string edition;
};
struct QuarterRoute {
  std::string edition, quarter;
};
struct AssetRoute {
  std::string path;  ///< below `/assets/`
};
struct BasemapRoute {
  std::string file;
};
struct LocateRoute {};
struct SearchRoute {};
struct ContributionsRoute {};
struct ContributionRoute {
  std::string contribution;  ///< its id
};
struct SessionRoute {};
struct KioskRoute {};
struct ModerationRoute {};

/// What the atlas answers alone.
using AtlasRoute =
    std::variant<LandingRoute, ConformanceRoute, ApiRoute, LiveRoute, ReadyRoute, CollectionsRoute, CollectionRoute,
                 QueryablesRoute, SchemaRoute, ItemsRoute, ItemRoute, TileJsonRoute, TileRoute, TileMatrixSetsRoute,
                 TileMatrixSetRoute, DatasetTilesetsRoute, DatasetTilesetRoute, DatasetTileRoute,
                 CollectionTilesetsRoute, CollectionTilesetRoute, CollectionTileRoute, StylesRoute, StyleRoute,
                 StylesheetRoute, SpriteRoute, ExportRoute, EditionsRoute, EditionRoute, QuarterRoute, AssetRoute,
                 BasemapRoute, LocateRoute, SearchRoute, KioskRoute, ModerationRoute>;
/// In whose answers the store of contributions has a part (consulted.hpp).
using StoreRoute = std::variant<ContributionsRoute, ContributionRoute, SessionRoute>;
using Route = std::variant<AtlasRoute, StoreRoute>;

/// The suffixes of `/exports/{layer}.{format}`.
[[nodiscard]] std::span<const std::string> export_formats();

/// At most so many layers in one tile: what a style needs, not what an attacker would like.
inline constexpr std::size_t most_layers_in_a_tile = 8;

/// The one way in which tiles are cut (OGC 17-083r4, annex D.1).
inline constexpr std::string_view tile_matrix_set = "WebMercatorQuad";

/// The route of a path, or the problem with it: 404 where there is nothing (a trailing slash too: the suggestion is the
/// path without it) or no such tile, 400 for a broken escape or an impossible list of layers.
/// The path is split at its slashes first and decoded afterwards, so that a code may hold an encoded slash.
[[nodiscard]] Result<Route, Problem> route_of(std::string_view encoded_path);

/// These layers of one tile; a repeated one and more than 8 are problems (400) with `parameter`.
[[nodiscard]] Result<std::vector<std::string>, Problem> layers_of_a_tile(std::vector<std::string> names,
                                                                         std::string_view parameter);

/// How the log names a route: `/collections/{layer}`.
[[nodiscard]] std::string_view template_of(const Route& route);
[[nodiscard]] std::string_view template_of(const StoreRoute& route);
/// The names of all routes.
[[nodiscard]] std::span<const std::string_view> route_templates();

}  // namespace geoprio::service
