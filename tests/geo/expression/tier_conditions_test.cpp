#include "geo/expression/tier_conditions.hpp"

#include <functional>

#include "geo/domain/score.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/default_rules.hpp"

using namespace geoprio;
using namespace geoprio::expression;

namespace {

struct Facts {
  std::optional<double> score_social, score_urban;
  double coverage_social = 1, coverage_urban = 1;
  bool listed = false;
  std::optional<double> delta_social{};
};

VariableTable table_of(const Facts& facts) {
  const auto value = [](std::optional<double> number) { return number ? AttributeValue(*number) : AttributeValue(); };
  VariableTable table;
  table.set("score_social", value(facts.score_social));
  table.set("score_urban", value(facts.score_urban));
  table.set("coverage_social", facts.coverage_social);
  table.set("coverage_urban", facts.coverage_urban);
  table.set("listed_in_previous_edition", facts.listed);
  table.set("delta_social", value(facts.delta_social));
  return table;
}

// "tier" or "tier/flag/flag".
std::string outcome(const domain::TierRules& rules, const Facts& facts) {
  const auto conditions = TierConditions::make(rules);
  REQUIRE(conditions);
  const auto match = conditions->match(table_of(facts));
  if (!match) return "none";
  auto text = rules.tiers[match->tier].code;
  for (const auto flag : match->flags) text += "/" + rules.tiers[match->tier].flags[flag].code;
  return text;
}

std::string outcome(const Facts& facts) { return outcome(tests::default_rules(), facts); }

ConditionProblem problem_after(const std::function<void(domain::TierRules&)>& change) {
  auto rules = tests::default_rules();
  change(rules);
  const auto conditions = TierConditions::make(rules);
  REQUIRE_FALSE(conditions);
  return conditions.error();
}

}  // namespace

TEST_CASE("the default rules give the tiers of the given vectors", "[tiers]") {
  // tier_vectors.json, "vectors", in its order.
  CHECK(outcome({72, 65}) == "priority_1");
  CHECK(outcome({72, 30}) == "social_development");
  CHECK(outcome({50.0, 50.0}) == "priority_1");
  CHECK(outcome({49.99, 90}) == "watch/urban_only");
  CHECK(outcome({10, 60}) == "watch/urban_only");
  CHECK(outcome({30, 20}) == "watch");
  CHECK(outcome({10, 10, 1, 1, true}) == "watch");
  CHECK(outcome({10, 10, 1, 1, false, 10}) == "watch");
  CHECK(outcome({10, 10}) == "outside");
  CHECK(outcome({72, 65, 0.59, 1}) == "undetermined");
  CHECK(outcome({72, 65, 1, 0.6}) == "priority_1");
  CHECK(outcome({std::nullopt, 10}) == "outside");
}

TEST_CASE("a delta of 10.00 is not lost to 9.99", "[tiers]") {
  // tier_vectors.json, "deltas", with moderate = 40.
  auto rules = tests::default_rules();
  rules.levels[1].value = 40;
  CHECK(outcome(rules, {35.3, 10, 1, 1, false, domain::score_delta(35.3, 25.3)}) == "watch");
  CHECK(outcome(rules, {35.3, 10, 1, 1, false, 9.99}) == "outside");
}

TEST_CASE("an unknown variable is a problem that names the near one", "[tiers]") {
  const auto problem =
      problem_after([](auto& rules) { rules.tiers[2].when = "score_urban < 3 OR score_socal >= high"; });
  CHECK(problem.tier == "social_development");
  CHECK(problem.flag.empty());
  CHECK(problem.condition == "score_urban < 3 OR score_socal >= high");
  CHECK(problem.position == 19);
  CHECK(problem.suggestion == "score_social");
  CHECK(problem.message.french == "la variable « score_socal » n'existe pas dans ces règles");
}

TEST_CASE("a flag's condition is checked like a tier's", "[tiers]") {
  const auto problem = problem_after([](auto& rules) { rules.tiers[3].flags[0].when = "vacancy_rat > 3"; });
  CHECK(problem.tier == "watch");
  CHECK(problem.flag == "urban_only");
  CHECK(problem.suggestion == "vacancy_rate");
}

TEST_CASE("a condition that is no CQL2 text is a problem with its place", "[tiers]") {
  const auto problem = problem_after([](auto& rules) { rules.tiers[4].when = "score_social >="; });
  CHECK(problem.tier == "outside");
  CHECK(problem.position == 15);
  CHECK_FALSE(problem.suggestion);
}

TEST_CASE("comparing a score with a text is a problem", "[tiers]") {
  const auto problem = problem_after([](auto& rules) { rules.tiers[1].when = "score_social >= 'high'"; });
  CHECK(problem.tier == "priority_1");
  CHECK(problem.position == 13);
}

TEST_CASE("rules that make no sense have no conditions", "[tiers]") {
  const auto problem = problem_after([](auto& rules) { rules.span = 1; });
  CHECK(problem.tier.empty());
  CHECK(problem.message.english.starts_with("span: "));
}

TEST_CASE("every variable of the design may be named", "[tiers]") {
  auto rules = tests::default_rules();
  rules.tiers[0].when =
      "score_social > 0 OR coverage_urban > 0 OR delta_urban > 0 OR vacancy_rate > 1 OR median_income_uc < 9000 OR "
      "listed_in_previous_edition OR households < min_households OR coverage_social < min_coverage OR high > moderate";
  CHECK(TierConditions::make(rules));
}

TEST_CASE("no tier matches where no condition is TRUE", "[tiers]") {
  auto rules = tests::default_rules();
  rules.tiers.pop_back();
  CHECK(outcome(rules, {10, 10}) == "none");
  CHECK(outcome(rules, {std::nullopt, std::nullopt}) == "none");
}
