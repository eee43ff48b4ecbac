#include "geo/analysis/quarter_axes.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "geo/domain/score.hpp"
#include "geo/domain/tier.hpp"

namespace geoprio::analysis {
namespace {

// Where an unranked edition lists a quarter, being there is all that it says.
bool is_listed(const Assignment& previous) {
  const auto& tier = previous.tier();
  return !tier || (*tier != domain::outside_tier && *tier != domain::undetermined_tier);
}

std::optional<double> value_of(const QuarterFacts& quarter, const std::string& indicator, bool suppressed) {
  const auto found = quarter.indicators.find(indicator);
  if (suppressed || found == quarter.indicators.end() || !std::isfinite(found->second)) return std::nullopt;
  return found->second;
}

AxisExplanation axis_of(const QuarterFacts& quarter, const domain::AxisRule& axis, const domain::TierRules& rules,
                        const Assignment* previous) {
  const bool suppressed = quarter.households && *quarter.households < rules.min_households;
  AxisExplanation result{.id = axis.id};
  std::vector<domain::WeightedScore> parts;
  for (const auto& indicator : axis.indicators) {
    IndicatorExplanation explanation{.rule = indicator, .value = value_of(quarter, indicator.id, suppressed)};
    if (explanation.value)
      explanation.score =
          domain::indicator_score(*explanation.value, indicator.reference, rules.span, indicator.direction);
    parts.push_back({explanation.score, indicator.weight});
    result.indicators.push_back(std::move(explanation));
  }
  const auto score = domain::axis_score(parts);
  result.score = score.score;
  result.coverage = score.coverage;
  const auto* before = previous == nullptr ? nullptr : previous->axis(axis.id);
  if (before != nullptr) result.delta = domain::score_delta(result.score, before->score);
  return result;
}

AttributeValue attribute(std::optional<double> number) { return number ? AttributeValue(*number) : AttributeValue(); }

}  // namespace

std::vector<AxisExplanation> axes_of(const QuarterFacts& quarter, const domain::TierRules& rules,
                                     const Assignment* previous) {
  std::vector<AxisExplanation> axes;
  for (const auto& axis : rules.axes) axes.push_back(axis_of(quarter, axis, rules, previous));
  return axes;
}

expression::VariableTable facts_of(const QuarterFacts& quarter, const std::vector<AxisExplanation>& axes,
                                   const Assignment* previous) {
  expression::VariableTable table;
  for (const auto& axis : axes) {
    table.set("score_" + axis.id, attribute(axis.score));
    table.set("coverage_" + axis.id, axis.coverage);
    table.set("delta_" + axis.id, attribute(axis.delta));
    for (const auto& indicator : axis.indicators) table.set(indicator.rule.id, attribute(indicator.value));
  }
  table.set("households", attribute(quarter.households));
  table.set("listed_in_previous_edition", previous != nullptr && is_listed(*previous));
  return table;
}

}  // namespace geoprio::analysis
