// What `/locate` asks: the land with its memberships, and which layers those are features of.
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "geo/analysis/locate.hpp"

namespace geoprio::atlas {

/// Thread safety: immutable.
struct Places {
  /// A layer whose features are perimeters that a place may lie in.
  struct Set {
    analysis::NumberedSet numbers;  ///< one for each feature, in the layer's order
    std::uint32_t layer = 0;        ///< its number in the atlas
    static auto members(auto& self) { return std::tie(self.numbers, self.layer); }
  };

  analysis::Locator locator;  ///< its editions are the atlas's
  std::vector<Set> sets;      ///< quarters, bands and context sets

  static auto members(auto& self) { return std::tie(self.locator, self.sets); }
};

}  // namespace geoprio::atlas
