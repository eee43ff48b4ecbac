// The conditions of a set of rules, parsed and checked: what loading refuses and classification evaluates.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "geo/core/bilingual.hpp"
#include "geo/core/result.hpp"
#include "geo/domain/rules.hpp"
#include "geo/expression/expression.hpp"

namespace geoprio::expression {

/// Why rules cannot be used. `tier` is empty when the problem is not in a tier's condition (see `message` then).
struct ConditionProblem {
  std::string tier{};        ///< the tier's code
  std::string flag{};        ///< the flag's code, when the condition is a flag's
  std::string condition{};   ///< the text of `when`
  std::size_t position = 0;  ///< the byte of `condition` where it went wrong
  BilingualText message{};
  std::optional<std::string> suggestion{};  ///< the variable that was most likely meant
};

/// The tier whose condition is the first that is TRUE, and its flags whose condition is TRUE, in the rules' order.
struct TierMatch {
  std::size_t tier = 0;              ///< number in TierRules::tiers
  std::vector<std::size_t> flags{};  ///< numbers in TierRule::flags
};

/// Rules without a problem. Immutable: any thread may use it at any time.
class TierConditions {
 public:
  /// The first problem: what domain::problem_of finds, a condition that is no CQL2 text, names an unknown variable, or
  /// compares what cannot be compared.
  static Result<TierConditions, ConditionProblem> make(const domain::TierRules& rules);

  [[nodiscard]] const domain::TierRules& rules() const noexcept { return rules_; }

  /// The condition of a tier, by its number in the rules.
  [[nodiscard]] const Expression& condition(std::size_t tier) const noexcept { return tiers_[tier].when; }
  /// Whether that tier's own condition is TRUE, whatever the tiers before it.
  [[nodiscard]] bool holds(std::size_t tier, const Variables& facts) const;

  /// The first tier that matches, or nothing when no condition is TRUE. The levels, min_coverage and min_households are
  /// known here; `facts` holds the rest.
  [[nodiscard]] std::optional<TierMatch> match(const Variables& facts) const;

 private:
  struct ParsedTier {
    Expression when;
    std::vector<Expression> flags{};
  };
  TierConditions(domain::TierRules rules, std::vector<ParsedTier> tiers)
      : rules_(std::move(rules)), tiers_(std::move(tiers)) {}

  domain::TierRules rules_;
  std::vector<ParsedTier> tiers_;  // one per tier of rules_
};

/// The variables that conditions of `rules` may name, with their types: score_<axis>, coverage_<axis>, delta_<axis>,
/// every indicator's id, listed_in_previous_edition, households, the levels, min_coverage, min_households.
[[nodiscard]] VariableTypes condition_variables(const domain::TierRules& rules);

}  // namespace geoprio::expression
