#include "tileserver/service/tile_cut.hpp"

#include <string>
#include <utility>

namespace geoprio::service {

cache::Cut cut_of(std::shared_ptr<const atlas::Atlas> atlas, std::vector<std::size_t> layers,
                  tiling::TileCoordinate tile, Compressed compressed) {
  return [atlas = std::move(atlas), layers = std::move(layers), tile, compressed] {
    auto cut = cache::EncodedTile::of(atlas->tiles->cut(layers, tile));
    return cut.empty() || compressed == Compressed::no ? cut : cut.with(cache::Encoding::gzip);
  };
}

}  // namespace geoprio::service
