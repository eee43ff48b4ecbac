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
  result.put(encoding, compressed(bytes(Encoding::identity)->view(), encoding, level_of(encoding)));
  return result;
}

void EncodedTile::put(Encoding encoding, std::string bytes) {
  bytes_[place_of(encoding)] = std::make_shared<const KeptBytes>(std::move(bytes));
}

std::size_t EncodedTile::size() const noexcept {
  std::size_t total = sizeof(*this);
  for (const auto& bytes : bytes_)
    if (bytes) total += bytes->cost();
  return total;
}

}  // namespace geoprio::cache
