#include "geo/loading/rules_file.hpp"

#include <fstream>
#include <iterator>
#include <utility>

#include "geo/loading/load_error.hpp"
#include "geo/loading/toml_reader.hpp"

namespace geoprio::loading {
namespace {

domain::Direction direction_of(TomlReader& reader) {
  const auto code = reader.required_text("direction");
  if (const auto direction = domain::parse_direction(code)) return *direction;
  reader.fail("direction", {"« " + code + " » n'est pas un sens : higher_is_worse ou lower_is_worse.",
                            "“" + code + "” is no direction: higher_is_worse or lower_is_worse."});
}

double required_number(TomlReader& reader, const char* key) {
  if (const auto number = reader.number(key)) return *number;
  reader.fail(key, {"il manque le nombre « " + std::string(key) + " » dans " + reader.name() + ".",
                    "the number “" + std::string(key) + "” is missing in " + reader.name() + "."});
}

domain::IndicatorRule indicator_of(TomlReader& reader) {
  domain::IndicatorRule indicator;
  indicator.id = reader.required_text("id");
  reader.rename(reader.name() + " (" + indicator.id + ")");
  indicator.label = reader.text("label");
  indicator.unit = reader.text("unit");
  indicator.weight = required_number(reader, "weight");
  indicator.direction = direction_of(reader);
  indicator.reference = required_number(reader, "reference");
  indicator.source = reader.text("source");
  indicator.vintage = reader.text("vintage");
  reader.finish();
  return indicator;
}

domain::TierRule tier_of(TomlReader& reader) {
  domain::TierRule tier;
  tier.code = reader.required_text("code");
  reader.rename("[[tiers]] " + tier.code);
  if (const auto rank = reader.whole("rank", 1, 1000, 0); rank > 0) tier.rank = static_cast<int>(rank);
  tier.short_name = reader.text("short");
  tier.label = reader.text("label");
  tier.label_en = reader.text("label_en");
  tier.label_falc = reader.text("label_falc");
  tier.when = reader.required_text("when");
  for (auto& flag : reader.tables("flags")) {
    tier.flags.push_back({flag.required_text("code"), flag.text("label"), flag.required_text("when")});
    flag.finish();
  }
  tier.fill = reader.text("fill");
  tier.pattern = reader.text("pattern");
  tier.outline = reader.text("outline");
  tier.dash = reader.numbers("dash");
  reader.finish();
  return tier;
}

domain::TierRules rules_of(TomlReader& reader) {
  domain::TierRules rules;
  rules.label = reader.text("label");
  rules.span = reader.number("span").value_or(2);
  rules.min_coverage = reader.number("min_coverage").value_or(0);
  rules.min_households = reader.number("min_households").value_or(0);
  if (auto levels = reader.table("levels")) {
    for (const auto& name : levels->keys()) rules.levels.push_back({name, required_number(*levels, name.c_str())});
    levels->finish();
  }
  if (auto axes = reader.table("axes")) {
    for (const auto& id : axes->keys()) {
      domain::AxisRule axis;
      axis.id = id;
      for (auto& indicator : axes->tables(id.c_str())) axis.indicators.push_back(indicator_of(indicator));
      rules.axes.push_back(std::move(axis));
    }
    axes->finish();
  }
  for (auto& tier : reader.tables("tiers")) rules.tiers.push_back(tier_of(tier));
  reader.finish();
  return rules;
}

std::string place_of(const expression::ConditionProblem& problem) {
  if (problem.tier.empty()) return "";
  return "[[tiers]] " + problem.tier + (problem.flag.empty() ? "" : ", flag " + problem.flag) + " : ";
}

/// The `when` that the problem is about, for its line; null when it is about none.
const toml::node* written_at(const toml::table& table, const expression::ConditionProblem& problem) {
  const auto* tiers = table.get_as<toml::array>("tiers");
  if (tiers == nullptr || problem.tier.empty()) return nullptr;
  for (const auto& node : *tiers) {
    const auto* tier = node.as_table();
    if (tier == nullptr || tier->at_path("code").value<std::string>() != problem.tier) continue;
    const auto* flags = tier->get_as<toml::array>("flags");
    if (problem.flag.empty() || flags == nullptr) return tier->get("when");
    for (const auto& flag : *flags)
      if (flag.at_path("code").value<std::string>() == problem.flag) return flag.at_path("when").node();
  }
  return nullptr;
}

std::string with_suggestion(const expression::ConditionProblem& problem, Language language) {
  auto text = in(language, problem.message);
  if (!problem.suggestion || text.find(*problem.suggestion) != std::string::npos) return text;
  return text + in(language, {" Vouliez-vous dire « ", " Did you mean “"}) + *problem.suggestion +
         in(language, {" » ?", "”?"});
}

}  // namespace

RulesFile read_rules_file(const std::filesystem::path& path, Language language) {
  const TomlFile file{path.string(), language};
  const auto table = parsed_toml(path, file);
  TomlReader reader(table, file, path.filename().string());
  auto conditions = expression::TierConditions::make(rules_of(reader));
  if (!conditions) {
    const auto& problem = conditions.error();
    const auto text = place_of(problem) + with_suggestion(problem, language) +
                      (problem.condition.empty() ? "" : " (" + problem.condition + ")");
    file.fail(written_at(table, problem), {text, text});
  }
  std::ifstream stream(path, std::ios::binary);
  return {std::move(conditions).value(), std::string(std::istreambuf_iterator<char>(stream), {})};
}

}  // namespace geoprio::loading
