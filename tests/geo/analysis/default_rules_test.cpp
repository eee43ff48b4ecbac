// The rules that the default atlas ships, as loading reads them, give what the project's test vectors say.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "geo/domain/score.hpp"
#include "geo/loading/rules_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/default_rules.hpp"
#include "tests/support/real_files.hpp"

using namespace geoprio;

namespace {

const expression::TierConditions& shipped() {
  static const auto file = loading::read_rules_file(GEOPRIO_DEFAULT_RULES, Language::french);
  return file.conditions;
}

AttributeValue attribute(const nlohmann::json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number()) return value.get<double>();
  return {};
}

}  // namespace

TEST_CASE("the shipped tiers are named in the pages' three languages", "[rules]") {
  for (const auto& tier : shipped().rules().tiers) {
    INFO(tier.code);
    CHECK_FALSE(tier.label_en.empty());
    CHECK_FALSE(tier.label_falc.empty());
  }
}

TEST_CASE("the shipped rules are those that the tests state by hand", "[rules]") {
  auto read = shipped().rules();
  // Words and colours are not under test.
  const auto expected = tests::default_rules();
  for (auto& axis : read.axes)
    for (auto& indicator : axis.indicators)
      indicator = tests::indicator(indicator.id, indicator.weight, indicator.direction, indicator.reference);
  for (auto& tier : read.tiers) {
    for (auto& flag : tier.flags) flag.label.clear();
    tier = {.code = tier.code, .rank = tier.rank, .when = tier.when, .flags = tier.flags};
  }
  CHECK(read.tiers == expected.tiers);
  CHECK(read.span == expected.span);
  CHECK(read.min_coverage == expected.min_coverage);
  CHECK(read.min_households == expected.min_households);
  for (const auto& axis : expected.axes) {
    INFO(axis.id);
    CHECK(std::find(read.axes.begin(), read.axes.end(), axis) != read.axes.end());
  }
  CHECK(read.axes.size() == expected.axes.size());
  for (const auto& level : expected.levels) {
    INFO(level.name);
    CHECK(std::find(read.levels.begin(), read.levels.end(), level) != read.levels.end());
  }
}

TEST_CASE("the shipped rules hold every test vector of the project", "[rules]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  const auto path = folder / ".." / "tier_vectors.json";
  if (!std::filesystem::exists(path)) {
    WARN("NOT RUN: no tier_vectors.json beside the folder of real files");
    return;
  }
  std::ifstream stream(path);
  const auto vectors = nlohmann::json::parse(stream);
  const auto& rules = shipped().rules();
  for (const auto& vector : vectors.at("vectors")) {
    INFO(vector.dump());
    expression::VariableTable facts;
    for (const auto& [name, value] : vector.items()) facts.set(name, attribute(value));
    const auto match = shipped().match(facts);
    REQUIRE(match);
    const auto& tier = rules.tiers[match->tier];
    CHECK(tier.code == vector.at("tier").get<std::string>());
    std::vector<std::string> flags;
    for (const auto flag : match->flags) flags.push_back(tier.flags[flag].code);
    CHECK(flags == vector.at("flags").get<std::vector<std::string>>());
  }
  for (const auto& vector : vectors.at("indicators"))
    for (const auto& axis : rules.axes)
      for (const auto& indicator : axis.indicators)
        if (indicator.id == vector.at("id").get<std::string>())
          CHECK(domain::indicator_score(vector.at("value").get<double>(), indicator.reference, rules.span,
                                        indicator.direction) == vector.at("score").get<double>());
}
