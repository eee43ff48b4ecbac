// How the screen in the town hall behaves.
#pragma once

#include <cstddef>
#include <tuple>

#include "geo/core/quantity.hpp"

namespace geoprio::domain {

struct Kiosk {
  std::size_t idle_s = 60;     ///< without a touch, until it warns
  std::size_t warning_s = 20;  ///< from the warning until everything is wiped: WCAG 2.2.1 asks for 20 s at least
  Metres near_limit{15};       ///< a place so near to the border of the priority geography is told so

  static auto members(auto& self) { return std::tie(self.idle_s, self.warning_s, self.near_limit); }
  bool operator==(const Kiosk&) const = default;
};

}  // namespace geoprio::domain
