#include "tileserver/pyramid/pyramid.hpp"

#include <algorithm>
#include <span>

#include "geo/core/parallel.hpp"
#include "geo/projection/web_mercator.hpp"
#include "geo/tiling/tile_noding.hpp"
#include "tileserver/cache/compression.hpp"
#include "tileserver/pyramid/hilbert.hpp"

namespace geoprio::pyramid {
namespace {

using tiling::TileCoordinate;

/// A feature's bounds on the Mercator grid, y to the south.
struct Bounds {
  std::int32_t west, north, east, south;
};

std::vector<Bounds> bounds_of(const atlas::Atlas& atlas, const std::vector<std::size_t>& layers) {
  std::vector<Bounds> all;
  for (const auto number : layers) {
    const auto& features = atlas.layers[number].features;
    for (std::size_t place = 0; place < features.size(); ++place) {
      const auto bounds = features.bounds(place);
      if (!bounds) continue;
      const auto low = projection::on_mercator_grid(bounds->low);
      const auto high = projection::on_mercator_grid(bounds->high);
      all.push_back({low.x, high.y, high.x, low.y});
    }
  }
  return all;
}

/// Goes down from a tile to those of its quarters that some of the bounds meet.
void descend(TileCoordinate tile, std::span<const Bounds> near, unsigned max_zoom,
             std::vector<std::uint64_t>& numbers) {
  const auto box = tiling::box_of(tile);
  std::vector<Bounds> here;
  for (const auto& one : near)
    if (one.west <= box.high.x && one.east >= box.low.x && one.north <= box.high.y && one.south >= box.low.y)
      here.push_back(one);
  if (here.empty()) return;
  numbers.push_back(tile_number(tile));
  if (tile.zoom() == max_zoom) return;
  for (const std::uint32_t quarter : {0U, 1U, 2U, 3U})
    descend(*TileCoordinate::make(tile.zoom() + 1, 2 * tile.column() + quarter % 2, 2 * tile.row() + quarter / 2), here,
            max_zoom, numbers);
}

std::string gzipped_tile(const atlas::Atlas& atlas, std::span<const std::size_t> layers, TileCoordinate tile) {
  auto bytes = atlas.tiles->cut(layers, tile);
  constexpr int level = 6;  // as files are kept: 6 % smaller than what a server gives at once
  return bytes.empty() ? bytes : cache::compressed(bytes, cache::Encoding::gzip, level);
}

}  // namespace

std::vector<std::uint64_t> tiles_worth_cutting(const atlas::Atlas& atlas, const std::vector<std::size_t>& layers,
                                               unsigned max_zoom) {
  std::vector<std::uint64_t> numbers;
  descend(*TileCoordinate::make(0, 0, 0), bounds_of(atlas, layers), max_zoom, numbers);
  std::ranges::sort(numbers);
  return numbers;
}

ArchiveSummary write_pyramid(const atlas::Atlas& atlas, const PyramidOptions& options,
                             const std::filesystem::path& file) {
  Archive archive(file);
  const auto numbers = tiles_worth_cutting(atlas, options.layers, options.max_zoom);
  constexpr std::size_t block = 4096;  // tiles in memory at once: some 40 MB of the fullest
  std::vector<std::string> tiles(block);
  for (std::size_t first = 0; first < numbers.size(); first += block) {
    const auto some = std::span(numbers).subspan(first, std::min(block, numbers.size() - first));
    in_parallel(some.size(), [&](std::size_t place) {
      tiles[place] = gzipped_tile(atlas, options.layers, tile_numbered(some[place]));
    });
    for (std::size_t place = 0; place < some.size(); ++place)
      if (!tiles[place].empty()) archive.add(some[place], tiles[place]);
    if (options.progress) options.progress(first + some.size(), numbers.size());
  }
  const auto bounds = atlas.bounds(options.layers);
  return archive.finish({options.metadata, options.max_zoom, bounds.value_or(DegreeBox{})});
}

}  // namespace geoprio::pyramid
