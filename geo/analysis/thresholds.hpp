// The numbers at which the rules of an edition change their mind about a variable.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/expression/tier_conditions.hpp"

namespace geoprio::analysis {

struct Thresholds {
  std::vector<double> numbers;     ///< ascending, each once; levels and minima by their numbers
  std::vector<std::string> names;  ///< of other facts that it is compared with, each once
  bool plain = true;               ///< false: some condition does more than compare it, and these are not all
};

/// Over the conditions of all tiers; flags change no tier.
[[nodiscard]] Thresholds thresholds_of(const expression::TierConditions& conditions, std::string_view variable);

/// Those of the rules' facts that some tier's condition names, each once, in order of first use: without levels and
/// minima.
[[nodiscard]] std::vector<std::string> facts_named(const expression::TierConditions& conditions);

}  // namespace geoprio::analysis
