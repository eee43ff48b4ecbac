#include "tileserver/atlas/ranking.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "geo/analysis/rule_check.hpp"
#include "geo/core/parallel.hpp"
#include "geo/domain/stage.hpp"
#include "tileserver/atlas/records.hpp"

namespace geoprio::atlas {
namespace {

/// Ranks editions on demand, so that a previous edition is there when one needs it, wherever it stands in the file.
class Ranking {
 public:
  Ranking(const loading::LoadedAtlas& loaded, Language language, std::vector<std::string>& warnings)
      : loaded_(loaded), language_(language), warnings_(warnings) {}

  /// Loading has made sure that previous editions exist and do not go round in a circle.
  const std::vector<analysis::Assignment>& assignments(const loading::LoadedEdition& edition) {
    const auto found = done_.find(edition.settings.id);
    if (found != done_.end()) return found->second;
    const auto facts = facts_of(edition);
    analysis::ClassificationInput input;
    input.conditions = edition.conditions ? &*edition.conditions : nullptr;
    input.quarters = facts;
    input.decisions = edition.settings.decisions;
    input.previous = previous_of(edition);
    auto classification = analysis::classify(input);
    for (const auto& problem : classification.problems)
      warnings_.push_back(edition.settings.id + ": " + in(language_, problem.message));
    return done_.emplace(edition.settings.id, std::move(classification.assignments)).first->second;
  }

  /// What would change each quarter's computed tier.
  std::vector<std::vector<analysis::Alternative>> alternatives(const loading::LoadedEdition& edition) {
    std::vector<std::vector<analysis::Alternative>> alternatives(edition.quarters.size());
    if (!edition.conditions) return alternatives;
    const auto facts = facts_of(edition);
    const auto& ranked = assignments(edition);
    std::map<std::string_view, const analysis::Assignment*> before;
    for (const auto& assignment : previous_of(edition)) before[assignment.code] = &assignment;
    in_parallel(facts.size(), [&](std::size_t place) {
      const auto found = before.find(facts[place].code);
      alternatives[place] = analysis::alternatives_of(facts[place], ranked[place], *edition.conditions,
                                                      found == before.end() ? nullptr : found->second);
    });
    return alternatives;
  }

 private:
  static std::vector<analysis::QuarterFacts> facts_of(const loading::LoadedEdition& edition) {
    std::vector<analysis::QuarterFacts> facts;
    for (const auto& quarter : edition.quarters)
      facts.push_back({quarter.perimeter.code, quarter.indicators, quarter.households, quarter.tier_from_source});
    return facts;
  }
  /// Empty when there is none.
  std::span<const analysis::Assignment> previous_of(const loading::LoadedEdition& edition) {
    if (!edition.settings.previous) return {};
    return assignments(edition_named(*edition.settings.previous));
  }
  [[nodiscard]] const loading::LoadedEdition& edition_named(const std::string& id) const {
    return *std::find_if(loaded_.editions.begin(), loaded_.editions.end(),
                         [&](const auto& edition) { return edition.settings.id == id; });
  }

  const loading::LoadedAtlas& loaded_;
  Language language_;
  std::vector<std::string>& warnings_;
  std::map<std::string, std::vector<analysis::Assignment>> done_;
};

}  // namespace

std::vector<RankedEdition> ranked_editions(const loading::LoadedAtlas& loaded, Audience audience, Language language,
                                           std::vector<std::string>& warnings) {
  Ranking ranking(loaded, language, warnings);
  std::vector<RankedEdition> editions;
  for (const auto& edition : loaded.editions) {
    if (audience == Audience::everyone && !domain::is_public(edition.settings.stage)) continue;
    RankedEdition ranked;
    ranked.loaded = &edition;
    ranked.assignments = ranking.assignments(edition);
    ranked.alternatives = ranking.alternatives(edition);
    if (edition.conditions)
      for (const auto& warning : analysis::rule_warnings(*edition.conditions))
        warnings.push_back(edition.settings.id + ": " + in(language, warning));
    std::vector<std::string> tiers;
    for (const auto& assignment : ranked.assignments)
      if (assignment.tier()) tiers.push_back(*assignment.tier());
    // An unranked edition has no tiers; one with rules or a tier field has one for every quarter.
    if (tiers.size() == ranked.assignments.size()) ranked.tiers = TierOrder(legend_of(edition), tiers);
    editions.push_back(std::move(ranked));
  }
  return editions;
}

}  // namespace geoprio::atlas
