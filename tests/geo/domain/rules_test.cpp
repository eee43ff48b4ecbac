#include "geo/domain/rules.hpp"

#include <functional>
#include <limits>

#include "tests/support/catch.hpp"

using namespace geoprio::domain;

namespace {

TierRules sound_rules() {
  return {.label = "Essai",
          .span = 2,
          .min_coverage = 0.6,
          .min_households = 11,
          .levels = {{"high", 50}},
          .axes = {{"social", {{.id = "unemployment_rate", .weight = 2, .reference = 13}}},
                   {"urban", {{.id = "vacancy_rate", .weight = 1, .reference = 9}}}},
          .tiers = {{.code = "priority_1",
                     .rank = 1,
                     .when = "score_social >= high",
                     .flags = {{"a", "A", "TRUE"}},
                     .fill = "#5E1A3A",
                     .dash = {6, 3}},
                    {.code = "outside", .when = "TRUE"}}};
}

// Where problem_of finds fault after `change`, or "sound".
std::string fault_after(const std::function<void(TierRules&)>& change) {
  auto rules = sound_rules();
  change(rules);
  const auto problem = problem_of(rules);
  if (!problem) return "sound";
  CHECK_FALSE(problem->message.french.empty());
  CHECK_FALSE(problem->message.english.empty());
  return problem->where;
}

}  // namespace

TEST_CASE("sound rules have no problem", "[rules]") { CHECK_FALSE(problem_of(sound_rules())); }

TEST_CASE("a span of 1 or less cannot scale a score", "[rules]") {
  CHECK(fault_after([](auto& rules) { rules.span = 1; }) == "span");
  CHECK(fault_after([](auto& rules) { rules.span = std::numeric_limits<double>::quiet_NaN(); }) == "span");
  CHECK(fault_after([](auto& rules) { rules.span = 1.01; }) == "sound");
}

TEST_CASE("a reference or a weight of 0 or less is a problem", "[rules]") {
  CHECK(fault_after([](auto& rules) { rules.axes[0].indicators[0].reference = 0; }) == "axes.social[0].reference");
  CHECK(fault_after([](auto& rules) { rules.axes[1].indicators[0].reference = -9; }) == "axes.urban[0].reference");
  CHECK(fault_after([](auto& rules) { rules.axes[0].indicators[0].weight = 0; }) == "axes.social[0].weight");
}

TEST_CASE("a coverage is a share and households are not negative", "[rules]") {
  CHECK(fault_after([](auto& rules) { rules.min_coverage = 60; }) == "min_coverage");
  CHECK(fault_after([](auto& rules) { rules.min_households = -1; }) == "min_households");
}

TEST_CASE("a code stands once among its like", "[rules]") {
  CHECK(fault_after([](auto& rules) { rules.tiers[1].code = "priority_1"; }) == "tiers[1].code");
  CHECK(fault_after([](auto& rules) {
          rules.tiers[0].flags.push_back({"a", "B", "TRUE"});
        }) == "tiers[0].flags[1].code");
  CHECK(fault_after([](auto& rules) { rules.axes[1].id = "social"; }) == "axes.social");
  CHECK(fault_after([](auto& rules) { rules.axes[0].indicators.push_back(rules.axes[0].indicators[0]); }) ==
        "axes.social[1].id");
  CHECK(fault_after([](auto& rules) { rules.tiers.push_back({.code = "watch", .rank = 1, .when = "TRUE"}); }) ==
        "tiers[2].rank");
}

TEST_CASE("a variable has one meaning", "[rules]") {
  CHECK(fault_after([](auto& rules) { rules.levels[0].name = "vacancy_rate"; }) == "axes.urban[0].id");
  CHECK(fault_after([](auto& rules) { rules.levels[0].name = "score_social"; }) == "levels.score_social");
  CHECK(fault_after([](auto& rules) { rules.axes[0].indicators[0].id = "households"; }) == "axes.social[0].id");
  CHECK(fault_after([](auto& rules) { rules.axes[0].indicators[0].id = "vacancy_rate"; }) == "sound");
}

TEST_CASE("a name that no condition can write is refused", "[rules]") {
  CHECK(fault_after([](auto& rules) { rules.axes[0].indicators[0].id = "taux de chômage"; }) == "axes.social[0].id");
  CHECK(fault_after([](auto& rules) { rules.axes[0].indicators[0].id = "taux_chômage"; }) == "sound");
  CHECK(fault_after([](auto& rules) { rules.levels[0].name = "2"; }) == "levels.2");
}

TEST_CASE("outside and undetermined have no rank", "[rules]") {
  CHECK(fault_after([](auto& rules) { rules.tiers[1].rank = 4; }) == "tiers[1].rank");
  CHECK(fault_after([](auto& rules) { rules.tiers[0].rank = 0; }) == "tiers[0].rank");
}

TEST_CASE("rules without a tier, an axis without an indicator and a colour that is none are problems", "[rules]") {
  CHECK(fault_after([](auto& rules) { rules.tiers.clear(); }) == "tiers");
  CHECK(fault_after([](auto& rules) { rules.axes[0].indicators.clear(); }) == "axes.social");
  CHECK(fault_after([](auto& rules) { rules.tiers[0].fill = "red"; }) == "tiers[0].fill");
  CHECK(fault_after([](auto& rules) { rules.tiers[0].dash = {6, 0}; }) == "tiers[0].dash");
}

TEST_CASE("a tier is found by its code", "[rules]") {
  const auto rules = sound_rules();
  REQUIRE(rules.tier("priority_1"));
  CHECK(rules.tier("priority_1")->rank == 1);
  CHECK(rules.tier("watch") == nullptr);
}
