#include "geo/tiling/reduction_turns.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>
#include <optional>
#include <span>

namespace geoprio::tiling {
namespace {

using partition::PlanePoint;
using Axis = std::int32_t PlanePoint::*;

constexpr std::size_t worth_dividing = 20'000;  // points: below, one thread takes less than a hundredth of a second
// What a block's points, links and cells take lies in a core's cache.
constexpr std::size_t points_in_a_block = 8'192;
constexpr std::size_t fewest_across = 4;

/// A number of the blocks' ends out of so many equal parts of the sample; with `shift` they lie in the parts' middles.
std::vector<std::int32_t> ends_of(std::span<PlanePoint> sample, Axis axis, std::size_t parts, bool shift) {
  std::ranges::sort(sample, {}, axis);
  std::vector<std::int32_t> ends;
  for (std::size_t place = shift ? 1 : 2; place < 2 * parts; place += 2)
    if (!sample.empty()) ends.push_back(sample[place * sample.size() / (2 * parts)].*axis);
  return ends;
}

/// The part between two ends that holds all of the chain.
std::optional<std::size_t> part_of(std::span<const PlanePoint> chain, const std::vector<std::int32_t>& ends,
                                   Axis axis) {
  const auto [low, high] = std::ranges::minmax_element(chain, {}, axis);
  const auto first = std::ranges::upper_bound(ends, (*low).*axis);
  if (first != ends.end() && *first <= (*high).*axis) return std::nullopt;
  return static_cast<std::size_t>(first - ends.begin());
}

/// Columns, each cut into blocks of its own, all with about the same number of points.
class Blocks {
 public:
  Blocks(std::span<const PlanePoint> points, bool shift) {
    constexpr std::size_t step = points_in_a_block / 64;
    std::vector<PlanePoint> sample;
    for (std::size_t point = 0; point < points.size(); point += std::min(step, points.size() / 4096 + 1))
      sample.push_back(points[point]);
    const double blocks = static_cast<double>(points.size()) / points_in_a_block;
    across_ = std::max(fewest_across, static_cast<std::size_t>(std::lround(std::sqrt(blocks))));
    columns_ = ends_of(sample, &PlanePoint::x, across_, shift);
    auto from = sample.begin();
    for (std::size_t column = 0; column <= columns_.size(); ++column) {
      const auto to = column == columns_.size()
                          ? sample.end()
                          : std::lower_bound(from, sample.end(), columns_[column],
                                             [](PlanePoint point, std::int32_t end) { return point.x < end; });
      rows_.push_back(ends_of({from, to}, &PlanePoint::y, across_, shift));
      from = to;
    }
  }

  [[nodiscard]] std::size_t size() const { return rows_.size() * (across_ + 1); }
  /// The block that holds all of the chain.
  [[nodiscard]] std::optional<std::size_t> block_of(std::span<const PlanePoint> chain) const {
    const auto column = part_of(chain, columns_, &PlanePoint::x);
    if (!column) return std::nullopt;
    const auto row = part_of(chain, rows_[*column], &PlanePoint::y);
    if (!row) return std::nullopt;
    return *column * (across_ + 1) + *row;
  }

 private:
  std::size_t across_ = 0;
  std::vector<std::int32_t> columns_;            ///< where they end; the last has no end
  std::vector<std::vector<std::int32_t>> rows_;  ///< the same in each column
};

}  // namespace

std::vector<ReductionTurn> reduction_turns(const Chains& chains) {
  std::vector<std::uint32_t> left(chains.size());
  std::iota(left.begin(), left.end(), 0U);
  std::vector<ReductionTurn> turns;
  if (chains.points().size() >= worth_dividing)
    for (const bool shift : {false, true}) {
      const Blocks blocks(chains.points(), shift);
      auto& parts = turns.emplace_back().parts;
      parts.resize(blocks.size());
      std::erase_if(left, [&](std::uint32_t chain) {
        const auto block = blocks.block_of(chains.points_of(chain));
        if (block) parts[*block].push_back(chain);
        return block.has_value();
      });
      std::erase_if(parts, [](const auto& part) { return part.empty(); });
    }
  turns.push_back({{std::move(left)}});
  return turns;
}

}  // namespace geoprio::tiling
