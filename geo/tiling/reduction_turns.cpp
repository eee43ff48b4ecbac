#include "geo/tiling/reduction_turns.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <optional>
#include <span>

namespace geoprio::tiling {
namespace {

using partition::PlanePoint;
using Axis = std::int32_t PlanePoint::*;

constexpr std::size_t band_count = 16;
constexpr std::size_t worth_dividing = 20'000;  // points: below, one thread takes less than a hundredth of a second

/// Where bands with about the same number of points end, from a sample.
std::vector<std::int32_t> band_ends(std::span<const PlanePoint> points, Axis axis) {
  const std::size_t step = std::max<std::size_t>(1, points.size() / 4096);
  std::vector<std::int32_t> sample;
  for (std::size_t point = 0; point < points.size(); point += step) sample.push_back(points[point].*axis);
  std::ranges::sort(sample);
  std::vector<std::int32_t> ends;
  for (std::size_t band = 1; band < band_count; ++band) ends.push_back(sample[band * sample.size() / band_count]);
  return ends;
}

/// The band that holds all of the chain.
std::optional<std::size_t> band_of(std::span<const PlanePoint> chain, const std::vector<std::int32_t>& ends,
                                   Axis axis) {
  const auto [low, high] = std::ranges::minmax_element(chain, {}, axis);
  const auto first = std::ranges::upper_bound(ends, (*low).*axis);
  if (first != ends.end() && *first <= (*high).*axis) return std::nullopt;
  return static_cast<std::size_t>(first - ends.begin());
}

}  // namespace

std::vector<ReductionTurn> reduction_turns(const Chains& chains) {
  std::vector<std::uint32_t> left(chains.size());
  std::iota(left.begin(), left.end(), 0U);
  std::vector<ReductionTurn> turns;
  if (chains.points().size() >= worth_dividing)
    for (const Axis axis : {&PlanePoint::x, &PlanePoint::y}) {
      const auto ends = band_ends(chains.points(), axis);
      auto& turn = turns.emplace_back();
      turn.parts.resize(band_count);
      std::erase_if(left, [&](std::uint32_t chain) {
        const auto band = band_of(chains.points_of(chain), ends, axis);
        if (band) turn.parts[*band].push_back(chain);
        return band.has_value();
      });
    }
  turns.push_back({{std::move(left)}});
  return turns;
}

}  // namespace geoprio::tiling
