// From indicators to a score of 0 to 100 on an axis.
#pragma once

#include <optional>
#include <span>

#include "geo/domain/rules.hpp"

namespace geoprio::domain {

/// `std::round(v·100)/100`: what scores and deltas go through before any comparison. Never -0.
[[nodiscard]] double rounded_to_hundredths(double value);

/// 0 at `reference`, 100 at reference × span (higher is worse) or reference / span (lower is worse), linear between,
/// unrounded. `reference` > 0 and `span` > 1, as problem_of ensures.
[[nodiscard]] double indicator_score(double value, double reference, double span, Direction direction);

/// What one indicator brings to its axis; no score: the value is missing.
struct WeightedScore {
  std::optional<double> score;
  double weight = 0;
};

struct AxisScore {
  std::optional<double> score;  ///< weighted mean of the scores present, rounded to hundredths; nothing without any
  double coverage = 0;          ///< share of the weight that is present, 0 to 1, not rounded
  bool operator==(const AxisScore&) const = default;
};

/// The score of an axis. Nothing is weighed when `parts` is empty: no score, coverage 0.
[[nodiscard]] AxisScore axis_score(std::span<const WeightedScore> parts);

/// The change since the previous edition, rounded again (35.30 - 25.30 is 10.00 and not 9.99…); missing if either is.
[[nodiscard]] std::optional<double> score_delta(std::optional<double> now, std::optional<double> previously);

}  // namespace geoprio::domain
