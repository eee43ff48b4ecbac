// The tiles of one published atlas: cut once, kept while there is room, dropped with the atlas.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>

#include "geo/tiling/tile_coordinate.hpp"
#include "tileserver/cache/encoded_tile.hpp"

namespace geoprio::cache {

/// Which layers of an atlas, in which order, in which tile.
class TileKey {
 public:
  TileKey(std::span<const std::size_t> layers, tiling::TileCoordinate tile);
  [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }
  bool operator==(const TileKey&) const = default;

 private:
  std::string bytes_;
};

/// How a caller got its tile.
enum class Origin { kept, cut, waited };

struct FoundTile {
  std::shared_ptr<const EncodedTile> tile;  ///< never null
  Origin origin;
};

/// Bounded in bytes; the tile used longest ago leaves first. When several callers ask for a tile that is not there, one
/// cuts it and the others wait for it. There is no invalidation: a new atlas comes with a new cache.
/// Thread safety: any thread at any time. Shards with a mutex each, held for a lookup or an insertion, never while
/// cutting or waiting.
class TileCache {
 public:
  /// `capacity` in bytes of tiles, shared out evenly among the shards: a tile larger than a shard's share is served and
  /// not kept, and 0 keeps nothing.
  explicit TileCache(std::size_t capacity);

  /// The tile if it is kept; never waits for a cut.
  [[nodiscard]] std::shared_ptr<const EncodedTile> kept(const TileKey& key);

  /// The tile, by `cut` if need be. What `cut` throws reaches its caller and those who wait, and the next one cuts
  /// anew.
  FoundTile tile(const TileKey& key, const std::function<EncodedTile()>& cut);

  /// Bytes kept now, all shards together.
  [[nodiscard]] std::size_t size() const;

 private:
  using SharedTile = std::shared_ptr<const EncodedTile>;
  struct Kept {
    std::string key;
    SharedTile tile;
  };
  struct Shard {
    mutable std::mutex mutex;  ///< guards all that follows
    std::list<Kept> by_use;    ///< the latest used first
    std::unordered_map<std::string, std::list<Kept>::iterator> tiles;
    std::unordered_map<std::string, std::shared_future<SharedTile>> being_cut;
    std::size_t bytes = 0;
  };

  [[nodiscard]] Shard& shard_of(const TileKey& key);
  [[nodiscard]] static SharedTile touched(Shard& shard, const std::string& key);
  [[nodiscard]] SharedTile cut_for_all(Shard& shard, const std::string& key, std::promise<SharedTile>& promise,
                                       const std::function<EncodedTile()>& cut);
  void keep(Shard& shard, const std::string& key, const SharedTile& tile);

  // 8 shards: more than the threads that serve on the machines this runs on, and still 8 MB each of the usual 64.
  static constexpr std::size_t shard_count = 8;
  std::array<Shard, shard_count> shards_;
  std::size_t shard_capacity_;
};

}  // namespace geoprio::cache
