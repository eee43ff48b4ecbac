// Random linework that overlays must survive; the same on every machine for a seed.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <vector>

#include "geo/partition/arrangement.hpp"

namespace geoprio::tests {

using partition::PlanePoint;
using partition::PlaneRings;
using Soup = std::vector<PlaneRings>;

/// std::mt19937_64 is the same everywhere, std::uniform_int_distribution is not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(high - low + 1));
  }
  std::int32_t coordinate(std::int64_t low, std::int64_t high) { return static_cast<std::int32_t>(between(low, high)); }

 private:
  std::mt19937_64 engine_;
};

inline Soup triangles(std::uint64_t seed, std::uint32_t count, std::int64_t low, std::int64_t high) {
  Dice dice(seed);
  Soup soup;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::vector<PlanePoint> ring;
    for (int k = 0; k < 3; ++k) ring.push_back({dice.coordinate(low, high), dice.coordinate(low, high)});
    soup.push_back({i, {ring}});
  }
  return soup;
}

/// Several digitisations of one border, `length` long, `width` apart at most, each closed by a wide detour.
inline Soup needles(std::uint64_t seed, std::uint32_t count, std::int64_t length, std::int64_t width,
                    std::int64_t slope) {
  Dice dice(seed);
  Soup soup;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::vector<PlanePoint> ring;
    const auto vertices = dice.between(3, 200);
    for (std::int64_t k = 0; k <= vertices; ++k) {
      const auto x = length * k / vertices;
      ring.push_back(
          {static_cast<std::int32_t>(x), static_cast<std::int32_t>(x * slope / length + dice.between(0, width))});
    }
    if (i % 2 == 0) {
      ring.push_back({static_cast<std::int32_t>(length), static_cast<std::int32_t>(slope + 500000)});
      ring.push_back({0, 500000});
    }
    soup.push_back({i, {ring}});
  }
  return soup;
}

/// Rectangles and right triangles on a coarse lattice: overlaps along lines, T-junctions, equal rings.
inline Soup lattice(std::uint64_t seed, std::uint32_t count, std::int64_t step, std::int64_t cells) {
  Dice dice(seed);
  Soup soup;
  const auto at = [&] { return static_cast<std::int32_t>(step * dice.between(-cells, cells)); };
  for (std::uint32_t i = 0; i < count; ++i) {
    const PlanePoint a{at(), at()};
    const PlanePoint b{at(), at()};
    std::vector<PlanePoint> ring{a, {b.x, a.y}, b};
    if (dice.between(0, 1) == 0) ring.push_back({a.x, b.y});
    soup.push_back({i, {ring}});
    if (dice.between(0, 4) == 0) soup.push_back({count + i, {ring}});
  }
  return soup;
}

/// Stars that cross themselves, with spikes that go out and come back the same way.
inline Soup stars(std::uint64_t seed, std::uint32_t count, double radius) {
  Dice dice(seed);
  Soup soup;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto points = 2 * dice.between(2, 12) + 1;
    const double x = static_cast<double>(dice.between(-1000, 1000)) / 1000 * radius;
    const double y = static_cast<double>(dice.between(-1000, 1000)) / 1000 * radius;
    std::vector<PlanePoint> ring;
    for (std::int64_t k = 0; k < points; ++k) {
      const double angle = 2 * std::numbers::pi * static_cast<double>(k * (points / 2)) / static_cast<double>(points);
      ring.push_back({static_cast<std::int32_t>(x + radius * std::cos(angle)),
                      static_cast<std::int32_t>(y + radius * std::sin(angle))});
      if (dice.between(0, 3) == 0) {
        const PlanePoint tip{static_cast<std::int32_t>(x), static_cast<std::int32_t>(y + radius * 2)};
        ring.insert(ring.end(), {tip, ring.back()});
      }
    }
    soup.push_back({i, {ring}});
  }
  return soup;
}

}  // namespace geoprio::tests
