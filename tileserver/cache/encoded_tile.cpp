#include "tileserver/cache/encoded_tile.hpp"

#include <utility>

#include "tileserver/cache/compression.hpp"

namespace geoprio::cache {

EncodedTile encoded(std::string tile) {
  // libdeflate's default level: the cut that precedes it costs more, and the result is sent many times.
  constexpr int level = 6;
  EncodedTile result;
  result.identity = std::move(tile);
  result.identity.shrink_to_fit();
  if (result.identity.empty()) return result;
  result.gzip = gzip(result.identity, level);
  result.gzip.shrink_to_fit();
  return result;
}

}  // namespace geoprio::cache
