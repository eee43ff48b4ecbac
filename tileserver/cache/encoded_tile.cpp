#include "tileserver/cache/encoded_tile.hpp"

#include <utility>

namespace geoprio::cache {

EncodedTile EncodedTile::of(std::string tile) {
  EncodedTile result;
  if (!tile.empty()) result.put(Encoding::identity, std::move(tile));
  return result;
}

EncodedTile EncodedTile::with(Encoding encoding) const {
  EncodedTile result = *this;
  result.put(encoding, compressed(*bytes(Encoding::identity), encoding, level_of(encoding)));
  return result;
}

void EncodedTile::put(Encoding encoding, std::string bytes) {
  bytes.shrink_to_fit();
  bytes_[place_of(encoding)] = std::make_shared<const std::string>(std::move(bytes));
}

std::size_t EncodedTile::size() const noexcept {
  // A string apart: its object, the count beside it and the allocator's own 16 bytes.
  constexpr std::size_t beside_bytes = sizeof(std::string) + 32;
  std::size_t total = sizeof(*this);
  for (const auto& bytes : bytes_)
    if (bytes) total += bytes->capacity() + beside_bytes;
  return total;
}

}  // namespace geoprio::cache
