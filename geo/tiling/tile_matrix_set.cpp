#include "geo/tiling/tile_matrix_set.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "geo/projection/web_mercator.hpp"
#include "geo/tiling/tile_shape.hpp"

namespace geoprio::tiling {
namespace {

constexpr double equatorial_radius = 6378137;  // metres, of WGS 84
constexpr double pixels_across = 256;
constexpr double standard_pixel = 0.00028;  // metres, OGC 17-083r4 §6.1.1

/// Units of the Mercator grid from the square's western or northern side.
std::int64_t from_corner(std::int32_t units) { return std::int64_t{units} + (std::int64_t{1} << 31U); }

/// The column or row that holds `units` from the corner, the nearest one for what is outside the square.
std::uint32_t number_at(std::int64_t units, unsigned zoom) {
  const std::int64_t last = (std::int64_t{1} << zoom) - 1;
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(units >> (32U - zoom), 0, last));
}

/// The latitude at which row `row` begins; `row` may be one past the last.
double northern_latitude(std::uint32_t row, unsigned zoom) {
  const double northing = std::numbers::pi * (1 - 2 * std::ldexp(row, -static_cast<int>(zoom)));
  return std::atan(std::sinh(northing)) * (180 / std::numbers::pi);
}

double western_longitude(std::uint32_t column, unsigned zoom) {
  return 360 * std::ldexp(column, -static_cast<int>(zoom)) - 180;
}

}  // namespace

double cell_size(unsigned zoom) {
  return std::ldexp(2 * std::numbers::pi * equatorial_radius / pixels_across, -static_cast<int>(zoom));
}

double scale_denominator(unsigned zoom) { return cell_size(zoom) / standard_pixel; }

TileCoordinate tile_containing(LonLat place, unsigned zoom) {
  const auto point = projection::on_mercator_grid(on_grid(place));
  const auto tile =
      TileCoordinate::make(zoom, number_at(from_corner(point.x), zoom), number_at(from_corner(point.y), zoom));
  assert(tile);  // number_at stays inside the square
  return *tile;
}

TileRange tiles_meeting(const DegreeBox& box, unsigned zoom) {
  const auto south_west = projection::on_mercator_grid(box.low);
  const auto north_east = projection::on_mercator_grid(box.high);
  // Half a unit of the tile more than its buffer: borders are rounded to the tile's grid.
  const std::int64_t reach = ((2 * std::int64_t{tile_buffer} + 1) << (TileCoordinate::deepest_zoom - zoom)) / 2 + 1;
  return {number_at(from_corner(south_west.x) - reach, zoom), number_at(from_corner(north_east.x) + reach, zoom),
          number_at(from_corner(north_east.y) - reach, zoom), number_at(from_corner(south_west.y) + reach, zoom)};
}

TileBounds bounds_of(TileCoordinate tile) {
  return {western_longitude(tile.column(), tile.zoom()), northern_latitude(tile.row() + 1, tile.zoom()),
          western_longitude(tile.column() + 1, tile.zoom()), northern_latitude(tile.row(), tile.zoom())};
}

}  // namespace geoprio::tiling
