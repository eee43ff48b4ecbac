// Snap rounding as its definition reads: every pair of segments, every segment against every pixel, unit pixels only.
// Shares no code with what it checks.
#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "geo/core/int128.hpp"
#include "tests/geo/partition/brute_force.hpp"

namespace geoprio::tests {

using PointPair = std::pair<PlanePoint, PlanePoint>;

/// floor(numerator / denominator + 1/2)
inline std::int32_t nearest(int128 numerator, int128 denominator) {
  if (denominator < 0) return nearest(-numerator, -denominator);
  const int128 doubled = 2 * numerator + denominator;
  const int128 quotient = doubled / (2 * denominator);
  return static_cast<std::int32_t>(
      static_cast<std::int64_t>(doubled % (2 * denominator) < 0 ? quotient - 1 : quotient));
}

/// Whether a segment meets [c - 1/2, c + 1/2) in both axes: the interval of its parameter is clipped four times.
class ClippedParameter {
 public:
  static bool meets(PlanePoint a, PlanePoint b, PlanePoint c) {
    ClippedParameter parameter;
    if (!parameter.clip(a.x, b.x, c.x) || !parameter.clip(a.y, b.y, c.y)) return false;
    const int128 length =
        parameter.high_.numerator * parameter.low_.denominator - parameter.low_.numerator * parameter.high_.denominator;
    return length > 0 || (length == 0 && !parameter.low_.open && !parameter.high_.open);
  }

 private:
  struct Bound {
    int128 numerator;
    int128 denominator;  // positive
    bool open;
  };

  bool clip(std::int64_t start, std::int64_t end, std::int64_t centre) {
    const std::int64_t along = 2 * (end - start);
    const std::int64_t lower = 2 * centre - 1 - 2 * start;
    const std::int64_t upper = 2 * centre + 1 - 2 * start;
    if (along == 0) return lower <= 0 && 0 < upper;
    raise(along > 0 ? Bound{lower, along, false} : Bound{-upper, -along, true});
    reduce(along > 0 ? Bound{upper, along, true} : Bound{-lower, -along, false});
    return true;
  }
  void raise(Bound bound) {
    const int128 more = bound.numerator * low_.denominator - low_.numerator * bound.denominator;
    if (more > 0 || (more == 0 && bound.open)) low_ = bound;
  }
  void reduce(Bound bound) {
    const int128 more = bound.numerator * high_.denominator - high_.numerator * bound.denominator;
    if (more < 0 || (more == 0 && bound.open)) high_ = bound;
  }

  Bound low_{0, 1, false};
  Bound high_{1, 1, false};
};

inline std::set<PlanePoint> naive_hot_pixels(const std::vector<PointPair>& segments) {
  std::set<PlanePoint> pixels;
  for (const auto& [a, b] : segments) pixels.insert({a, b});
  for (std::size_t i = 0; i < segments.size(); ++i)
    for (std::size_t k = i + 1; k < segments.size(); ++k) {
      const auto [a, b] = segments[i];
      const auto [c, d] = segments[k];
      if (turn(a, b, c) * turn(a, b, d) >= 0 || turn(c, d, a) * turn(c, d, b) >= 0) continue;
      const int128 dx = std::int64_t{b.x} - a.x;
      const int128 dy = std::int64_t{b.y} - a.y;
      const int128 ex = std::int64_t{d.x} - c.x;
      const int128 ey = std::int64_t{d.y} - c.y;
      const int128 whole = dx * ey - dy * ex;
      const int128 part = (std::int64_t{c.x} - a.x) * ey - (std::int64_t{c.y} - a.y) * ex;
      pixels.insert({nearest(a.x * whole + dx * part, whole), nearest(a.y * whole + dy * part, whole)});
    }
  return pixels;
}

/// The pieces that the segments are cut to, each once, whoever owns them.
inline std::set<PointPair> naive_pieces(const std::vector<PointPair>& segments) {
  const auto pixels = naive_hot_pixels(segments);
  std::set<PointPair> pieces;
  for (const auto& [a, b] : segments) {
    const int128 dx = std::int64_t{b.x} - a.x;
    const int128 dy = std::int64_t{b.y} - a.y;
    std::vector<PlanePoint> along;
    for (const auto pixel : pixels)
      if (ClippedParameter::meets(a, b, pixel)) along.push_back(pixel);
    std::sort(along.begin(), along.end(),
              [&](PlanePoint p, PlanePoint q) { return p.x * dx + p.y * dy < q.x * dx + q.y * dy; });
    for (std::size_t i = 1; i < along.size(); ++i)
      pieces.insert({std::min(along[i - 1], along[i]), std::max(along[i - 1], along[i])});
  }
  return pieces;
}

}  // namespace geoprio::tests
