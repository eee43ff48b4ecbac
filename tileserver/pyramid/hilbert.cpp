#include "tileserver/pyramid/hilbert.hpp"

#include <utility>

namespace geoprio::pyramid {
namespace {

/// Turns a quadrant so that the curve in it is the whole curve, smaller.
void turn(std::uint32_t side, std::uint32_t& x, std::uint32_t& y, std::uint32_t right, std::uint32_t low) {
  if (low != 0) return;
  if (right != 0) {
    x = side - 1 - x;
    y = side - 1 - y;
  }
  std::swap(x, y);
}

/// How many tiles the zooms before this one have: (4^zoom - 1) / 3.
constexpr std::uint64_t tiles_before(unsigned zoom) { return ((std::uint64_t{1} << (2 * zoom)) - 1) / 3; }

}  // namespace

std::uint64_t tile_number(tiling::TileCoordinate tile) noexcept {
  std::uint64_t number = tiles_before(tile.zoom());
  std::uint32_t x = tile.column();
  std::uint32_t y = tile.row();
  const std::uint32_t side = std::uint32_t{1} << tile.zoom();
  for (std::uint32_t half = side / 2; half > 0; half /= 2) {
    const std::uint32_t right = (x & half) != 0 ? 1 : 0;
    const std::uint32_t low = (y & half) != 0 ? 1 : 0;
    number += std::uint64_t{half} * half * ((3 * right) ^ low);
    turn(side, x, y, right, low);
  }
  return number;
}

tiling::TileCoordinate tile_numbered(std::uint64_t number) noexcept {
  unsigned zoom = 0;
  while (zoom < tiling::TileCoordinate::deepest_zoom && tiles_before(zoom + 1) <= number) ++zoom;
  std::uint64_t rest = number - tiles_before(zoom);
  std::uint32_t x = 0;
  std::uint32_t y = 0;
  for (std::uint32_t side = 1; side < std::uint32_t{1} << zoom; side *= 2) {
    const auto right = static_cast<std::uint32_t>(rest / 2 & 1U);
    const auto low = static_cast<std::uint32_t>((rest ^ right) & 1U);
    turn(side, x, y, right, low);
    x += side * right;
    y += side * low;
    rest /= 4;
  }
  return *tiling::TileCoordinate::make(zoom, x, y);
}

}  // namespace geoprio::pyramid
