// Quarters, rules and decisions in; a tier for each quarter out, with why.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/analysis/assignment.hpp"
#include "geo/core/bilingual.hpp"
#include "geo/domain/decision.hpp"
#include "geo/expression/tier_conditions.hpp"

namespace geoprio::analysis {

/// What is known of a quarter before it is ranked.
struct QuarterFacts {
  std::string code{};
  std::map<std::string, double, std::less<>> indicators{};  ///< by indicator id; a missing value is not in the map
  std::optional<double> households{};                       ///< nothing: nothing is suppressed
  std::optional<std::string> source_tier{};                 ///< what the source's tier field says
};

struct ClassificationInput {
  const expression::TierConditions* conditions = nullptr;  ///< null: the edition has no rules
  std::span<const QuarterFacts> quarters{};
  std::span<const domain::Decision> decisions{};  ///< of this edition; those of the file before the store's
  std::span<const Assignment> previous{};         ///< of the previous edition; empty when there is none
};

/// A tier that was adopted but is not known: not by the rules, or without rules by no quarter's tier field. Or a
/// decision on a quarter that the edition has not. The quarter keeps its other tier.
struct ClassificationProblem {
  std::string quarter{};
  std::string tier{};
  BilingualText message{};
  std::optional<std::string> suggestion{};
};

struct Classification {
  std::vector<Assignment> assignments{};  ///< one per quarter, in their order
  std::vector<ClassificationProblem> problems{};
  std::vector<std::string> tiers{};  ///< every tier that is known: of the rules in their order, else of the field in
                                     ///< order of appearance; empty: the edition is unranked
};

/// Ranks every quarter as DESIGN §8 says. `outside` and `undetermined` are known wherever an edition is ranked. A
/// quarter of a ranked edition always has a tier: `undetermined` when no condition is TRUE and when its tier field is
/// empty. An unranked previous edition lists every quarter that it has.
[[nodiscard]] Classification classify(const ClassificationInput& input);

}  // namespace geoprio::analysis
