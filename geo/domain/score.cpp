#include "geo/domain/score.hpp"

#include <algorithm>
#include <cmath>

namespace geoprio::domain {

double rounded_to_hundredths(double value) {
  return std::round(value * 100) / 100 + 0.0;  // adding 0 turns -0 into 0, which would be shown as "-0"
}

double indicator_score(double value, double reference, double span, Direction direction) {
  const double share = direction == Direction::higher_is_worse ? (value - reference) / (reference * span - reference)
                                                               : (reference - value) / (reference - reference / span);
  return 100 * std::clamp(share, 0.0, 1.0);
}

AxisScore axis_score(std::span<const WeightedScore> parts) {
  double whole = 0;
  double present = 0;
  double sum = 0;
  for (const auto& part : parts) {
    whole += part.weight;
    if (!part.score) continue;
    present += part.weight;
    sum += part.weight * *part.score;
  }
  if (!(present > 0)) return {};
  return {rounded_to_hundredths(sum / present), present / whole};
}

std::optional<double> score_delta(std::optional<double> now, std::optional<double> previously) {
  if (!now || !previously) return std::nullopt;
  return rounded_to_hundredths(*now - *previously);
}

}  // namespace geoprio::domain
