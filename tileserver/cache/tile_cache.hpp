// The tiles of one published atlas: cut once, kept while there is room, dropped with the atlas.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "geo/core/result.hpp"
#include "tileserver/cache/encoded_tile.hpp"
#include "tileserver/cache/tile_key.hpp"
#include "tileserver/cache/tile_table.hpp"

namespace geoprio::cache {

/// How a caller got its tile.
enum class Origin { kept, cut, waited };

struct FoundTile {
  std::shared_ptr<const EncodedTile> tile;  ///< never null
  Origin origin;
};

/// Takes the tile, or what the cut threw.
using Waiter = std::function<void(const Result<FoundTile, std::exception_ptr>&)>;
using Cut = std::function<EncodedTile()>;
/// What somebody has to call, once.
using Work = std::function<void()>;

/// Bounded in bytes; a tile that nobody found for long leaves first. When several callers ask for a tile that is not
/// there, one cuts it and answers all the others: they wait without holding a thread. There is no invalidation: a new
/// atlas comes with a new cache.
/// Thread safety: any thread at any time. A hit takes no lock; one mutex is held for an insertion or to join those who
/// wait, never while cutting, compressing or answering.
class TileCache {
 public:
  /// `capacity` in bytes, the table's own included: a tile larger than that is served and not kept, and 0 keeps
  /// nothing.
  explicit TileCache(std::size_t capacity) : capacity_(capacity), table_(capacity) {}

  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }

  /// The tile if it is kept; never waits.
  [[nodiscard]] std::shared_ptr<const EncodedTile> kept(const TileKey& key) noexcept { return table_.found(key); }

  /// Has `waiter` called once, now or later, here or on the thread that cuts. An empty work: the tile is kept, or being
  /// cut by another. Else the caller owns the cut and must call the work, wherever it takes time: it cuts, keeps, and
  /// answers all who asked meanwhile. What `cut` throws reaches all of them, and the next one cuts anew.
  /// @throws what a waiter throws, when all of them have been called.
  [[nodiscard]] Work ask(const TileKey& key, Cut cut, Waiter waiter);

  /// `ask` for a caller that has a thread to wait on.
  /// @throws what `cut` throws.
  FoundTile tile(const TileKey& key, const Cut& cut);

  /// The tile with one more encoding, made here and now, and kept so. `tile` is not empty.
  std::shared_ptr<const EncodedTile> with_encoding(const TileKey& key, const EncodedTile& tile, Encoding encoding);

  /// The work that makes a further encoding of a kept tile; empty but for the second time that it is wanted, so that
  /// what is asked for once costs nothing more.
  [[nodiscard]] Work further_encoding(const TileKey& key, Encoding encoding);

  /// Bytes in use now.
  [[nodiscard]] std::size_t size() const;

 private:
  struct KeyHash {
    std::size_t operator()(const TileKey& key) const noexcept { return key.hash(); }
  };
  using Outcome = Result<std::shared_ptr<const EncodedTile>, std::exception_ptr>;
  void cut_for_all(const TileKey& key, const Cut& cut, const Waiter& waiter);
  void keep_if_it_can(const TileKey& key, const std::shared_ptr<const EncodedTile>& tile);

  std::size_t capacity_;
  TileTable table_;
  mutable std::mutex mutex_;  ///< guards the table's writing side and `being_cut_`
  std::unordered_map<TileKey, std::vector<Waiter>, KeyHash> being_cut_;
};

}  // namespace geoprio::cache
