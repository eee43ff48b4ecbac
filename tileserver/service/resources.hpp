// The resources behind the routes, one file each: an exchange and the parts of its path in, an answer out.
#pragma once

#include <exception>
#include <functional>
#include <optional>
#include <string>

#include "tileserver/service/exchange.hpp"
#include "tileserver/service/router.hpp"

namespace geoprio::service {

// landing.cpp
[[nodiscard]] Answer landing(const Exchange& exchange);

// conformance.cpp
[[nodiscard]] Answer conformance(const Exchange& exchange);

// api.cpp
[[nodiscard]] Answer api(const Exchange& exchange);

// health.cpp: these two answer before anything is loaded.
[[nodiscard]] Response liveness();
[[nodiscard]] Response readiness(const Snapshot& snapshot);

// collections.cpp
[[nodiscard]] Answer collections(const Exchange& exchange);
[[nodiscard]] Answer collection(const Exchange& exchange, const CollectionRoute& route);

// layer_schema.cpp
[[nodiscard]] Answer queryables(const Exchange& exchange, const QueryablesRoute& route);
[[nodiscard]] Answer schema(const Exchange& exchange, const SchemaRoute& route);

// items.cpp
[[nodiscard]] Answer items(const Exchange& exchange, const ItemsRoute& route);
[[nodiscard]] Answer item(const Exchange& exchange, const ItemRoute& route);

// tile_document.cpp
[[nodiscard]] Answer tile_document(const Exchange& exchange, const TileJsonRoute& route);

// tile_resource.cpp
[[nodiscard]] Answer tile(const Exchange& exchange, const TileRoute& route);
/// The tile's answer when nothing has to be cut for it: kept, known to the client, or refused.
[[nodiscard]] std::optional<Answer> tile_at_once(const Exchange& exchange, const TileRoute& route);
/// What a worker has to do for the tile's answer to reach `reply`; empty when it was called, or will be by who cuts the
/// tile already. The work keeps what it needs of the exchange.
[[nodiscard]] std::function<void()> tile_later(const Exchange& exchange, const TileRoute& route,
                                               std::function<void(Result<Answer, std::exception_ptr>)> reply);

// exports.cpp
[[nodiscard]] Answer exported(const Exchange& exchange, const ExportRoute& route);
/// The media type of one of `export_formats`.
[[nodiscard]] std::string_view export_type(std::string_view format);

// tilesets.cpp
[[nodiscard]] Answer tile_matrix_sets(const Exchange& exchange);
[[nodiscard]] Answer tile_matrix_set_definition(const Exchange& exchange);
[[nodiscard]] Answer dataset_tilesets(const Exchange& exchange);
[[nodiscard]] Answer dataset_tileset(const Exchange& exchange);
[[nodiscard]] Answer collection_tilesets(const Exchange& exchange, const CollectionTilesetsRoute& route);
[[nodiscard]] Answer collection_tileset(const Exchange& exchange, const CollectionTilesetRoute& route);
/// The same tile as `/xyz` names it.
[[nodiscard]] Result<TileRoute, Problem> tile_asked(const Exchange& exchange, const DatasetTileRoute& route);
[[nodiscard]] Result<TileRoute, Problem> tile_asked(const Exchange& exchange, const CollectionTileRoute& route);

// editions.cpp
[[nodiscard]] Answer editions(const Exchange& exchange);
[[nodiscard]] Answer edition(const Exchange& exchange, const EditionRoute& route);
[[nodiscard]] Answer quarter(const Exchange& exchange, const QuarterRoute& route);

// presentation_resource.cpp: styles, sprites, and the files of the pages.
[[nodiscard]] Answer styles(const Exchange& exchange);
[[nodiscard]] Answer style(const Exchange& exchange, const StyleRoute& route);
[[nodiscard]] Answer desktop_style(const Exchange& exchange, const StylesheetRoute& route);
[[nodiscard]] Answer sprite(const Exchange& exchange, const SpriteRoute& route);
[[nodiscard]] Answer asset(const Exchange& exchange, const AssetRoute& route);
/// The page with that name among the assets, with the headers that confine what it may load.
[[nodiscard]] Answer page(const Exchange& exchange, std::string_view path);
/// The page of a route that is a page for whoever asks, and that no other page may frame.
[[nodiscard]] Answer own_page(const Exchange& exchange, std::string_view path);

}  // namespace geoprio::service
