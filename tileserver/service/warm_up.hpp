// Cuts the tiles that everyone sees first before anyone asks.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "tileserver/service/snapshot.hpp"

namespace geoprio::service {

/// The low zooms of what the default edition's style asks for, all its layers in one tile as maps ask and then each
/// alone, from the whole world inwards. It ends at zoom 8 or once it filled a quarter of the cache, and when its
/// snapshot is no longer the one that is served: it does not keep it.
/// Thread safety: one thread at a time.
class WarmUp {
 public:
  explicit WarmUp(const std::shared_ptr<const Snapshot>& snapshot);

  /// Cuts one tile, unless it is there or being cut. False when nothing is left to do.
  [[nodiscard]] bool step();

 private:
  struct Wanted {
    std::vector<std::size_t> layers;
    tiling::TileCoordinate tile;
  };
  std::weak_ptr<const Snapshot> snapshot_;
  std::vector<Wanted> wanted_;  ///< the last one first
};

}  // namespace geoprio::service
