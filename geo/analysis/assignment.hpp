// A quarter's classification, with everything needed to explain it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/domain/rules.hpp"

namespace geoprio::analysis {

struct IndicatorExplanation {
  domain::IndicatorRule rule{};   ///< id, label, unit, weight, direction, reference, source, vintage
  std::optional<double> value{};  ///< nothing: missing, or under min_households
  std::optional<double> score{};  ///< unrounded; nothing when the value is
};

struct AxisExplanation {
  std::string id{};
  std::optional<double> score{};  ///< rounded to hundredths
  double coverage = 0;            ///< 0 to 1, not rounded
  std::optional<double> delta{};  ///< since the previous edition; rounded to hundredths
  std::vector<IndicatorExplanation> indicators{};
};

struct Explanation {
  std::string rule{};       ///< the tier whose condition matched; `undetermined` when none did
  std::string condition{};  ///< its text; empty when none matched
  std::vector<AxisExplanation> axes{};
};

struct Assignment {
  std::string code{};                          ///< the quarter's
  std::optional<std::string> tier_computed{};  ///< nothing without rules
  std::optional<std::string> tier_adopted{};   ///< by the latest decision, else by the source's tier field
  std::optional<int> tier_rank{};              ///< of tier(), when the rules give it one
  std::vector<std::string> flags{};            ///< codes, of the computed tier
  std::optional<Explanation> explanation{};    ///< nothing without rules

  /// Adopted if there is one, else computed; nothing in an unranked edition.
  [[nodiscard]] const std::optional<std::string>& tier() const { return tier_adopted ? tier_adopted : tier_computed; }
  /// The axis with that id, or null.
  [[nodiscard]] const AxisExplanation* axis(const std::string& id) const {
    if (explanation)
      for (const auto& candidate : explanation->axes)
        if (candidate.id == id) return &candidate;
    return nullptr;
  }
};

}  // namespace geoprio::analysis
