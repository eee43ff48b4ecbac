#include "geo/analysis/nearest_border.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "geo/core/morton.hpp"

namespace geoprio::analysis {
namespace {

constexpr double units_per_metre = 10'000;

/// A place along Morton's curve, in metres from far in the south-west: 2^32 of them reach around the Earth.
std::uint64_t place_on_curve(const MetricSegment& segment) {
  constexpr double far = 2'147'483'648.0;
  const auto number = [](double a, double b) {
    return static_cast<std::uint32_t>(std::clamp((a + b) / 2 + far, 0.0, 2 * far - 1));
  };
  return place_on_morton_curve(number(segment.from.easting, segment.to.easting),
                               number(segment.from.northing, segment.to.northing));
}

std::int64_t in_units(double metres) { return std::llround(metres * units_per_metre); }

}  // namespace

NearestBorder::NearestBorder(const std::vector<MetricSegment>& segments) {
  std::vector<std::pair<std::uint64_t, std::size_t>> order;
  for (std::size_t i = 0; i < segments.size(); ++i) order.emplace_back(place_on_curve(segments[i]), i);
  std::sort(order.begin(), order.end());
  std::vector<Segment> stored;
  std::vector<Box> below;
  for (const auto& [place, number] : order) {
    const auto& segment = segments[number];
    stored.push_back({in_units(segment.from.easting), in_units(segment.from.northing), in_units(segment.to.easting),
                      in_units(segment.to.northing)});
    const auto& last = stored.back();
    below.push_back({std::min(last.from_x, last.to_x), std::min(last.from_y, last.to_y),
                     std::max(last.from_x, last.to_x), std::max(last.from_y, last.to_y)});
  }
  std::vector<Box> boxes;
  std::vector<std::uint64_t> levels{0};
  while (!below.empty()) {
    std::vector<Box> level;
    for (std::size_t i = 0; i < below.size(); ++i) {
      if (i % fan_out == 0) level.push_back(below[i]);
      auto& box = level.back();
      box = {std::min(box.low_x, below[i].low_x), std::min(box.low_y, below[i].low_y),
             std::max(box.high_x, below[i].high_x), std::max(box.high_y, below[i].high_y)};
    }
    boxes.insert(boxes.end(), level.begin(), level.end());
    levels.push_back(boxes.size());
    if (level.size() == 1) break;
    below = std::move(level);
  }
  segments_ = FlatArray(std::move(stored));
  boxes_ = FlatArray(std::move(boxes));
  levels_ = FlatArray(std::move(levels));
}

double NearestBorder::square_to(const Segment& segment, const Question& question) {
  const auto along_x = static_cast<double>(segment.to_x - segment.from_x);
  const auto along_y = static_cast<double>(segment.to_y - segment.from_y);
  const double x = question.x - static_cast<double>(segment.from_x);
  const double y = question.y - static_cast<double>(segment.from_y);
  const double length = along_x * along_x + along_y * along_y;
  const double share = length > 0 ? std::clamp((x * along_x + y * along_y) / length, 0.0, 1.0) : 0.0;
  const double away_x = x - share * along_x;
  const double away_y = y - share * along_y;
  return away_x * away_x + away_y * away_y;
}

double NearestBorder::square_to(const Box& box, const Question& question) {
  const double x =
      std::max({static_cast<double>(box.low_x) - question.x, 0.0, question.x - static_cast<double>(box.high_x)});
  const double y =
      std::max({static_cast<double>(box.low_y) - question.y, 0.0, question.y - static_cast<double>(box.high_y)});
  return x * x + y * y;
}

void NearestBorder::search(std::size_t level, std::size_t node, Question& question) const {
  const auto first = node * fan_out;
  if (level == 0) {
    for (auto i = first; i < std::min(first + fan_out, segments_.size()); ++i)
      question.best = std::min(question.best, square_to(segments_[i], question));
    return;
  }
  const auto below = boxes_.between(levels_[level - 1], levels_[level]);
  std::array<std::pair<double, std::size_t>, fan_out> nearest;
  const auto count = std::min(fan_out, below.size() - first);
  for (std::size_t i = 0; i < count; ++i) {
    // Each into its place: GCC 14 warns of std::sort on so few, whose branch for more than 16 it takes for possible.
    const std::pair box(square_to(below[first + i], question), first + i);
    auto place = i;
    for (; place > 0 && box < nearest[place - 1]; --place) nearest[place] = nearest[place - 1];
    nearest[place] = box;
  }
  for (std::size_t i = 0; i < count && nearest[i].first < question.best; ++i)
    search(level - 1, nearest[i].second, question);
}

std::optional<Metres> NearestBorder::distance_from(MetricCoordinate place) const {
  if (segments_.empty()) return std::nullopt;
  Question question{place.easting * units_per_metre, place.northing * units_per_metre,
                    std::numeric_limits<double>::infinity()};
  search(levels_.size() - 2, 0, question);
  return Metres(std::sqrt(question.best) / units_per_metre);
}

}  // namespace geoprio::analysis
