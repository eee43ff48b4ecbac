// Morton's curve, which visits the places of a plane so that neighbours along it are mostly neighbours in the plane.
#pragma once

#include <cstdint>

namespace geoprio {

/// Where on the curve a place is: the bits of both numbers in turn, the highest first, y's before x's.
constexpr std::uint64_t place_on_morton_curve(std::uint32_t x, std::uint32_t y) {
  const auto spread = [](std::uint64_t bits) {
    bits = (bits | bits << 16U) & 0x0000ffff0000ffffU;
    bits = (bits | bits << 8U) & 0x00ff00ff00ff00ffU;
    bits = (bits | bits << 4U) & 0x0f0f0f0f0f0f0f0fU;
    bits = (bits | bits << 2U) & 0x3333333333333333U;
    return (bits | bits << 1U) & 0x5555555555555555U;
  };
  return spread(y) << 1U | spread(x);
}
static_assert(place_on_morton_curve(0b101, 0b011) == 0b011011);

}  // namespace geoprio
