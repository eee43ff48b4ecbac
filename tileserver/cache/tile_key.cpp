#include "tileserver/cache/tile_key.hpp"

#include <cassert>

namespace geoprio::cache {

TileKey::TileKey(std::span<const std::size_t> layers, tiling::TileCoordinate tile) noexcept {
  assert(layers.size() <= most_layers);
  words_[0] = tile.zoom();
  words_[1] = tile.column();
  words_[2] = tile.row();
  words_[3] = static_cast<std::uint32_t>(layers.size());
  for (std::size_t place = 0; place < layers.size(); ++place)
    words_[place_words + place] = static_cast<std::uint32_t>(layers[place]);
}

std::uint64_t TileKey::hash() const noexcept {
  // splitmix64's finaliser over each pair of words: neighbouring tiles differ in few low bits, and sets of the table
  // are chosen by low bits.
  std::uint64_t mixed = 0;
  for (std::size_t place = 0; place < words_.size(); place += 2) {
    mixed ^= (std::uint64_t{words_[place]} << 32U) | words_[place + 1];
    mixed += 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    mixed ^= mixed >> 31U;
  }
  return mixed;
}

}  // namespace geoprio::cache
