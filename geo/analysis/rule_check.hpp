// Rules that can never match, and quarters that no rule would match: what `check` warns of before anyone is ranked.
#pragma once

#include <vector>

#include "geo/core/bilingual.hpp"
#include "geo/expression/tier_conditions.hpp"

namespace geoprio::analysis {

/// One sentence for each tier that no quarter could get, because its condition contradicts itself or because tiers
/// before it always match where it does; and one, with an example, when all scores may be known with enough coverage
/// and still no tier matches.
///
/// Exact over every combination of the conditions' facts between, at and beyond their thresholds, missing ones
/// included, that can occur together: a score is missing exactly when its coverage is 0, and changes by no more than
/// its range allows. Indicators that conditions name are taken as free of the scores that they make: a tier that is
/// told never to match never does, but an example of a gap may be one that no quarter has.
/// One sentence that says so when there are more than 50,000 combinations, or conditions that do more than compare.
[[nodiscard]] std::vector<BilingualText> rule_warnings(const expression::TierConditions& conditions);

}  // namespace geoprio::analysis
