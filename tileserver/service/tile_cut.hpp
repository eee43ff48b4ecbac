// How a tile of several layers is cut and encoded, for a request and for the warm-up alike.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "tileserver/atlas/atlas.hpp"
#include "tileserver/cache/tile_cache.hpp"

namespace geoprio::service {

/// Compressing takes as long as cutting: it is done where somebody reads it.
enum class Compressed { no, gzip };

/// The cut of these layers, by their numbers, in their order; it keeps the atlas.
[[nodiscard]] cache::Cut cut_of(std::shared_ptr<const atlas::Atlas> atlas, std::vector<std::size_t> layers,
                                tiling::TileCoordinate tile, Compressed compressed);

}  // namespace geoprio::service
