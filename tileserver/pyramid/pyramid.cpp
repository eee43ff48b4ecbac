#include "tileserver/pyramid/pyramid.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

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

/// Tiles that are cut together.
struct Block {
  std::span<const std::uint64_t> numbers;
  std::vector<std::string> tiles;

  Block() = default;
  explicit Block(std::span<const std::uint64_t> of) : numbers(of), tiles(of.size()) {}
  /// Some of its tiles, with one compressor.
  void cut(const atlas::Atlas& atlas, std::span<const std::size_t> layers, std::size_t first, std::size_t end) {
    constexpr int level = 6;  // as files are kept: 6 % smaller than what a server gives at once
    cache::GzipCompressor gzip(level);
    for (auto place = first; place < end; ++place) {
      const auto bytes = atlas.tiles->cut(layers, tile_numbered(numbers[place]));
      if (!bytes.empty()) tiles[place] = gzip.compressed(bytes);
    }
  }
  void write_to(Archive& archive) const {
    for (std::size_t place = 0; place < numbers.size(); ++place)
      if (!tiles[place].empty()) archive.add(numbers[place], tiles[place]);
  }
};

constexpr std::size_t tiles_in_a_block = 2048;  // two blocks in memory at once: some 40 MB of the fullest
constexpr std::size_t tiles_at_once = 8;        // by one core: a compressor's making is shared, and none waits for long

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
  Block cut;
  for (std::size_t first = 0; first < numbers.size(); first += tiles_in_a_block) {
    const std::span<const std::uint64_t> left = std::span(numbers).subspan(first);
    Block next(left.first(std::min(tiles_in_a_block, left.size())));
    // One core writes the block before while the others cut, and then helps them.
    const auto count = next.numbers.size();
    in_parallel(1 + (count + tiles_at_once - 1) / tiles_at_once, [&](std::size_t job) {
      if (job == 0)
        cut.write_to(archive);
      else
        next.cut(atlas, options.layers, (job - 1) * tiles_at_once, std::min(count, job * tiles_at_once));
    });
    cut = std::move(next);
    if (options.progress) options.progress(first + count, numbers.size());
  }
  cut.write_to(archive);
  const auto bounds = atlas.bounds(options.layers);
  return archive.finish({options.metadata, options.max_zoom, bounds.value_or(DegreeBox{})});
}

}  // namespace geoprio::pyramid
