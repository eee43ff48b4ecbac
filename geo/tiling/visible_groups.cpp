#include "geo/tiling/visible_groups.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>

#include "geo/core/int128.hpp"
#include "geo/tiling/tile_coordinate.hpp"

namespace geoprio::tiling {
namespace {

/// On the Mercator grid.
struct Extent {
  int128 doubled_area = 0;
  double length = 0;
};

}  // namespace

std::vector<Group> groups_that_may_vanish(const Chains& chains, const ShownPoints& shown, unsigned zoom) {
  std::unordered_map<Group, Extent> extents;
  for (std::uint32_t chain = 0; chain < chains.size(); ++chain) {
    Extent along;
    for_each_segment(shown, chains.first(chain), chains.first(chain + 1) - 1, [&](auto from, auto to) {
      const auto a = chains.points()[from];
      const auto b = chains.points()[to];
      along.doubled_area += int128{a.x} * b.y - int128{b.x} * a.y;
      along.length += std::hypot(static_cast<double>(b.x) - a.x, static_cast<double>(b.y) - a.y);
    });
    const auto [left, right] = chains.sides(chain);
    extents[left].doubled_area += along.doubled_area;
    extents[right].doubled_area -= along.doubled_area;
    extents[left].length += along.length;
    extents[right].length += along.length;
  }
  const double unit = std::ldexp(1.0, static_cast<int>(TileCoordinate::deepest_zoom - zoom));
  std::vector<Group> groups;
  for (const auto& [group, extent] : extents)
    if (group != no_group && static_cast<double>(extent.doubled_area) <= 6 * extent.length * unit)
      groups.push_back(group);
  std::ranges::sort(groups);
  return groups;
}

}  // namespace geoprio::tiling
