// What would change a tier, against every score tried one by one and the classification itself.
#include "geo/analysis/alternatives.hpp"

#include <cmath>
#include <random>

#include "geo/domain/score.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/default_rules.hpp"

using namespace geoprio;
using namespace geoprio::analysis;
using Kind = Alternative::Kind;

namespace {

/// A quarter ranked by rules, and its like in the edition before.
struct Ranked {
  expression::TierConditions conditions;
  QuarterFacts quarter;
  std::vector<Assignment> previous;
  Assignment assignment{};

  [[nodiscard]] Assignment classified(const QuarterFacts& facts) const {
    ClassificationInput input;
    input.conditions = &conditions;
    input.quarters = std::span(&facts, 1);
    input.previous = previous;
    return classify(input).assignments.front();
  }
  [[nodiscard]] const Assignment* before() const { return previous.empty() ? nullptr : &previous.front(); }
  [[nodiscard]] std::vector<Alternative> alternatives() const {
    return alternatives_of(quarter, assignment, conditions, before());
  }
  /// The tier with that score on one axis, the change since the previous edition following.
  [[nodiscard]] std::string tier_with(const std::string& moved, double score) const {
    expression::VariableTable facts;
    const auto value = [](std::optional<double> number) { return number ? AttributeValue(*number) : AttributeValue(); };
    for (const auto& axis : assignment.explanation->axes) {
      const auto now = axis.id == moved ? std::optional(score) : axis.score;
      facts.set("score_" + axis.id, value(now));
      facts.set("coverage_" + axis.id, axis.coverage);
      const auto* axis_before = before() == nullptr ? nullptr : before()->axis(axis.id);
      const auto delta = axis_before == nullptr ? std::nullopt : domain::score_delta(now, axis_before->score);
      facts.set("delta_" + axis.id, value(delta));
      for (const auto& indicator : axis.indicators) facts.set(indicator.rule.id, value(indicator.value));
    }
    const bool listed = before() != nullptr && *before()->tier() != "outside" && *before()->tier() != "undetermined";
    facts.set("listed_in_previous_edition", listed);
    const auto match = conditions.match(facts);
    return match ? conditions.rules().tiers[match->tier].code : "undetermined";
  }
};

QuarterFacts random_quarter(std::mt19937& random, const domain::TierRules& rules) {
  QuarterFacts quarter{.code = "q"};
  std::uniform_real_distribution<double> share(0.4, 2.2);
  std::uniform_int_distribution<int> missing(0, 9);
  for (const auto& axis : rules.axes)
    for (const auto& indicator : axis.indicators)
      if (missing(random) != 0)
        quarter.indicators[indicator.id] = std::round(indicator.reference * share(random) * 100) / 100;
  return quarter;
}

Ranked random_ranked(std::mt19937& random, const domain::TierRules& rules) {
  Ranked ranked{.conditions = expression::TierConditions::make(rules).value(),
                .quarter = random_quarter(random, rules),
                .previous = {}};
  if (random() % 3 != 0) ranked.previous = {ranked.classified(random_quarter(random, rules))};
  ranked.assignment = ranked.classified(ranked.quarter);
  return ranked;
}

/// The nearest score of that axis under which the rules give the tier, tried one by one.
std::optional<double> nearest_by_trial(const Ranked& ranked, const AxisExplanation& axis, const std::string& tier) {
  std::optional<double> nearest;
  for (int hundredths = 0; hundredths <= 10000; ++hundredths) {
    const double score = hundredths / 100.0;
    if (nearest && std::abs(score - *axis.score) >= std::abs(*nearest - *axis.score)) continue;
    if (ranked.tier_with(axis.id, score) == tier) nearest = score;
  }
  return nearest;
}

void check_scores(const Ranked& ranked) {
  const auto alternatives = ranked.alternatives();
  for (const auto& axis : ranked.assignment.explanation->axes) {
    if (!axis.score) continue;
    for (const auto& tier : ranked.conditions.rules().tiers) {
      if (tier.code == ranked.assignment.tier_computed) continue;
      const auto expected = nearest_by_trial(ranked, axis, tier.code);
      const auto found = std::find_if(alternatives.begin(), alternatives.end(), [&](const Alternative& one) {
        return one.kind == Kind::score && one.id == axis.id && one.tier == tier.code;
      });
      INFO(axis.id << " " << *axis.score << " to " << tier.code);
      REQUIRE((found != alternatives.end()) == expected.has_value());
      if (!expected) continue;
      CHECK(found->from == *axis.score);
      CHECK(std::abs(found->to - found->from) == Approx(std::abs(*expected - *axis.score)).margin(1e-9));
    }
  }
}

void check_indicators(const Ranked& ranked) {
  for (const auto& one : ranked.alternatives()) {
    if (one.kind != Kind::indicator) continue;
    auto moved = ranked.quarter;
    CHECK(one.from == moved.indicators.at(one.id));
    moved.indicators[one.id] = one.to;
    INFO(one.id << " from " << one.from << " to " << one.to);
    CHECK(ranked.classified(moved).tier_computed == one.tier);
    double reference = 0;
    for (const auto& axis : ranked.conditions.rules().axes)
      for (const auto& indicator : axis.indicators)
        if (indicator.id == one.id) reference = indicator.reference;
    const double step = std::pow(10, std::floor(std::log10(reference)) - 4);
    const double back = one.to > one.from ? -step : step;
    if (std::abs(one.to - one.from) <= step) continue;
    moved.indicators[one.id] = one.to + back;
    CHECK(ranked.classified(moved).tier_computed != one.tier);
  }
}

}  // namespace

TEST_CASE("the nearest score that gives another tier is the one that trying all scores finds", "[alternatives]") {
  std::mt19937 random(5);
  for (int i = 0; i < 10; ++i) check_scores(random_ranked(random, tests::default_rules()));
}

TEST_CASE("an indicator moved as told gives the tier, and a step less does not", "[alternatives]") {
  std::mt19937 random(6);
  std::size_t told = 0;
  for (int i = 0; i < 300; ++i) {
    const auto ranked = random_ranked(random, tests::default_rules());
    check_indicators(ranked);
    for (const auto& one : ranked.alternatives()) told += one.kind == Kind::indicator ? 1 : 0;
  }
  CHECK(told > 200);
}

TEST_CASE("thresholds between hundredths, changes and ranges of scores are found as well", "[alternatives]") {
  auto rules = tests::default_rules();
  rules.levels = {{"high", 49.996}, {"moderate", 25.005}, {"deterioration", -3.333}};
  rules.tiers = {{.code = "priority_1", .when = "score_social BETWEEN high AND 80.125 AND NOT score_urban IN (30, 40)"},
                 {.code = "watch", .when = "delta_social > deterioration OR score_urban > score_social"},
                 {.code = "social_development", .when = "score_urban <> 12.34 AND unemployment_rate > 17.5"},
                 {.code = "outside", .when = "score_social >= moderate"}};
  std::mt19937 random(7);
  for (int i = 0; i < 10; ++i) {
    const auto ranked = random_ranked(random, rules);
    check_scores(ranked);
    check_indicators(ranked);
  }
}

TEST_CASE("where a condition calculates with scores, all scores are tried", "[alternatives]") {
  auto rules = tests::default_rules();
  rules.tiers = {{.code = "priority_1", .when = "score_social + score_urban >= 100.5"},
                 {.code = "outside", .when = "TRUE"}};
  std::mt19937 random(8);
  for (int i = 0; i < 5; ++i) {
    const auto ranked = random_ranked(random, rules);
    check_scores(ranked);
    for (const auto& one : ranked.alternatives()) CHECK(one.kind == Kind::score);
  }
}

// By hand: 62.5 on the social axis and 40 on the urban one is social_development; 50 urban makes it priority_1, 49.99
// social watch.
TEST_CASE("a quarter under one threshold is told how far it is from it", "[alternatives]") {
  domain::TierRules rules = tests::default_rules();
  rules.axes = {{"social", {tests::indicator("a", 1, domain::Direction::higher_is_worse, 10)}},
                {"urban", {tests::indicator("b", 1, domain::Direction::lower_is_worse, 20)}}};
  Ranked ranked{.conditions = expression::TierConditions::make(rules).value(),
                .quarter = {.code = "q", .indicators = {{"a", 16.25}, {"b", 16}}},
                .previous = {}};
  ranked.assignment = ranked.classified(ranked.quarter);
  REQUIRE(ranked.assignment.tier_computed == "social_development");
  std::map<std::pair<std::string, std::string>, double> told;
  for (const auto& one : ranked.alternatives()) told[{one.tier, one.id}] = one.to;
  CHECK(told == std::map<std::pair<std::string, std::string>, double>{{{"priority_1", "urban"}, 50.0},
                                                                      {{"priority_1", "b"}, 15.0},
                                                                      {{"watch", "social"}, 49.99},
                                                                      {{"watch", "a"}, 14.999}});
}

// By hand: 50 is reached at 15, and a step of 0.001 below it is the first that is not.
TEST_CASE("a value or a threshold beyond all whole numbers counts as very large", "[alternatives]") {
  domain::TierRules rules = tests::default_rules();
  rules.axes = {{"social", {tests::indicator("a", 1, domain::Direction::higher_is_worse, 10)}}};
  rules.tiers = {{.code = "watch", .when = "score_social >= 50 AND score_social > -1e300"},
                 {.code = "outside", .when = "TRUE"}};
  Ranked ranked{.conditions = expression::TierConditions::make(rules).value(),
                .quarter = {.code = "q", .indicators = {{"a", 1e300}}},
                .previous = {}};
  ranked.assignment = ranked.classified(ranked.quarter);
  REQUIRE(ranked.assignment.tier_computed == "watch");
  std::map<std::string, double> told;
  for (const auto& one : ranked.alternatives()) told[one.id] = one.to;
  CHECK(told == std::map<std::string, double>{{"social", 49.99}, {"a", 14.999}});
}

TEST_CASE("missing data are not moved, and an unranked quarter has no alternatives", "[alternatives]") {
  Ranked ranked{.conditions = expression::TierConditions::make(tests::default_rules()).value(),
                .quarter = {.code = "q"},
                .previous = {}};
  ranked.assignment = ranked.classified(ranked.quarter);
  CHECK(ranked.assignment.tier_computed == "undetermined");
  CHECK(ranked.alternatives().empty());
  CHECK(alternatives_of(ranked.quarter, Assignment{.code = "q"}, ranked.conditions, nullptr).empty());
}
