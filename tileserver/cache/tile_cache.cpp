#include "tileserver/cache/tile_cache.hpp"

#include "geo/core/hash.hpp"

namespace geoprio::cache {
namespace {

/// What a kept tile costs beside its bytes: list node, two keys, map node.
constexpr std::size_t bookkeeping = 200;

void append_number(std::string& bytes, std::uint64_t number) {
  for (unsigned shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<char>((number >> shift) & 0xFFU));
}

}  // namespace

TileKey::TileKey(std::span<const std::size_t> layers, tiling::TileCoordinate tile) {
  bytes_.reserve(12 + 4 * layers.size());
  append_number(bytes_, tile.zoom());
  append_number(bytes_, tile.column());
  append_number(bytes_, tile.row());
  for (const std::size_t layer : layers) append_number(bytes_, layer);
}

TileCache::TileCache(std::size_t capacity) : shard_capacity_(capacity / shard_count) {}

TileCache::Shard& TileCache::shard_of(const TileKey& key) {
  // The high bits: unordered_map uses its own hash, so the two do not cluster.
  return shards_[Fnv1a().add(key.bytes()).value() >> 32U & (shard_count - 1)];
}

TileCache::SharedTile TileCache::touched(Shard& shard, const std::string& key) {
  const auto found = shard.tiles.find(key);
  if (found == shard.tiles.end()) return nullptr;
  shard.by_use.splice(shard.by_use.begin(), shard.by_use, found->second);
  return found->second->tile;
}

std::shared_ptr<const EncodedTile> TileCache::kept(const TileKey& key) {
  Shard& shard = shard_of(key);
  const std::lock_guard lock(shard.mutex);
  return touched(shard, key.bytes());
}

FoundTile TileCache::tile(const TileKey& key, const std::function<EncodedTile()>& cut) {
  Shard& shard = shard_of(key);
  std::promise<SharedTile> promise;
  std::shared_future<SharedTile> other;
  {
    const std::lock_guard lock(shard.mutex);
    if (auto found = touched(shard, key.bytes())) return {std::move(found), Origin::kept};
    const auto [entry, mine] = shard.being_cut.try_emplace(key.bytes());
    if (mine)
      entry->second = promise.get_future().share();
    else
      other = entry->second;
  }
  if (other.valid()) return {other.get(), Origin::waited};
  return {cut_for_all(shard, key.bytes(), promise, cut), Origin::cut};
}

TileCache::SharedTile TileCache::cut_for_all(Shard& shard, const std::string& key, std::promise<SharedTile>& promise,
                                             const std::function<EncodedTile()>& cut) {
  try {
    auto tile = std::make_shared<const EncodedTile>(cut());
    {
      // Kept and no longer being cut in one step: nobody can find neither and cut it again.
      const std::lock_guard lock(shard.mutex);
      keep(shard, key, tile);
      shard.being_cut.erase(key);
    }
    promise.set_value(tile);
    return tile;
  } catch (...) {
    {
      const std::lock_guard lock(shard.mutex);
      shard.being_cut.erase(key);
    }
    promise.set_exception(std::current_exception());
    throw;
  }
}

void TileCache::keep(Shard& shard, const std::string& key, const SharedTile& tile) {
  const std::size_t cost = tile->size() + bookkeeping;
  if (cost > shard_capacity_) return;
  while (shard.bytes + cost > shard_capacity_) {
    const Kept& oldest = shard.by_use.back();
    shard.bytes -= oldest.tile->size() + bookkeeping;
    shard.tiles.erase(oldest.key);
    shard.by_use.pop_back();
  }
  shard.by_use.push_front({key, tile});
  shard.tiles.emplace(key, shard.by_use.begin());
  shard.bytes += cost;
}

std::size_t TileCache::size() const {
  std::size_t bytes = 0;
  for (const auto& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    bytes += shard.bytes;
  }
  return bytes;
}

}  // namespace geoprio::cache
