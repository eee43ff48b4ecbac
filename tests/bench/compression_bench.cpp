// What each encoding and level costs on real tiles: `compression_bench ATLAS` cuts the tiles that the map's style asks
// for over the default edition and prints a Markdown table of bytes and microseconds a tile.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "geo/loading/load.hpp"
#include "tileserver/atlas/atlas_builder.hpp"
#include "tileserver/cache/compression.hpp"

using namespace geoprio;

namespace {

/// Every tile below zoom 0 that holds something, to `deepest`, at most `most` of each zoom.
std::vector<std::string> cut_tiles(const atlas::Atlas& atlas, unsigned deepest, std::size_t most) {
  std::vector<std::size_t> layers;
  for (const std::string& id : {std::string("communes"), atlas.default_edition + ".tiers",
                                atlas.default_edition + ".quarters", atlas.default_edition + ".labels"})
    if (const auto number = atlas.layer_number(id)) layers.push_back(*number);
  const auto whole = [&](tiling::TileCoordinate tile) { return atlas.tiles->cut(layers, tile); };
  std::vector<std::string> tiles;
  std::vector<tiling::TileCoordinate> level = {*tiling::TileCoordinate::make(0, 0, 0)};
  for (unsigned zoom = 0; zoom <= deepest; ++zoom) {
    std::vector<tiling::TileCoordinate> next;
    for (const auto tile : level) {
      auto bytes = whole(tile);
      if (bytes.empty()) continue;
      tiles.push_back(std::move(bytes));
      for (const unsigned corner : {0U, 1U, 2U, 3U})
        next.push_back(*tiling::TileCoordinate::make(zoom + 1, 2 * tile.column() + (corner & 1U),
                                                     2 * tile.row() + (corner >> 1U)));
    }
    // Evenly spread over the territory, not its first corner.
    level.clear();
    const std::size_t step = std::max<std::size_t>(1, next.size() / most);
    for (std::size_t place = 0; place < next.size(); place += step) level.push_back(next[place]);
  }
  return tiles;
}

struct Cost {
  double bytes = 0, microseconds = 0;
};

Cost cost_of(const std::vector<std::string>& tiles, cache::Encoding encoding, int level) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> runs;
  std::size_t bytes = 0;
  for (int run = 0; run < 5; ++run) {
    bytes = 0;
    const auto began = Clock::now();
    for (const auto& tile : tiles) bytes += cache::compressed(tile, encoding, level).size();
    runs.push_back(std::chrono::duration<double, std::micro>(Clock::now() - began).count());
  }
  std::nth_element(runs.begin(), runs.begin() + 2, runs.end());
  const auto count = static_cast<double>(tiles.size());
  return {static_cast<double>(bytes) / count, runs[2] / count};
}

void print(const std::vector<std::string>& tiles, const char* title) {
  std::size_t bytes = 0;
  for (const auto& tile : tiles) bytes += tile.size();
  const double mean = static_cast<double>(bytes) / static_cast<double>(tiles.size());
  std::printf("\n%s: %zu tiles, %.0f bytes each\n\n| encoding | level | bytes | share | us |\n|---|---|---|---|---|\n",
              title, tiles.size(), mean);
  struct Levels {
    cache::Encoding encoding;
    std::vector<int> levels;
  };
  const std::array<Levels, 3> asked = {{{cache::Encoding::gzip, {1, 2, 3, 4, 5, 6, 9, 12}},
                                        {cache::Encoding::br, {1, 3, 4, 5, 6, 9, 11}},
                                        {cache::Encoding::zstd, {1, 3, 6, 9, 12, 19}}}};
  for (const auto& [encoding, levels] : asked)
    for (const int level : levels) {
      const auto cost = cost_of(tiles, encoding, level);
      std::printf("| %s | %d | %.0f | %.3f | %.0f |\n", std::string(cache::name_of(encoding)).c_str(), level,
                  cost.bytes, cost.bytes / mean, cost.microseconds);
    }
}

int run(const char* path) {
  const auto loaded = loading::load(path, {});
  const auto atlas = atlas::published_atlas(atlas::cut_atlas(loaded, atlas::Audience::everyone, Language::english));
  const auto tiles = cut_tiles(*atlas, std::min(14U, atlas->max_zoom), 60);
  std::vector<std::string> small, large;
  for (const auto& tile : tiles) (tile.size() < 10'000 ? small : large).push_back(tile);
  if (!small.empty()) print(small, "Tiles under 10 kB");
  if (!large.empty()) print(large, "Tiles of 10 kB and more");
  return 0;
}

}  // namespace

int main(int argc, char* argv[]) {
  if (argc != 2) {
    std::cerr << "usage: compression_bench ATLAS\n";
    return 2;
  }
  try {
    return run(argv[1]);
  } catch (const std::exception& error) {
    std::cerr << "compression_bench: " << error.what() << '\n';
    return 2;
  }
}
