#include "geo/analysis/rule_check.hpp"

#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/default_rules.hpp"

using namespace geoprio;

namespace {

std::vector<std::string> warnings_of(std::vector<domain::TierRule> tiers) {
  auto rules = tests::default_rules();
  rules.tiers = std::move(tiers);
  std::vector<std::string> texts;
  for (auto& warning : analysis::rule_warnings(expression::TierConditions::make(rules).value()))
    texts.push_back(warning.english);
  return texts;
}

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the default rules can all match, and leave no gap", "[rules]") {
  CHECK(warnings_of(tests::default_rules().tiers).empty());
}

TEST_CASE("a tier whose condition contradicts itself is told", "[rules]") {
  for (const char* when :
       {"score_social > 60 AND score_social < 50", "score_social > 100", "coverage_social < 0",
        "score_social >= high AND NOT score_social >= moderate", "score_social > 50 AND score_social < 50.01",
        "score_social < 30 AND delta_social > 30", "score_social > 10 AND coverage_social = 0", "FALSE"}) {
    INFO(when);
    const auto warnings = warnings_of({{.code = "never", .when = when}, {.code = "outside", .when = "TRUE"}});
    REQUIRE(warnings.size() == 1);
    CHECK(says(warnings[0], "“never”"));
    CHECK(says(warnings[0], "its condition is never true"));
  }
}

TEST_CASE("a tier that others always match before is told", "[rules]") {
  const auto warnings = warnings_of({{.code = "watch", .when = "score_social >= moderate OR score_social IS NULL"},
                                     {.code = "priority_1", .when = "score_social >= high"},
                                     {.code = "outside", .when = "TRUE"}});
  REQUIRE(warnings.size() == 1);
  CHECK(says(warnings[0], "“priority_1”"));
  CHECK(says(warnings[0], "a tier before it always matches first"));
}

TEST_CASE("what can just occur is no contradiction", "[rules]") {
  for (const char* when :
       {"score_social > 50 AND score_social < 50.02", "score_social = 100", "delta_social = -100",
        "score_social >= 30 AND delta_social >= 30", "coverage_social = 1",
        "score_social IS NULL AND coverage_social < min_coverage",
        "listed_in_previous_edition = FALSE AND delta_social > 0", "households < 11", "unemployment_rate IS NULL"}) {
    INFO(when);
    CHECK(warnings_of({{.code = "rare", .when = when}, {.code = "outside", .when = "TRUE"}}).empty());
  }
}

TEST_CASE("known scores that no tier matches are told with an example", "[rules]") {
  const auto warnings = warnings_of({{.code = "priority_1", .when = "score_social >= high"},
                                     {.code = "watch", .when = "score_social < high AND score_urban > 10"}});
  REQUIRE(warnings.size() == 1);
  CHECK(says(warnings[0], "no tier matches a quarter whose scores are known: score_social = "));
  CHECK(says(warnings[0], "score_urban = "));
}

TEST_CASE("that missing data match no tier is no gap", "[rules]") {
  CHECK(warnings_of({{.code = "priority_1", .when = "score_social >= high AND coverage_social >= min_coverage"},
                     {.code = "outside", .when = "score_social < high AND coverage_social >= min_coverage"}})
            .empty());
}

TEST_CASE("rules that calculate, or with too many thresholds, are told not to have been examined", "[rules]") {
  const auto calculated = warnings_of({{.code = "p", .when = "score_social + score_urban > 100"}});
  REQUIRE(calculated.size() == 1);
  CHECK(says(calculated[0], "were not examined"));
  std::string many = "score_social IN (0";
  for (int number = 1; number < 100; ++number) many += ", " + std::to_string(number);
  many += ") AND score_urban IN (0";
  for (int number = 1; number < 100; ++number) many += ", " + std::to_string(number);
  const auto too_many = warnings_of({{.code = "p", .when = many + ") AND households > 5 AND delta_urban > 1"}});
  REQUIRE(too_many.size() == 1);
  CHECK(says(too_many[0], "more than 50,000 combinations"));
}
