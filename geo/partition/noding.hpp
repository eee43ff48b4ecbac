// Snap rounding (Hobby 1999) of integer segments, in one pass.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

namespace geoprio::partition {

/// A point of an integer plane. What a unit is, is the caller's business: 1e-7 degree in the atlas's partition, 2^-32 of
/// the world in tiles.
struct PlanePoint {
  std::int32_t x{};
  std::int32_t y{};
  constexpr auto operator<=>(const PlanePoint&) const = default;
};

}  // namespace geoprio::partition
