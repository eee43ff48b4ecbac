// Slow checks that share no code with what they check: every piece against every other, every point against every ring.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <set>
#include <span>
#include <vector>

#include "geo/core/int128.hpp"
#include "geo/partition/arrangement.hpp"
#include "tests/geo/partition/soups.hpp"

namespace geoprio::tests {

inline int turn(PlanePoint a, PlanePoint b, PlanePoint c) {
  const int128 value = int128{std::int64_t{b.x} - a.x} * (std::int64_t{c.y} - a.y) -
                       int128{std::int64_t{b.y} - a.y} * (std::int64_t{c.x} - a.x);
  return (value > 0) - (value < 0);
}

inline bool on_segment(PlanePoint a, PlanePoint b, PlanePoint p) {
  return turn(a, b, p) == 0 && std::min(a.x, b.x) <= p.x && p.x <= std::max(a.x, b.x) && std::min(a.y, b.y) <= p.y &&
         p.y <= std::max(a.y, b.y);
}

/// Whether two segments share a point that is not an end of both.
inline bool conflict(PlanePoint a, PlanePoint b, PlanePoint c, PlanePoint d) {
  if (std::max(a.x, b.x) < std::min(c.x, d.x) || std::max(c.x, d.x) < std::min(a.x, b.x)) return false;
  if (std::max(a.y, b.y) < std::min(c.y, d.y) || std::max(c.y, d.y) < std::min(a.y, b.y)) return false;
  for (const auto p : {a, b})
    if (p != c && p != d && on_segment(c, d, p)) return true;
  for (const auto p : {c, d})
    if (p != a && p != b && on_segment(a, b, p)) return true;
  if ((a == c && b == d) || (a == d && b == c)) return true;
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

inline std::size_t conflicts(const partition::Arrangement& made) {
  std::size_t count = 0;
  const auto at = [&](std::uint32_t vertex) { return made.vertices()[vertex]; };
  for (std::size_t i = 0; i < made.edges().size(); ++i)
    for (std::size_t k = i + 1; k < made.edges().size(); ++k)
      if (conflict(at(made.edges()[i].from), at(made.edges()[i].to), at(made.edges()[k].from), at(made.edges()[k].to)))
        ++count;
  return count;
}

inline std::size_t components(const partition::Arrangement& made) {
  std::vector<std::uint32_t> parent(made.vertices().size());
  std::iota(parent.begin(), parent.end(), 0U);
  const auto root = [&](std::uint32_t v) {
    while (parent[v] != v) v = parent[v] = parent[parent[v]];
    return v;
  };
  for (const auto& edge : made.edges()) parent[root(edge.from)] = root(edge.to);
  std::size_t count = 0;
  for (std::uint32_t v = 0; v < parent.size(); ++v) count += root(v) == v ? 1U : 0U;
  return count;
}

inline double distance(PlanePoint p, PlanePoint a, PlanePoint b) {
  const long double dx = static_cast<long double>(b.x) - a.x;
  const long double dy = static_cast<long double>(b.y) - a.y;
  const long double px = static_cast<long double>(p.x) - a.x;
  const long double py = static_cast<long double>(p.y) - a.y;
  const long double length = dx * dx + dy * dy;
  const long double t = length == 0 ? 0 : std::min(1.0L, std::max(0.0L, (px * dx + py * dy) / length));
  return static_cast<double>(std::hypot(px - t * dx, py - t * dy));
}

template <class Visit>
void for_each_segment(const PlaneRings& perimeter, Visit&& visit) {
  for (const auto& ring : perimeter.rings)
    for (std::size_t i = 0; i < ring.size(); ++i) visit(ring[i], ring[(i + 1) % ring.size()]);
}

/// The farthest that a piece is from the nearest input segment of one of its owners; both its ends by the same segment.
inline double largest_displacement(const partition::Arrangement& made, const Soup& soup) {
  double largest = 0;
  for (std::size_t i = 0; i < made.edges().size(); ++i) {
    const auto from = made.vertices()[made.edges()[i].from];
    const auto to = made.vertices()[made.edges()[i].to];
    for (const auto owner : made.owners_along(i)) {
      double nearest = 1e300;
      for (const auto& perimeter : soup)
        if (perimeter.owner == owner)
          for_each_segment(perimeter, [&](PlanePoint a, PlanePoint b) {
            nearest = std::min(nearest, std::max(distance(from, a, b), distance(to, a, b)));
          });
      largest = std::max(largest, nearest);
    }
  }
  return largest;
}

/// Even-odd ray casting in long double: the owners whose rings surround the point.
inline std::vector<std::uint32_t> surrounding(const Soup& soup, PlanePoint p) {
  std::set<std::uint32_t> owners;
  for (const auto& perimeter : soup) {
    bool inside = false;
    for_each_segment(perimeter, [&](PlanePoint a, PlanePoint b) {
      if ((a.y > p.y) == (b.y > p.y)) return;
      const long double x = a.x + (static_cast<long double>(b.x) - a.x) * (static_cast<long double>(p.y) - a.y) /
                                      (static_cast<long double>(b.y) - a.y);
      if (x > p.x) inside = !inside;
    });
    if (inside && !owners.insert(perimeter.owner).second) owners.erase(perimeter.owner);
  }
  return {owners.begin(), owners.end()};
}

inline double distance_to_linework(const Soup& soup, PlanePoint p) {
  double nearest = 1e300;
  for (const auto& perimeter : soup)
    for_each_segment(perimeter, [&](PlanePoint a, PlanePoint b) { nearest = std::min(nearest, distance(p, a, b)); });
  return nearest;
}

}  // namespace geoprio::tests
