// What names a tile in the cache.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "geo/tiling/tile_coordinate.hpp"

namespace geoprio::cache {

/// Which layers of an atlas, in which tile. The layers' order is part of it: who wants one tile for all orders sorts
/// first. Of fixed size, so that a hit allocates nothing for it.
class TileKey {
 public:
  static constexpr std::size_t most_layers = 8;

  /// At most `most_layers`, by their numbers in the atlas.
  TileKey(std::span<const std::size_t> layers, tiling::TileCoordinate tile) noexcept;

  /// Well mixed in all its bits, the same on every machine.
  [[nodiscard]] std::uint64_t hash() const noexcept;
  bool operator==(const TileKey&) const = default;

 private:
  static constexpr std::size_t place_words = 4;  // zoom, column, row, number of layers
  std::array<std::uint32_t, place_words + most_layers> words_{};
};

}  // namespace geoprio::cache
