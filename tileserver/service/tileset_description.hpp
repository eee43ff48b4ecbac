// What a tileset says of itself, served or in a file.
#pragma once

#include <cstddef>
#include <span>

#include "tileserver/atlas/atlas.hpp"
#include "tileserver/service/document.hpp"

namespace geoprio::service {

/// The members that TileJSON 3.0 and the metadata of a PMTiles archive have in common: name, vector_layers with their
/// fields, zooms, bounds and attribution. `layers`: numbers in the atlas.
[[nodiscard]] Document tileset_description(const atlas::Atlas& atlas, std::span<const std::size_t> layers,
                                           unsigned max_zoom);

}  // namespace geoprio::service
