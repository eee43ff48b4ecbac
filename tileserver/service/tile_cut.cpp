#include "tileserver/service/tile_cut.hpp"

#include <string>
#include <utility>

namespace geoprio::service {

cache::Cut cut_of(std::shared_ptr<const atlas::Atlas> atlas, std::vector<std::size_t> layers,
                  tiling::TileCoordinate tile) {
  return [atlas = std::move(atlas), layers = std::move(layers), tile] {
    return cache::EncodedTile::of(atlas->tile(layers, tile));
  };
}

}  // namespace geoprio::service
