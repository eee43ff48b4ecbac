#include "tileserver/cache/tile_cache.hpp"

#include <future>
#include <utility>

namespace geoprio::cache {

Work TileCache::ask(const TileKey& key, Cut cut, Waiter waiter) {
  auto found = table_.found(key);
  if (!found) {
    const std::lock_guard lock(mutex_);
    const auto [entry, mine] = being_cut_.try_emplace(key);
    if (!mine) {
      entry->second.push_back(std::move(waiter));
      return {};
    }
    // It may have been kept and no longer be cut since the first look; not the other way round.
    found = table_.found(key);
    if (!found) return [this, key, cut = std::move(cut), waiter = std::move(waiter)] { cut_for_all(key, cut, waiter); };
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
    if (outcome) table_.keep(key, *outcome);
    others = std::move(being_cut_.extract(key).mapped());
  }
  const auto tell = [&](const Waiter& one, Origin origin) {
    if (outcome)
      one(FoundTile{*outcome, origin});
    else
      one(Unexpected{outcome.error()});
  };
  tell(waiter, Origin::cut);
  for (const auto& other : others) tell(other, Origin::waited);
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
