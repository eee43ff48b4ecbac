#include "tileserver/pyramid/pyramid.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <optional>
#include <span>
#include <thread>
#include <utility>

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
  for (const auto number : layers)
    for (const auto& feature : atlas.layers[number].features) {
      if (!feature.bounds) continue;
      const auto low = projection::on_mercator_grid(feature.bounds->low);
      const auto high = projection::on_mercator_grid(feature.bounds->high);
      all.push_back({low.x, high.y, high.x, low.y});
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

std::string gzipped_tile(const atlas::Atlas& atlas, const std::vector<std::size_t>& layers, TileCoordinate tile) {
  std::string bytes;
  for (const auto layer : layers) bytes += atlas.tiles->cut(layer, tile);
  constexpr int level = 6;  // as files are kept: 6 % smaller than what a server gives at once
  return bytes.empty() ? bytes : cache::compressed(bytes, cache::Encoding::gzip, level);
}

/// The tiles of a block, cut by all cores.
void cut_block(const atlas::Atlas& atlas, const std::vector<std::size_t>& layers,
               std::span<const std::uint64_t> numbers, std::span<std::string> tiles) {
  std::atomic<std::size_t> next{0};
  const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::exception_ptr> failures(threads);
  const auto work = [&](std::exception_ptr& failure) {
    try {
      for (auto place = next++; place < numbers.size(); place = next++)
        tiles[place] = gzipped_tile(atlas, layers, tile_numbered(numbers[place]));
    } catch (...) {
      failure = std::current_exception();  // rethrown below, on the caller's thread
    }
  };
  {
    std::vector<std::jthread> others;
    for (unsigned thread = 1; thread < threads; ++thread) others.emplace_back(work, std::ref(failures[thread]));
    work(failures[0]);
  }
  for (const auto& failure : failures)
    if (failure) std::rethrow_exception(failure);
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
    cut_block(atlas, options.layers, some, tiles);
    for (std::size_t place = 0; place < some.size(); ++place)
      if (!tiles[place].empty()) archive.add(some[place], tiles[place]);
    if (options.progress) options.progress(first + some.size(), numbers.size());
  }
  std::optional<DegreeBox> bounds;
  for (const auto layer : options.layers)
    if (const auto& its = atlas.layers[layer].bounds) {
      if (!bounds) bounds = its;
      bounds->extend(its->low);
      bounds->extend(its->high);
    }
  return archive.finish({options.metadata, options.max_zoom, bounds.value_or(DegreeBox{})});
}

}  // namespace geoprio::pyramid
