#include "geo/domain/rules.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <utility>

#include "geo/domain/codes.hpp"
#include "geo/domain/tier.hpp"

namespace geoprio::domain {
namespace {

using Problem = std::optional<RulesProblem>;

Problem problem(std::string where, std::string french, std::string english) {
  return RulesProblem{std::move(where), {std::move(french), std::move(english)}};
}

std::string element(const std::string& list, std::size_t index) { return list + "[" + std::to_string(index) + "]"; }

bool is_positive(double number) { return std::isfinite(number) && number > 0; }

Problem problem_of_numbers(const TierRules& rules) {
  if (!std::isfinite(rules.span) || rules.span <= 1)
    return problem("span", "doit être supérieur à 1 : le score atteint 100 à la référence multipliée par span",
                   "must be greater than 1: the score reaches 100 at the reference times span");
  if (!(rules.min_coverage >= 0 && rules.min_coverage <= 1))
    return problem("min_coverage", "doit être une part entre 0 et 1", "must be a share between 0 and 1");
  if (!std::isfinite(rules.min_households) || rules.min_households < 0)
    return problem("min_households", "doit être un nombre de ménages, 0 ou plus",
                   "must be a number of households, 0 or more");
  return std::nullopt;
}

Problem problem_of_indicator(const IndicatorRule& indicator, const std::string& where) {
  if (!is_variable_name(indicator.id))
    return problem(
        where + ".id",
        "« " + indicator.id + " » n'est pas un nom de variable : une lettre ou _, puis des lettres, chiffres ou _",
        "\"" + indicator.id + "\" is no variable name: a letter or _, then letters, digits or _");
  if (!is_positive(indicator.weight))
    return problem(where + ".weight", "le poids doit être supérieur à 0", "the weight must be greater than 0");
  if (!is_positive(indicator.reference))
    return problem(where + ".reference", "la référence doit être supérieure à 0",
                   "the reference must be greater than 0");
  return std::nullopt;
}

Problem problem_of_axis(const AxisRule& axis) {
  const auto where = "axes." + axis.id;
  if (!is_variable_name(axis.id))
    return problem(where, "le nom d'un axe commence par une lettre ou _ et ne contient que lettres, chiffres et _",
                   "an axis's name starts with a letter or _ and holds only letters, digits and _");
  if (axis.indicators.empty())
    return problem(where, "un axe a au moins un indicateur", "an axis has at least one indicator");
  std::set<std::string> ids;
  for (std::size_t index = 0; index < axis.indicators.size(); ++index) {
    const auto place = element(where, index);
    if (auto found = problem_of_indicator(axis.indicators[index], place)) return found;
    if (!ids.insert(axis.indicators[index].id).second)
      return problem(place + ".id", "« " + axis.indicators[index].id + " » figure deux fois sur cet axe",
                     "\"" + axis.indicators[index].id + "\" stands twice on this axis");
  }
  return std::nullopt;
}

Problem problem_of_axes(const TierRules& rules) {
  std::set<std::string> ids;
  for (const auto& axis : rules.axes) {
    if (auto found = problem_of_axis(axis)) return found;
    if (!ids.insert(axis.id).second)
      return problem("axes." + axis.id, "cet axe figure deux fois", "this axis stands twice");
  }
  return std::nullopt;
}

// A condition's variable must mean one thing: an indicator may count on two axes, but may not be called like a level.
Problem problem_of_names(const TierRules& rules) {
  std::set<std::string> taken = {"listed_in_previous_edition", "households", "min_coverage", "min_households"};
  for (const auto& axis : rules.axes)
    for (const auto* prefix : {"score_", "coverage_", "delta_"}) taken.insert(prefix + axis.id);
  const auto twice = [](std::string where, const std::string& name) {
    return problem(std::move(where), "« " + name + " » désigne déjà une autre variable des conditions",
                   "\"" + name + "\" already stands for another variable of the conditions");
  };
  for (const auto& level : rules.levels) {
    const auto where = "levels." + level.name;
    if (!is_variable_name(level.name))
      return problem(where, "le nom d'un seuil commence par une lettre ou _ et ne contient que lettres, chiffres et _",
                     "a level's name starts with a letter or _ and holds only letters, digits and _");
    if (!std::isfinite(level.value)) return problem(where, "un seuil est un nombre fini", "a level is a finite number");
    if (!taken.insert(level.name).second) return twice(where, level.name);
  }
  for (const auto& axis : rules.axes)
    for (std::size_t index = 0; index < axis.indicators.size(); ++index)
      if (taken.contains(axis.indicators[index].id))
        return twice(element("axes." + axis.id, index) + ".id", axis.indicators[index].id);
  return std::nullopt;
}

bool is_colour(const std::string& text) {
  return text.size() == 7 && text[0] == '#' && text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
}

Problem problem_of_drawing(const TierRule& tier, const std::string& where) {
  for (const auto& [name, colour] : {std::pair(".fill", &tier.fill), std::pair(".outline", &tier.outline)})
    if (!colour->empty() && !is_colour(*colour))
      return problem(where + name, "« " + *colour + " » n'est pas une couleur : écrire #RRVVBB en hexadécimal",
                     "\"" + *colour + "\" is no colour: write #RRGGBB in hexadecimal");
  for (const double length : tier.dash)
    if (!is_positive(length))
      return problem(where + ".dash", "les longueurs d'un tireté sont supérieures à 0",
                     "the lengths of a dash are greater than 0");
  return std::nullopt;
}

Problem problem_of_flags(const TierRule& tier, const std::string& where) {
  std::set<std::string> codes;
  for (std::size_t index = 0; index < tier.flags.size(); ++index) {
    const auto place = element(where + ".flags", index) + ".code";
    const auto& code = tier.flags[index].code;
    if (code.empty()) return problem(place, "un signalement a un code", "a flag has a code");
    if (!codes.insert(code).second)
      return problem(place, "le signalement « " + code + " » figure deux fois dans ce niveau",
                     "the flag \"" + code + "\" stands twice in this tier");
  }
  return std::nullopt;
}

Problem problem_of_tier(const TierRule& tier, const std::string& where) {
  // The code stands in layer names: 2014.band_{tier}_300m.
  if (!is_layer_identifier(tier.code))
    return problem(where + ".code",
                   "« " + tier.code + " » n'est pas un code de niveau : 1 à 63 lettres sans accent, chiffres, _ ou -",
                   "\"" + tier.code + "\" is no tier code: 1 to 63 unaccented letters, digits, _ or -");
  if (tier.rank && (tier.code == outside_tier || tier.code == undetermined_tier))
    return problem(where + ".rank", "le niveau « " + tier.code + " » n'a pas de rang : le retirer",
                   "the tier \"" + tier.code + "\" has no rank: remove it");
  if (tier.rank && *tier.rank < 1) return problem(where + ".rank", "un rang est 1 ou plus", "a rank is 1 or more");
  if (auto found = problem_of_flags(tier, where)) return found;
  return problem_of_drawing(tier, where);
}

Problem problem_of_tiers(const TierRules& rules) {
  if (rules.tiers.empty()) return problem("tiers", "il faut au moins un niveau", "at least one tier is needed");
  std::set<std::string> codes;
  std::set<int> ranks;
  for (std::size_t index = 0; index < rules.tiers.size(); ++index) {
    const auto& tier = rules.tiers[index];
    const auto where = element("tiers", index);
    if (auto found = problem_of_tier(tier, where)) return found;
    if (!codes.insert(tier.code).second)
      return problem(where + ".code", "le niveau « " + tier.code + " » figure deux fois",
                     "the tier \"" + tier.code + "\" stands twice");
    if (tier.rank && !ranks.insert(*tier.rank).second)
      return problem(where + ".rank", "un autre niveau a déjà le rang " + std::to_string(*tier.rank),
                     "another tier already has rank " + std::to_string(*tier.rank));
  }
  return std::nullopt;
}

bool is_name_start(char letter) {
  return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') || letter == '_' ||
         static_cast<unsigned char>(letter) >= 0x80;
}

}  // namespace

const TierRule* TierRules::tier(std::string_view code) const {
  const auto found = std::find_if(tiers.begin(), tiers.end(), [&](const auto& tier) { return tier.code == code; });
  return found == tiers.end() ? nullptr : &*found;
}

std::optional<RulesProblem> problem_of(const TierRules& rules) {
  if (auto found = problem_of_numbers(rules)) return found;
  if (auto found = problem_of_axes(rules)) return found;
  if (auto found = problem_of_names(rules)) return found;
  return problem_of_tiers(rules);
}

bool is_variable_name(std::string_view name) noexcept {
  if (name.empty() || !is_name_start(name.front()) || !is_utf8(name)) return false;
  return std::all_of(name.begin(), name.end(),
                     [](char letter) { return is_name_start(letter) || (letter >= '0' && letter <= '9'); });
}

}  // namespace geoprio::domain
