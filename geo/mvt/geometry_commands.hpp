// The geometry of a feature as MVT's commands.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "geo/mvt/wire.hpp"
#include "geo/tiling/tile_shape.hpp"

namespace geoprio::mvt {

/// The commands of one feature (MVT 2.1 §4.3), with the cursor that goes on from part to part.
class GeometryCommands {
 public:
  void clear() {
    bytes_.clear();
    cursor_ = {0, 0};
  }
  [[nodiscard]] std::string_view bytes() const { return bytes_.bytes(); }

  void add_point(tiling::TilePoint point) {
    bytes_.reserve_numbers(3);
    bytes_.add_number(command(move_to, 1));
    step(point);
  }
  void add_line(std::span<const tiling::TilePoint> points) {
    bytes_.reserve_numbers(2 * points.size() + 2);
    bytes_.add_number(command(move_to, 1));
    step(points.front());
    bytes_.add_number(command(line_to, static_cast<std::uint32_t>(points.size() - 1)));
    for (const auto point : points.subspan(1)) step(point);
  }
  void add_ring(std::span<const tiling::TilePoint> points) {
    add_line(points);
    bytes_.reserve_numbers(1);
    bytes_.add_number(command(close_path, 1));  // §4.3.3.3: its count is 1, always
  }

 private:
  // §4.3.1.
  static constexpr std::uint32_t move_to = 1;
  static constexpr std::uint32_t line_to = 2;
  static constexpr std::uint32_t close_path = 7;
  static constexpr std::uint32_t command(std::uint32_t id, std::uint32_t count) { return (id & 7U) | (count << 3U); }

  void step(tiling::TilePoint to) {
    bytes_.add_number(zigzag(to.x - cursor_.x));
    bytes_.add_number(zigzag(to.y - cursor_.y));
    cursor_ = to;
  }
  WireBuffer bytes_;
  tiling::TilePoint cursor_;
};

}  // namespace geoprio::mvt
