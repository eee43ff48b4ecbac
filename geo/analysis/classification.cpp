#include "geo/analysis/classification.hpp"

#include <algorithm>
#include <utility>

#include "geo/analysis/quarter_axes.hpp"
#include "geo/core/near_name.hpp"
#include "geo/domain/tier.hpp"

namespace geoprio::analysis {
namespace {

using PreviousByCode = std::map<std::string_view, const Assignment*>;

void compute_tier(Assignment& assignment, const QuarterFacts& quarter, const expression::TierConditions& conditions,
                  const Assignment* previous) {
  const auto& rules = conditions.rules();
  Explanation explanation;
  explanation.axes = axes_of(quarter, rules, previous);
  const auto match = conditions.match(facts_of(quarter, explanation.axes, previous));
  if (match) {
    const auto& tier = rules.tiers[match->tier];
    explanation.rule = tier.code;
    explanation.condition = tier.when;
    for (const auto flag : match->flags) assignment.flags.push_back(tier.flags[flag].code);
  } else {
    explanation.rule = domain::undetermined_tier;
  }
  assignment.tier_computed = explanation.rule;
  assignment.explanation = std::move(explanation);
}

class Classifier {
 public:
  explicit Classifier(const ClassificationInput& input) : input_(input) {
    for (const auto& assignment : input.previous) previous_[assignment.code] = &assignment;
    for (const auto& quarter : input.quarters) codes_.push_back(quarter.code);
    list_known_tiers();
  }

  Classification run() {
    const auto adopted = adopted_by_decisions();
    for (const auto& quarter : input_.quarters) {
      const auto decided = adopted.find(quarter.code);
      result_.assignments.push_back(assignment_of(quarter, decided == adopted.end() ? nullptr : decided->second));
    }
    list_other_tiers();
    return std::move(result_);
  }

 private:
  // Only rules and tier fields make an edition ranked; decisions choose among the tiers that there are.
  void list_known_tiers() {
    if (input_.conditions != nullptr) {
      for (const auto& tier : input_.conditions->rules().tiers) result_.tiers.push_back(tier.code);
    } else {
      for (const auto& quarter : input_.quarters)
        if (quarter.source_tier && !is_in_result(*quarter.source_tier)) result_.tiers.push_back(*quarter.source_tier);
    }
    known_ = result_.tiers;
    for (const auto tier : {domain::outside_tier, domain::undetermined_tier})
      if (is_ranked() && !is_in_result(tier)) known_.emplace_back(tier);
  }

  [[nodiscard]] bool is_ranked() const { return !known_.empty(); }
  [[nodiscard]] bool is_in_result(std::string_view tier) const {
    return std::find(result_.tiers.begin(), result_.tiers.end(), tier) != result_.tiers.end();
  }

  // `outside` or `undetermined` where a quarter has them and the rules do not.
  void list_other_tiers() {
    for (const auto& assignment : result_.assignments)
      if (assignment.tier() && !is_in_result(*assignment.tier())) result_.tiers.push_back(*assignment.tier());
  }

  [[nodiscard]] bool is_known(const std::string& tier) const {
    return std::find(known_.begin(), known_.end(), tier) != known_.end();
  }

  // The latest decision on each quarter that sets a tier; of two on one day, the later in the list.
  std::map<std::string_view, const domain::Decision*> adopted_by_decisions() {
    std::map<std::string_view, const domain::Decision*> latest;
    for (const auto& decision : input_.decisions) {
      if (!decision.quarter || !decision.tier) continue;
      const auto& quarter = decision.quarter->text();
      if (!is_usable(quarter, *decision.tier)) continue;
      const auto [place, fresh] = latest.emplace(quarter, &decision);
      if (!fresh && place->second->date <= decision.date) place->second = &decision;
    }
    return latest;
  }

  bool is_usable(const std::string& quarter, const std::string& tier) {
    if (std::find(codes_.begin(), codes_.end(), quarter) == codes_.end()) {
      result_.problems.push_back({quarter,
                                  tier,
                                  {"une décision porte sur le quartier « " + quarter + " », que l'édition n'a pas",
                                   "a decision is on the quarter \"" + quarter + "\", which the edition has not"},
                                  nearest_name(quarter, codes_)});
      return false;
    }
    if (is_known(tier)) return true;
    if (is_ranked()) {
      result_.problems.push_back({quarter,
                                  tier,
                                  {"le niveau adopté « " + tier + " » n'est pas un niveau de l'édition",
                                   "the adopted tier \"" + tier + "\" is no tier of the edition"},
                                  nearest_name(tier, known_)});
    } else {
      result_.problems.push_back(
          {quarter,
           tier,
           {"le niveau adopté « " + tier + " » est sans effet : l'édition n'a ni règles ni champ de niveau",
            "the adopted tier \"" + tier + "\" has no effect: the edition has neither rules nor a tier field"},
           std::nullopt});
    }
    return false;
  }

  Assignment assignment_of(const QuarterFacts& quarter, const domain::Decision* decision) {
    Assignment assignment{.code = quarter.code};
    const auto before = previous_.find(quarter.code);
    if (input_.conditions != nullptr)
      compute_tier(assignment, quarter, *input_.conditions, before == previous_.end() ? nullptr : before->second);
    if (decision != nullptr)
      assignment.tier_adopted = decision->tier;
    else if (quarter.source_tier && is_usable(quarter.code, *quarter.source_tier))
      assignment.tier_adopted = quarter.source_tier;
    // Missing data gives `undetermined`: also where every other quarter has its tier from the source.
    if (!assignment.tier() && is_ranked()) assignment.tier_computed = domain::undetermined_tier;
    if (input_.conditions != nullptr)
      if (const auto* tier = input_.conditions->rules().tier(*assignment.tier())) assignment.tier_rank = tier->rank;
    return assignment;
  }

  const ClassificationInput& input_;
  PreviousByCode previous_;
  std::vector<std::string> codes_;  // of the edition's quarters
  std::vector<std::string> known_;  // tiers that may be adopted; empty: the edition is unranked
  Classification result_;
};

}  // namespace

Classification classify(const ClassificationInput& input) { return Classifier(input).run(); }

}  // namespace geoprio::analysis
