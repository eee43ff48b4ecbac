// A tile's place in the Web Mercator square: zoom, column from the west, row from the north.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

namespace geoprio::tiling {

class TileCoordinate {
 public:
  static constexpr unsigned deepest_zoom = 20;

  /// Nothing when the zoom is deeper than 20 or the column or row is outside the square of 2^zoom tiles.
  static constexpr std::optional<TileCoordinate> make(unsigned zoom, std::uint32_t column, std::uint32_t row) noexcept {
    if (zoom > deepest_zoom || column >= (1U << zoom) || row >= (1U << zoom)) return std::nullopt;
    return TileCoordinate(zoom, column, row);
  }
  [[nodiscard]] constexpr unsigned zoom() const noexcept { return zoom_; }
  [[nodiscard]] constexpr std::uint32_t column() const noexcept { return column_; }
  [[nodiscard]] constexpr std::uint32_t row() const noexcept { return row_; }
  constexpr auto operator<=>(const TileCoordinate&) const = default;

 private:
  constexpr TileCoordinate(unsigned zoom, std::uint32_t column, std::uint32_t row)
      : zoom_(zoom), column_(column), row_(row) {}
  unsigned zoom_;
  std::uint32_t column_;
  std::uint32_t row_;
};

}  // namespace geoprio::tiling
