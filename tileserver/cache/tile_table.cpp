#include "tileserver/cache/tile_table.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace geoprio::cache {
namespace {

// Few kept tiles are smaller than this with what is kept beside them: a table with a place for each is never full
// before its bytes are.
constexpr std::size_t bytes_per_place = 512;

}  // namespace

TileTable::Entry::Entry(const TileKey& its_key, SharedTile its_tile)
    : key(its_key), tile(std::move(its_tile)), cost(sizeof(Entry) + 32 + tile->size()) {}

TileTable::TileTable(std::size_t capacity)
    : capacity_(capacity),
      place_count_(capacity < set_size * bytes_per_place ? 0 : std::bit_floor(capacity / bytes_per_place)),
      places_(std::make_unique<Place[]>(place_count_)),
      bytes_(place_count_ * sizeof(Place)) {}

TileTable::Place* TileTable::set_of(std::uint64_t hash) noexcept {
  return &places_[hash * set_size & (place_count_ - 1)];
}

TileTable::Reading TileTable::reading(const TileKey& key) noexcept {
  if (place_count_ == 0) return {};
  const std::uint64_t hash = key.hash();
  Place* const set = set_of(hash);
  for (Place* place = set; place != set + set_size; ++place) {
    if (place->hash.load(std::memory_order_acquire) != hash) continue;
    auto reading = marks_.reading(place->entry);
    if (reading.object() != nullptr && reading.object()->key == key) return reading;
  }
  return {};
}

TileTable::SharedTile TileTable::found(const TileKey& key) noexcept {
  const auto here = reading(key);
  if (here.object() == nullptr) return nullptr;
  // Read first: a line that many threads only read stays in all their caches.
  auto& used = here.object()->used;
  if (!used.load(std::memory_order_relaxed)) used.store(true, std::memory_order_relaxed);
  return here.object()->tile;
}

bool TileTable::wanted_again(const TileKey& key, Encoding encoding) noexcept {
  const auto here = reading(key);
  if (here.object() == nullptr) return false;
  auto& wishes = here.object()->wishes[place_of(encoding)];
  // Not counted past two, so that it cannot come round.
  return wishes.load(std::memory_order_relaxed) < 2 && wishes.fetch_add(1, std::memory_order_relaxed) == 1;
}

void TileTable::keep(const TileKey& key, SharedTile tile) {
  free_unread();
  auto entry = std::make_unique<const Entry>(key, std::move(tile));
  if (place_count_ == 0 || entry->cost > capacity_ - place_count_ * sizeof(Place)) return;
  const std::uint64_t hash = key.hash();
  Place& place = place_for(key, hash);
  clear(place);
  make_room(entry->cost, place);
  if (bytes_ + entry->cost > capacity_) return;  // what readers still hold fills it
  bytes_ += entry->cost;
  place.hash.store(hash, std::memory_order_release);
  place.entry.store(entry.get());
  place.owner = std::move(entry);
}

TileTable::Place& TileTable::place_for(const TileKey& key, std::uint64_t hash) noexcept {
  Place* const set = set_of(hash);
  Place* const end = set + set_size;
  if (auto* same = std::find_if(set, end, [&](const Place& place) { return place.owner && place.owner->key == key; });
      same != end)
    return *same;
  if (auto* empty = std::find_if(set, end, [](const Place& place) { return !place.owner; }); empty != end)
    return *empty;
  auto* unused = std::find_if(set, end, [](const Place& place) { return !place.owner->used.exchange(false); });
  return unused != end ? *unused : *set;
}

void TileTable::make_room(std::size_t cost, const Place& spared) {
  // Readers may mark a tile as used as fast as the hand clears it: after two rounds nobody is spared.
  for (std::size_t step = 0; step < 3 * place_count_ && bytes_ + cost > capacity_; ++step) {
    Place& place = places_[hand_];
    hand_ = (hand_ + 1) & (place_count_ - 1);
    if (!place.owner || &place == &spared) continue;
    if (place.owner->used.exchange(false) && step < 2 * place_count_) continue;
    clear(place);
  }
}

void TileTable::clear(Place& place) {
  if (!place.owner) return;
  place.entry.store(nullptr);
  leaving_.push_back(std::move(place.owner));
  free_unread();
}

void TileTable::free_unread() {
  std::erase_if(leaving_, [this](const std::unique_ptr<const Entry>& entry) {
    if (marks_.is_read(entry.get())) return false;
    bytes_ -= entry->cost;
    return true;
  });
}

}  // namespace geoprio::cache
