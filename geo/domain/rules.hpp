// The rules of an edition: weighted indicators on axes, and ordered conditions that give a tier.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/bilingual.hpp"

namespace geoprio::domain {

enum class Direction { higher_is_worse, lower_is_worse };

/// The code that rules files and clients read.
[[nodiscard]] constexpr std::string_view code_of(Direction direction) noexcept {
  return direction == Direction::higher_is_worse ? "higher_is_worse" : "lower_is_worse";
}

/// The direction of a code; nothing for any other text.
[[nodiscard]] constexpr std::optional<Direction> parse_direction(std::string_view code) noexcept {
  if (code == code_of(Direction::higher_is_worse)) return Direction::higher_is_worse;
  if (code == code_of(Direction::lower_is_worse)) return Direction::lower_is_worse;
  return std::nullopt;
}

/// A number per quarter that counts on an axis. Field names are those of rules.toml.
struct IndicatorRule {
  std::string id{};  ///< the column of the indicators table, and a variable of the conditions
  std::string label{};
  std::string unit{};
  double weight = 0;  ///< > 0
  Direction direction = Direction::higher_is_worse;
  double reference = 0;   ///< > 0: scores 0 here, 100 at reference × span (or reference / span)
  std::string source{};   ///< may be empty
  std::string vintage{};  ///< may be empty; text, for "2013" as well as "2011-2013"
  bool operator==(const IndicatorRule&) const = default;
};

struct AxisRule {
  std::string id{};  ///< gives the variables score_<id>, coverage_<id>, delta_<id>
  std::vector<IndicatorRule> indicators{};
  bool operator==(const AxisRule&) const = default;
};

/// A named number that conditions compare with: `high = 50`.
struct Level {
  std::string name{};
  double value = 0;
  bool operator==(const Level&) const = default;
};

/// A remark on a quarter of a tier, raised when its condition is TRUE.
struct FlagRule {
  std::string code{};
  std::string label{};
  std::string when{};  ///< CQL2 text
  bool operator==(const FlagRule&) const = default;
};

struct TierRule {
  std::string code{};
  std::optional<int> rank{};  ///< 1 is the highest priority; never on `outside` and `undetermined`
  std::string short_name{};   ///< `short` in rules.toml; may be empty
  std::string label{};
  std::string label_en{};    ///< empty: as `label`, which is French
  std::string label_falc{};  ///< simple French
  std::string when{};        ///< CQL2 text
  std::vector<FlagRule> flags{};
  std::string fill{};          ///< "#RRGGBB"; empty: not drawn
  std::string pattern{};       ///< solid, diagonal, dots, cross…; empty: none
  std::string outline{};       ///< "#RRGGBB"; empty: none
  std::vector<double> dash{};  ///< empty: a continuous outline
  bool operator==(const TierRule&) const = default;
};

/// The rules as read. That they make sense is said by problem_of; that the conditions can be evaluated, by
/// expression::TierConditions, which keeps a copy of rules without a problem.
struct TierRules {
  std::string label{};
  double span = 2;            ///< > 1
  double min_coverage = 0;    ///< 0 to 1; a variable of the conditions
  double min_households = 0;  ///< under it every indicator of the quarter counts as missing
  std::vector<Level> levels{};
  std::vector<AxisRule> axes{};
  std::vector<TierRule> tiers{};  ///< first match wins
  bool operator==(const TierRules&) const = default;

  /// The tier with that code, or null.
  [[nodiscard]] const TierRule* tier(std::string_view code) const;
};

struct RulesProblem {
  std::string where{};  ///< the place as rules.toml spells it: `axes.social[2].reference`, `tiers[0].code`, `span`
  BilingualText message{};
};

/// The first thing in `rules` that cannot be: a reference or a weight <= 0, a span <= 1, an empty or repeated code, a
/// name that is no variable name or that stands for two things, a rank on `outside`… Nothing when there is none.
/// Conditions are not parsed here.
[[nodiscard]] std::optional<RulesProblem> problem_of(const TierRules& rules);

/// A name that conditions can write without quotes: a letter, `_` or any character past ASCII, then also digits.
[[nodiscard]] bool is_variable_name(std::string_view name) noexcept;

}  // namespace geoprio::domain
