#include "geo/analysis/classification.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/default_rules.hpp"

using namespace geoprio;
using namespace geoprio::analysis;

namespace {

// One indicator an axis, so that scores are easily chosen: 100 · (value - 10) / 10.
domain::TierRules simple_rules() {
  auto rules = tests::default_rules();
  rules.axes = {{"social", {tests::indicator("unemployment_rate", 1, domain::Direction::higher_is_worse, 10)}},
                {"urban", {tests::indicator("vacancy_rate", 1, domain::Direction::higher_is_worse, 10)}}};
  return rules;
}

expression::TierConditions conditions_of(const domain::TierRules& rules) {
  auto conditions = expression::TierConditions::make(rules);
  REQUIRE(conditions);
  return *std::move(conditions);
}

QuarterFacts quarter(std::string code, double unemployment, double vacancy) {
  return {.code = std::move(code), .indicators = {{"unemployment_rate", unemployment}, {"vacancy_rate", vacancy}}};
}

domain::Decision decision(std::string_view quarter_code, std::string tier, std::string_view date) {
  return {.body = "copil",
          .date = *domain::Date::parse(date),
          .quarter = domain::QuarterCode::parse(quarter_code),
          .tier = std::move(tier)};
}

std::vector<Assignment> ranked(const std::vector<QuarterFacts>& quarters,
                               const std::vector<Assignment>& previous = {}) {
  const auto conditions = conditions_of(simple_rules());
  const auto result = classify({.conditions = &conditions, .quarters = quarters, .previous = previous});
  CHECK(result.problems.empty());
  return result.assignments;
}

}  // namespace

TEST_CASE("a quarter gets the first tier that its scores match, with its rank", "[classification]") {
  const auto assignments = ranked({quarter("a", 15, 15), quarter("b", 15, 10), quarter("c", 10, 16)});
  CHECK(assignments[0].tier() == "priority_1");
  CHECK(assignments[0].tier_rank == 1);
  CHECK(assignments[1].tier() == "social_development");
  CHECK(assignments[2].tier() == "watch");
  CHECK(assignments[2].flags == std::vector<std::string>{"urban_only"});
  CHECK_FALSE(assignments[0].tier_adopted);
}

TEST_CASE("an assignment explains itself", "[classification]") {
  const auto explanation = ranked({quarter("a", 14.5, 12)})[0].explanation;
  REQUIRE(explanation);
  CHECK(explanation->rule == "watch");
  CHECK(explanation->condition == simple_rules().tier("watch")->when);
  REQUIRE(explanation->axes.size() == 2);
  const auto& social = explanation->axes[0];
  CHECK(social.id == "social");
  CHECK(social.score == 45.0);
  CHECK(social.coverage == 1.0);
  REQUIRE(social.indicators.size() == 1);
  CHECK(social.indicators[0].rule.id == "unemployment_rate");
  CHECK(social.indicators[0].rule.reference == 10);
  CHECK(social.indicators[0].value == 14.5);
  CHECK(social.indicators[0].score == 45.0);
}

TEST_CASE("too little coverage gives undetermined, never outside", "[classification]") {
  const std::vector<QuarterFacts> quarters = {{.code = "a", .indicators = {{"unemployment_rate", 10}}}};
  const auto assignment = ranked(quarters)[0];
  CHECK(assignment.tier() == "undetermined");
  CHECK_FALSE(assignment.tier_rank);
  CHECK_FALSE(assignment.axis("urban")->score);
  CHECK(assignment.axis("urban")->coverage == 0);
}

TEST_CASE("under eleven households every indicator counts as missing", "[classification]") {
  auto few = quarter("few", 20, 20);
  few.households = 10;
  auto enough = quarter("enough", 20, 20);
  enough.households = 11;
  const auto assignments = ranked({few, enough});
  CHECK(assignments[0].tier() == "undetermined");
  CHECK_FALSE(assignments[0].axis("social")->indicators[0].value);
  CHECK(assignments[1].tier() == "priority_1");
}

TEST_CASE("a quarter listed in the previous edition is kept under watch", "[classification]") {
  const auto previous =
      ranked({quarter("listed", 15, 15), quarter("outside", 10, 10), {.code = "undetermined", .indicators = {}}});
  REQUIRE(previous[1].tier() == "outside");
  REQUIRE(previous[2].tier() == "undetermined");
  const auto now = ranked(
      {quarter("listed", 10, 10), quarter("outside", 10, 10), quarter("undetermined", 10, 10), quarter("new", 10, 10)},
      previous);
  CHECK(now[0].tier() == "watch");
  CHECK(now[1].tier() == "outside");
  CHECK(now[2].tier() == "outside");
  CHECK(now[3].tier() == "outside");
}

TEST_CASE("the tier adopted in the previous edition decides whether it listed the quarter", "[classification]") {
  std::vector<Assignment> previous = {{.code = "raised", .tier_computed = "outside", .tier_adopted = "watch"},
                                      {.code = "lowered", .tier_computed = "watch", .tier_adopted = "outside"}};
  const auto now = ranked({quarter("raised", 10, 10), quarter("lowered", 10, 10)}, previous);
  CHECK(now[0].tier() == "watch");
  CHECK(now[1].tier() == "outside");
}

TEST_CASE("an unranked previous edition lists the quarters that it has", "[classification]") {
  const std::vector<Assignment> previous = {{.code = "QP042001"}};
  const auto now = ranked({quarter("QP042001", 10, 10), quarter("QP042002", 10, 10)}, previous);
  CHECK(now[0].tier() == "watch");
  CHECK(now[1].tier() == "outside");
}

TEST_CASE("a score that rose by ten since the previous edition is seen, and one by 9.99 is not", "[classification]") {
  // tier_vectors.json, "deltas": 25.3 then 35.3 with moderate = 40; in doubles the difference is 9.999999999999996.
  auto rules = simple_rules();
  rules.levels[1].value = 40;
  const auto conditions = conditions_of(rules);
  const std::vector<QuarterFacts> before = {quarter("a", 12.53, 11), quarter("b", 12.53, 11)};
  auto previous = classify({.conditions = &conditions, .quarters = before}).assignments;
  REQUIRE(previous[0].axis("social")->score == 25.3);
  for (auto& assignment : previous) assignment.tier_adopted = "outside";
  const std::vector<QuarterFacts> now = {quarter("a", 13.53, 11), quarter("b", 13.529, 11), quarter("new", 13.53, 11)};
  const auto assignments = classify({.conditions = &conditions, .quarters = now, .previous = previous}).assignments;
  CHECK(assignments[0].axis("social")->delta == 10.0);
  CHECK(assignments[0].tier() == "watch");
  CHECK(assignments[1].axis("social")->delta == 9.99);
  CHECK(assignments[1].tier() == "outside");
  CHECK_FALSE(assignments[2].axis("social")->delta);
}

TEST_CASE("the latest decision gives the adopted tier, and the later in the list on the same day", "[classification]") {
  const auto conditions = conditions_of(simple_rules());
  const std::vector<QuarterFacts> quarters = {quarter("a", 15, 15), quarter("b", 15, 15)};
  const std::vector<domain::Decision> decisions = {decision("a", "social_development", "2014-11-20"),
                                                   decision("a", "outside", "2014-10-15"),
                                                   decision("b", "watch", "2014-10-15"),
                                                   decision("b", "social_development", "2014-10-15"),
                                                   {.body = "sem", .date = *domain::Date::parse("2015-01-01")}};
  const auto result = classify({.conditions = &conditions, .quarters = quarters, .decisions = decisions});
  CHECK(result.problems.empty());
  const auto& a = result.assignments[0];
  CHECK(a.tier() == "social_development");
  CHECK(a.tier_computed == "priority_1");
  CHECK(a.tier_rank == 2);
  CHECK(a.explanation->rule == "priority_1");
  CHECK(result.assignments[1].tier_adopted == "social_development");
}

TEST_CASE("an adopted tier that the rules do not know is a problem and changes nothing", "[classification]") {
  const auto conditions = conditions_of(simple_rules());
  const std::vector<QuarterFacts> quarters = {quarter("a", 15, 15)};
  const std::vector<domain::Decision> decisions = {decision("a", "wach", "2014-10-15"),
                                                   decision("nowhere", "watch", "2014-10-15")};
  const auto result = classify({.conditions = &conditions, .quarters = quarters, .decisions = decisions});
  CHECK(result.assignments[0].tier() == "priority_1");
  REQUIRE(result.problems.size() == 2);
  CHECK(result.problems[0].quarter == "a");
  CHECK(result.problems[0].tier == "wach");
  CHECK(result.problems[0].suggestion == "watch");
  CHECK(result.problems[1].quarter == "nowhere");
}

TEST_CASE("a tier field adopts, and a decision overrides it", "[classification]") {
  const auto conditions = conditions_of(simple_rules());
  auto field = quarter("a", 15, 15);
  field.source_tier = "watch";
  auto overridden = quarter("b", 15, 15);
  overridden.source_tier = "watch";
  const std::vector<QuarterFacts> quarters = {field, overridden};
  const std::vector<domain::Decision> decisions = {decision("b", "outside", "2014-10-15")};
  const auto result = classify({.conditions = &conditions, .quarters = quarters, .decisions = decisions});
  CHECK(result.assignments[0].tier_adopted == "watch");
  CHECK(result.assignments[0].tier_computed == "priority_1");
  CHECK(result.assignments[1].tier() == "outside");
  CHECK_FALSE(result.assignments[1].tier_rank);
}

TEST_CASE("an edition without rules takes its tiers from the field", "[classification]") {
  const std::vector<QuarterFacts> quarters = {{.code = "a", .source_tier = "P2"},
                                              {.code = "b", .source_tier = "P1"},
                                              {.code = "c", .source_tier = "P2"},
                                              {.code = "d"}};
  const auto result = classify({.quarters = quarters});
  CHECK(result.problems.empty());
  CHECK(result.tiers == std::vector<std::string>{"P2", "P1", "undetermined"});
  CHECK(result.assignments[0].tier() == "P2");
  CHECK_FALSE(result.assignments[0].tier_computed);
  CHECK_FALSE(result.assignments[0].tier_rank);
  CHECK_FALSE(result.assignments[0].explanation);
  CHECK(result.assignments[3].tier() == "undetermined");
}

TEST_CASE("an edition with neither rules nor tier field is unranked, whatever is decided", "[classification]") {
  const std::vector<QuarterFacts> quarters = {{.code = "a"}};
  const std::vector<domain::Decision> decisions = {decision("a", "watch", "2014-10-15")};
  const auto result = classify({.quarters = quarters, .decisions = decisions});
  CHECK(result.tiers.empty());
  CHECK_FALSE(result.assignments[0].tier());
  CHECK(result.problems.size() == 1);
}

TEST_CASE("a quarter that no condition matches is undetermined", "[classification]") {
  auto rules = simple_rules();
  rules.tiers = {{.code = "priority_1", .rank = 1, .when = "score_social >= high"}};
  const auto conditions = conditions_of(rules);
  const std::vector<QuarterFacts> quarters = {quarter("a", 10, 10)};
  const auto result = classify({.conditions = &conditions, .quarters = quarters});
  CHECK(result.assignments[0].tier() == "undetermined");
  CHECK(result.assignments[0].explanation->rule == "undetermined");
  CHECK(result.assignments[0].explanation->condition.empty());
  CHECK(result.tiers == std::vector<std::string>{"priority_1", "undetermined"});
}

TEST_CASE("conditions see indicators and households", "[classification]") {
  auto rules = simple_rules();
  rules.tiers = {{.code = "large", .rank = 1, .when = "households >= 1000 AND vacancy_rate = 15"},
                 {.code = "unknown_size", .rank = 2, .when = "households IS NULL"}};
  const auto conditions = conditions_of(rules);
  auto large = quarter("a", 10, 15);
  large.households = 1000;
  const std::vector<QuarterFacts> quarters = {large, quarter("b", 10, 15)};
  const auto result = classify({.conditions = &conditions, .quarters = quarters});
  CHECK(result.assignments[0].tier() == "large");
  CHECK(result.assignments[1].tier() == "unknown_size");
}
