// What would change a quarter's tier: one score, or one indicator, moved as little as it takes.
#pragma once

#include <string>
#include <vector>

#include "geo/analysis/classification.hpp"

namespace geoprio::analysis {

struct Alternative {
  enum class Kind { score, indicator };

  std::string tier{};  ///< that the rules would give
  Kind kind = Kind::score;
  std::string id{};  ///< of the axis, or of the indicator
  double from = 0;   ///< now
  double to = 0;     ///< the nearest value that gives the tier
};

/// For each tier but the computed one: the nearest score of each axis that gives it, and of all indicators the one that
/// needs to move least, as a share of its reference. In the order of the rules; empty without rules.
///
/// A score moves alone, by hundredths, and takes the change since the previous edition with it; coverage stays, so that
/// missing data stay missing. An indicator moves by steps of four digits after its reference's first (0.001 for 13,
/// 1 for 19,000) and takes its axis's score with it. Only the values beside those that the conditions compare with are
/// tried: between them no condition changes its answer. Where a condition does more with a score than compare it, all
/// 10,001 scores are tried, and no indicator of that axis.
/// One step nearer to `from`, the tier is another.
[[nodiscard]] std::vector<Alternative> alternatives_of(const QuarterFacts& quarter, const Assignment& assignment,
                                                       const expression::TierConditions& conditions,
                                                       const Assignment* previous);

}  // namespace geoprio::analysis
