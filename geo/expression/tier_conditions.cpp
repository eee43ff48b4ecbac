#include "geo/expression/tier_conditions.hpp"

#include "geo/core/near_name.hpp"

namespace geoprio::expression {
namespace {

// The thresholds of the rules in front of the facts of a quarter.
class RuleVariables final : public Variables {
 public:
  RuleVariables(const domain::TierRules& rules, const Variables& facts) : facts_(facts) {
    thresholds_.set("min_coverage", rules.min_coverage);
    thresholds_.set("min_households", rules.min_households);
    for (const auto& level : rules.levels) thresholds_.set(level.name, level.value);
  }
  [[nodiscard]] const AttributeValue* find(std::string_view name) const override {
    const auto* threshold = thresholds_.find(name);
    return threshold != nullptr ? threshold : facts_.find(name);
  }

 private:
  VariableTable thresholds_;
  const Variables& facts_;
};

struct Place {
  std::string tier, flag, condition;
};

ConditionProblem problem_at(const Place& place, ParseFailure failure) {
  return {place.tier, place.flag, place.condition, failure.position, std::move(failure.message), std::nullopt};
}

ConditionProblem unknown_variable(const Place& place, const Variable& variable, const VariableTypes& known) {
  std::vector<std::string> names;
  for (const auto& [name, type] : known) names.push_back(name);
  const BilingualText message = {"la variable « " + variable.name + " » n'existe pas dans ces règles",
                                 "the variable \"" + variable.name + "\" does not exist in these rules"};
  return {place.tier, place.flag, place.condition, variable.position, message, nearest_name(variable.name, names)};
}

Result<Expression, ConditionProblem> parsed(const Place& place, const VariableTypes& known) {
  auto expression = Expression::parse(place.condition);
  if (!expression) return Unexpected{problem_at(place, std::move(expression).error())};
  for (const auto& variable : expression->variables())
    if (!known.contains(variable.name)) return Unexpected{unknown_variable(place, variable, known)};
  if (!expression->geometries().empty())
    return Unexpected{problem_at(place, {expression->geometries().front().position,
                                         {"les règles ne connaissent pas de géométrie", "rules know no geometry"}})};
  if (auto problem = expression->type_problem(known)) return Unexpected{problem_at(place, *std::move(problem))};
  return *std::move(expression);
}

}  // namespace

Result<TierConditions, ConditionProblem> TierConditions::make(const domain::TierRules& rules) {
  if (const auto problem = domain::problem_of(rules))
    return Unexpected{ConditionProblem{.message = {problem->where + " : " + problem->message.french,
                                                   problem->where + ": " + problem->message.english}}};
  const auto known = condition_variables(rules);
  std::vector<ParsedTier> tiers;
  for (const auto& tier : rules.tiers) {
    auto when = parsed({tier.code, {}, tier.when}, known);
    if (!when) return Unexpected{std::move(when).error()};
    ParsedTier result{*std::move(when), {}};
    for (const auto& flag : tier.flags) {
      auto condition = parsed({tier.code, flag.code, flag.when}, known);
      if (!condition) return Unexpected{std::move(condition).error()};
      result.flags.push_back(*std::move(condition));
    }
    tiers.push_back(std::move(result));
  }
  return TierConditions(rules, std::move(tiers));
}

bool TierConditions::holds(std::size_t tier, const Variables& facts) const {
  return tiers_[tier].when.evaluate(RuleVariables(rules_, facts)) == Truth::yes;
}

std::optional<TierMatch> TierConditions::match(const Variables& facts) const {
  const RuleVariables variables(rules_, facts);
  for (std::size_t number = 0; number < tiers_.size(); ++number) {
    const auto& tier = tiers_[number];
    if (tier.when.evaluate(variables) != Truth::yes) continue;
    TierMatch match{.tier = number, .flags = {}};
    for (std::size_t flag = 0; flag < tier.flags.size(); ++flag)
      if (tier.flags[flag].evaluate(variables) == Truth::yes) match.flags.push_back(flag);
    return match;
  }
  return std::nullopt;
}

VariableTypes condition_variables(const domain::TierRules& rules) {
  VariableTypes types = {{"listed_in_previous_edition", ValueType::boolean},
                         {"households", ValueType::number},
                         {"min_coverage", ValueType::number},
                         {"min_households", ValueType::number}};
  for (const auto& level : rules.levels) types.emplace(level.name, ValueType::number);
  for (const auto& axis : rules.axes) {
    for (const auto* prefix : {"score_", "coverage_", "delta_"}) types.emplace(prefix + axis.id, ValueType::number);
    for (const auto& indicator : axis.indicators) types.emplace(indicator.id, ValueType::number);
  }
  return types;
}

}  // namespace geoprio::expression
