// Where kept tiles stand: read by any number of threads without a lock, changed by one at a time.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "tileserver/cache/encoded_tile.hpp"
#include "tileserver/cache/reading_marks.hpp"
#include "tileserver/cache/tile_key.hpp"

namespace geoprio::cache {

/// A table of fixed size, eight places to a set, bounded in bytes: its own, and those of the tiles. When there is no
/// room the second-chance rule chooses who leaves: a hand goes round, a tile that was found since its last passage is
/// spared once.
/// Thread safety: `found` and `wanted_again` from any thread at any time; `keep` and `size` from one thread at a time
/// (the cache's mutex).
class TileTable {
 public:
  using SharedTile = std::shared_ptr<const EncodedTile>;

  /// `capacity` in bytes, the table's own included; a 16th of it at most is table.
  explicit TileTable(std::size_t capacity);
  TileTable(const TileTable&) = delete;
  TileTable& operator=(const TileTable&) = delete;

  /// The tile, or null. In the rare case that all reading marks are taken a tile that is there is not found.
  [[nodiscard]] SharedTile found(const TileKey& key) noexcept;

  /// Counts one wish for an encoding that a kept tile lacks; true for the second wish alone.
  [[nodiscard]] bool wanted_again(const TileKey& key, Encoding encoding) noexcept;

  /// Puts the tile in its place, instead of the one of that key if there is one. A tile too large for the whole table
  /// is left out.
  void keep(const TileKey& key, SharedTile tile);

  /// Bytes in use, with tiles that left while somebody was reading them.
  [[nodiscard]] std::size_t size() const noexcept { return bytes_; }

 private:
  struct Entry {
    TileKey key;
    SharedTile tile;
    std::size_t cost = 0;
    mutable std::atomic<bool> used{false};
    mutable std::array<std::atomic<std::uint8_t>, all_encodings.size()> wishes{};
    Entry(const TileKey& its_key, SharedTile its_tile);
  };
  struct Place {
    std::atomic<std::uint64_t> hash{0};  ///< a hint: the entry's key decides
    std::atomic<const Entry*> entry{nullptr};
    std::unique_ptr<const Entry> owner;  ///< of `entry`; the writer's
  };
  using Reading = ReadingMarks<Entry>::Reading;

  static constexpr std::size_t set_size = 8;

  [[nodiscard]] Reading reading(const TileKey& key) noexcept;
  [[nodiscard]] Place* set_of(std::uint64_t hash) noexcept;
  [[nodiscard]] Place& place_for(const TileKey& key, std::uint64_t hash) noexcept;
  void make_room(std::size_t cost, const Place& spared);
  void clear(Place& place);
  void free_unread();

  std::size_t capacity_;
  std::size_t place_count_;
  std::unique_ptr<Place[]> places_;  // not a vector: atomics do not move
  std::size_t bytes_;
  std::size_t hand_ = 0;
  ReadingMarks<Entry> marks_;
  std::vector<std::unique_ptr<const Entry>> leaving_;  ///< taken out while somebody read them
};

}  // namespace geoprio::cache
