// A cut tile in every encoding that is served.
#pragma once

#include <cstddef>
#include <string>

namespace geoprio::cache {

/// Identity and gzip, made together when the tile is cut. Thread safety: immutable once shared.
struct EncodedTile {
  std::string identity;  ///< an MVT tile; empty when nothing is in the tile
  std::string gzip;      ///< empty with it

  [[nodiscard]] bool empty() const noexcept { return identity.empty(); }
  /// What it costs to keep, without the map's nodes.
  [[nodiscard]] std::size_t size() const noexcept { return sizeof(*this) + identity.capacity() + gzip.capacity(); }
};

/// The tile in its encodings.
[[nodiscard]] EncodedTile encoded(std::string tile);

}  // namespace geoprio::cache
