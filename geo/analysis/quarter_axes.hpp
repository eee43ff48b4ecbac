// From a quarter's indicators to its axes, and on to the facts that conditions name. Private to geo/analysis.
#pragma once

#include <vector>

#include "geo/analysis/classification.hpp"

namespace geoprio::analysis {

/// Scores, coverages and changes since `previous` (which may be null).
[[nodiscard]] std::vector<AxisExplanation> axes_of(const QuarterFacts& quarter, const domain::TierRules& rules,
                                                   const Assignment* previous);

/// Everything but the levels and minima, which the conditions know.
[[nodiscard]] expression::VariableTable facts_of(const QuarterFacts& quarter, const std::vector<AxisExplanation>& axes,
                                                 const Assignment* previous);

}  // namespace geoprio::analysis
