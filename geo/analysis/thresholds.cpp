#include "geo/analysis/thresholds.hpp"

#include <algorithm>
#include <optional>

#include "geo/expression/comparisons.hpp"

namespace geoprio::analysis {
namespace {

/// The number that a name stands for whatever the quarter.
std::optional<double> constant(const domain::TierRules& rules, std::string_view name) {
  if (name == "min_coverage") return rules.min_coverage;
  if (name == "min_households") return rules.min_households;
  for (const auto& level : rules.levels)
    if (level.name == name) return level.value;
  return std::nullopt;
}

template <class Value>
void sort_uniquely(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

Thresholds thresholds_of(const expression::TierConditions& conditions, std::string_view variable) {
  Thresholds thresholds;
  for (std::size_t tier = 0; tier < conditions.rules().tiers.size(); ++tier) {
    const auto compared = expression::comparisons_of(conditions.condition(tier), variable);
    thresholds.plain = thresholds.plain && compared.plain;
    thresholds.numbers.insert(thresholds.numbers.end(), compared.numbers.begin(), compared.numbers.end());
    for (const auto& name : compared.names) {
      if (const auto number = constant(conditions.rules(), name))
        thresholds.numbers.push_back(*number);
      else
        thresholds.names.push_back(name);
    }
  }
  sort_uniquely(thresholds.numbers);
  sort_uniquely(thresholds.names);
  return thresholds;
}

std::vector<std::string> facts_named(const expression::TierConditions& conditions) {
  std::vector<std::string> names;
  for (std::size_t tier = 0; tier < conditions.rules().tiers.size(); ++tier)
    for (const auto& variable : conditions.condition(tier).variables())
      if (!constant(conditions.rules(), variable.name) && std::ranges::find(names, variable.name) == names.end())
        names.push_back(variable.name);
  return names;
}

}  // namespace geoprio::analysis
