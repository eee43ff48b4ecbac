#include "tileserver/atlas/records.hpp"

#include <algorithm>
#include <utility>

#include "geo/domain/decision.hpp"
#include "geo/domain/stage.hpp"

namespace geoprio::atlas {
namespace {

DecisionRecord decision_record(const domain::Decision& decision) {
  DecisionRecord record;
  record.body = decision.body;
  record.date = decision.date.text();
  record.outcome = std::string(domain::code_of(decision.outcome));
  record.why = decision.why;
  record.quarter = decision.quarter ? decision.quarter->text() : "";
  record.tier = decision.tier.value_or("");
  return record;
}

std::vector<DecisionRecord> decisions_by_date(const std::vector<domain::Decision>& decisions) {
  std::vector<DecisionRecord> records;
  for (const auto& decision : decisions) records.push_back(decision_record(decision));
  std::stable_sort(records.begin(), records.end(), [](const auto& a, const auto& b) { return a.date < b.date; });
  return records;
}

IndicatorExplanation indicator_explanation(const analysis::IndicatorExplanation& indicator) {
  IndicatorExplanation record;
  record.id = indicator.rule.id;
  record.label = indicator.rule.label;
  record.unit = indicator.rule.unit;
  record.direction = std::string(domain::code_of(indicator.rule.direction));
  record.source = indicator.rule.source;
  record.vintage = indicator.rule.vintage;
  record.weight = indicator.rule.weight;
  record.value = indicator.value;
  record.reference = indicator.rule.reference;
  record.score = indicator.score;
  return record;
}

std::optional<Explanation> explanation_of(const analysis::Assignment& assignment) {
  if (!assignment.explanation) return std::nullopt;
  Explanation explanation;
  explanation.rule = assignment.explanation->rule;
  explanation.condition = assignment.explanation->condition;
  explanation.flags = assignment.flags;
  for (const auto& axis : assignment.explanation->axes) {
    AxisExplanation record;
    record.id = axis.id;
    record.score = axis.score;
    record.coverage = axis.coverage;
    for (const auto& indicator : axis.indicators) record.indicators.push_back(indicator_explanation(indicator));
    explanation.axes.push_back(std::move(record));
  }
  return explanation;
}

}  // namespace

std::vector<TierLegend> legend_of(const loading::LoadedEdition& edition) {
  std::vector<TierLegend> legend;
  const auto* rules = edition.rules();
  if (rules == nullptr) return legend;
  for (const auto& tier : rules->tiers) {
    TierLegend entry;
    entry.code = tier.code;
    entry.short_name = tier.short_name;
    entry.label = tier.label;
    entry.label_en = tier.label_en;
    entry.label_falc = tier.label_falc;
    entry.fill = tier.fill;
    entry.pattern = tier.pattern;
    entry.outline = tier.outline;
    entry.rank = tier.rank;
    entry.dash = tier.dash;
    legend.push_back(std::move(entry));
  }
  return legend;
}

EditionRecord edition_record(const RankedEdition& edition) {
  const auto& loaded = *edition.loaded;
  EditionRecord record;
  const auto& settings = loaded.settings;
  record.id = settings.id;
  record.title = settings.title.empty() ? settings.id : settings.title;
  record.stage = std::string(domain::code_of(settings.stage));
  record.valid_from = settings.valid_from ? settings.valid_from->text() : "";
  record.valid_to = settings.valid_to ? settings.valid_to->text() : "";
  record.previous = settings.previous.value_or("");
  record.rules_label = loaded.rules() != nullptr ? loaded.rules()->label : "";
  record.rules_text = loaded.rules_text;
  record.tiers = loaded.rules() != nullptr ? legend_of(loaded) : edition.tiers.tiers();
  record.decisions = decisions_by_date(settings.decisions);
  record.working_document = domain::is_working_document(settings.stage);
  for (std::size_t index = 0; index < loaded.quarters.size(); ++index) {
    QuarterRecord quarter;
    quarter.code = loaded.quarters[index].perimeter.code;
    quarter.explanation = explanation_of(edition.assignments[index]);
    for (const auto& one : edition.alternatives[index])
      quarter.alternatives.push_back(
          {one.tier, one.kind == analysis::Alternative::Kind::score ? "score" : "indicator", one.id, one.from, one.to});
    for (const auto& decision : record.decisions)
      if (decision.quarter == quarter.code) quarter.decisions.push_back(decision);
    record.quarters.push_back(std::move(quarter));
  }
  return record;
}

std::string current_edition(const std::vector<EditionRecord>& editions) {
  const auto is_public = [](const EditionRecord& edition) {
    const auto stage = domain::parse_stage(edition.stage);
    return stage && domain::is_public(*stage);
  };
  const auto newer = [&](const EditionRecord& a, const EditionRecord& b) {
    if (is_public(a) != is_public(b)) return is_public(a);
    const bool a_in_force = a.stage == "in_force";
    const bool b_in_force = b.stage == "in_force";
    return a_in_force != b_in_force ? a_in_force : a.valid_from >= b.valid_from;
  };
  const EditionRecord* best = &editions.front();
  for (const auto& edition : editions)
    if (newer(edition, *best)) best = &edition;
  return best->id;
}

}  // namespace geoprio::atlas
