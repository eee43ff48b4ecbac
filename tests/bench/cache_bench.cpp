// What a hit costs when 1, 2 and 4 threads ask the cache for the same few hundred tiles, beside a map behind one mutex:
// prints a Markdown table of nanoseconds of CPU time a hit, all threads together.

#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "tileserver/cache/tile_cache.hpp"

using namespace geoprio;

namespace {

constexpr std::uint32_t tile_count = 500;
constexpr int hits_a_thread = 2'000'000;

cache::TileKey key(std::uint32_t column) {
  const std::vector<std::size_t> layers = {1, 2, 3};
  return cache::TileKey(layers, *tiling::TileCoordinate::make(12, column, 7));
}

/// What the cache would be without its table: the least that a lock can cost.
class LockedMap {
 public:
  void keep(const cache::TileKey& tile_key, std::shared_ptr<const cache::EncodedTile> tile) {
    tiles_.emplace(tile_key.hash(), std::move(tile));
  }
  [[nodiscard]] std::shared_ptr<const cache::EncodedTile> kept(const cache::TileKey& tile_key) {
    const std::lock_guard lock(mutex_);
    const auto found = tiles_.find(tile_key.hash());
    return found == tiles_.end() ? nullptr : found->second;
  }

 private:
  std::mutex mutex_;
  std::unordered_map<std::uint64_t, std::shared_ptr<const cache::EncodedTile>> tiles_;
};

struct Cost {
  double cpu_nanoseconds, wall_nanoseconds;
};

/// A hit's cost: CPU time by all threads for each hit, and time that passed for each hit of one thread.
Cost hit_cost(int threads, const std::function<bool(std::uint32_t)>& hit) {
  const std::clock_t cpu_before = std::clock();
  const auto began = std::chrono::steady_clock::now();
  std::vector<std::thread> running;
  for (int thread = 0; thread < threads; ++thread)
    running.emplace_back([&hit, thread] {
      auto column = static_cast<std::uint32_t>(thread * 97);
      for (int turn = 0; turn < hits_a_thread; ++turn) {
        column = (column * 5 + 1) % tile_count;
        if (!hit(column)) std::printf("a tile is not there\n");
      }
    });
  for (auto& thread : running) thread.join();
  const double wall = std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - began).count();
  const double cpu = 1e9 * static_cast<double>(std::clock() - cpu_before) / static_cast<double>(CLOCKS_PER_SEC);
  return {cpu / (double{hits_a_thread} * threads), wall / hits_a_thread};
}

}  // namespace

int main() {
  cache::TileCache tiles(std::size_t{64} << 20U);
  LockedMap locked;
  std::vector<cache::TileKey> keys;
  for (std::uint32_t column = 0; column < tile_count; ++column) {
    keys.push_back(key(column));
    const auto cut = [] { return cache::EncodedTile::of(std::string(1000, 'x')); };
    locked.keep(keys.back(), tiles.tile(keys.back(), cut).tile);
  }
  std::printf(
      "| threads | cache: ns of CPU a hit | wall | one mutex: ns of CPU a hit | wall |\n|---|---|---|---|---|\n");
  for (const int threads : {1, 2, 4}) {
    const auto ours = hit_cost(threads, [&](std::uint32_t column) { return tiles.kept(keys[column]) != nullptr; });
    const auto theirs = hit_cost(threads, [&](std::uint32_t column) { return locked.kept(keys[column]) != nullptr; });
    std::printf("| %d | %.0f | %.0f | %.0f | %.0f |\n", threads, ours.cpu_nanoseconds, ours.wall_nanoseconds,
                theirs.cpu_nanoseconds, theirs.wall_nanoseconds);
  }
  return 0;
}
