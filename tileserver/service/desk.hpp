// Where contributions are handed in and moderated: what the routes of the consultation share.
#pragma once

#include <memory>

#include "tileserver/service/cell_grid.hpp"
#include "tileserver/service/floods.hpp"
#include "tileserver/store/store.hpp"

namespace geoprio::service {

/// Store and gates outlive the atlas that is served; the grid is its own.
struct Desk {
  std::shared_ptr<store::Store> store;     ///< never null
  std::shared_ptr<FloodGates> gates;       ///< never null
  std::shared_ptr<const CellGrid> grid{};  ///< never null in a snapshot
};

}  // namespace geoprio::service
