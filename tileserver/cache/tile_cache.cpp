#include "tileserver/cache/tile_cache.hpp"

#include <future>
#include <new>
#include <utility>

namespace geoprio::cache {

Work TileCache::ask(const TileKey& key, Cut cut, Waiter waiter) {
  auto found = table_.found(key);
  if (!found) {
    // Before the key is said to be cut: where there is no memory for it, nobody waits for a cut that never begins.
    Work work = [this, key, cut = std::move(cut), waiter] { cut_for_all(key, cut, waiter); };
    const std::lock_guard lock(mutex_);
    const auto [entry, mine] = being_cut_.try_emplace(key);
    if (!mine) {
      entry->second.push_back(std::move(waiter));
      return {};
    }
    // It may have been kept and no longer be cut since the first look; not the other way round.
    found = table_.found(key);
    if (!found) return work;
    being_cut_.erase(entry);
  }
  waiter(FoundTile{std::move(found), Origin::kept});
  return {};
}

void TileCache::cut_for_all(const TileKey& key, const Cut& cut, const Waiter& waiter) {
  const auto outcome = [&]() -> Outcome {
    try {
      return std::make_shared<const EncodedTile>(cut());
    } catch (...) {
      return Unexpected{std::current_exception()};
    }
  }();
  std::vector<Waiter> others;
  {
    // Kept and no longer being cut in one step: nobody can find neither and cut it again.
    const std::lock_guard lock(mutex_);
    others = std::move(being_cut_.extract(key).mapped());
    if (outcome) keep_if_it_can(key, *outcome);
  }
  std::exception_ptr failure;
  const auto tell = [&](const Waiter& one, Origin origin) {
    try {
      if (outcome)
        one(FoundTile{*outcome, origin});
      else
        one(Unexpected{outcome.error()});
    } catch (...) {
      if (!failure) failure = std::current_exception();  // rethrown when all the others have been told
    }
  };
  tell(waiter, Origin::cut);
  for (const auto& other : others) tell(other, Origin::waited);
  if (failure) std::rethrow_exception(failure);
}

void TileCache::keep_if_it_can(const TileKey& key, const std::shared_ptr<const EncodedTile>& tile) {
  try {
    table_.keep(key, tile);
  } catch (const std::bad_alloc&) {
    // Served all the same: who waits is not to pay for a tile that there is no room to keep.
  }
}

FoundTile TileCache::tile(const TileKey& key, const Cut& cut) {
  std::promise<FoundTile> promise;
  auto answer = promise.get_future();
  const auto work = ask(key, cut, [&promise](const Result<FoundTile, std::exception_ptr>& found) {
    if (found)
      promise.set_value(*found);
    else
      promise.set_exception(found.error());
  });
  if (work) work();
  return answer.get();
}

std::shared_ptr<const EncodedTile> TileCache::with_encoding(const TileKey& key, const EncodedTile& tile,
                                                            Encoding encoding) {
  auto further = std::make_shared<const EncodedTile>(tile.with(encoding));
  const std::lock_guard lock(mutex_);
  // Another encoding of it may have been made meanwhile: the later one wins, and the lost one is made again if it is
  // wanted again.
  table_.keep(key, further);
  return further;
}

Work TileCache::further_encoding(const TileKey& key, Encoding encoding) {
  if (!table_.wanted_again(key, encoding)) return {};
  return [this, key, encoding] {
    const auto tile = table_.found(key);
    if (tile && !tile->empty() && !tile->bytes(encoding)) with_encoding(key, *tile, encoding);
  };
}

std::size_t TileCache::size() const {
  const std::lock_guard lock(mutex_);
  return table_.size();
}

}  // namespace geoprio::cache
