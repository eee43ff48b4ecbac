#include "geo/analysis/rule_check.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "geo/analysis/thresholds.hpp"

namespace geoprio::analysis {
namespace {

constexpr std::size_t most_combinations = 50'000;

/// Values of a fact that no condition tells apart, and one of them to try.
struct Cell {
  AttributeValue value;      ///< monostate: missing
  double low = 0, high = 0;  ///< of numbers: the ends
};

struct Fact {
  enum class Kind { score, coverage, delta, other };
  std::string name, axis;
  Kind kind = Kind::other;
  std::vector<Cell> cells;
};

Fact::Kind kind_of(std::string_view name, std::string& axis, const domain::TierRules& rules) {
  for (const auto& one : rules.axes)
    for (const auto& [prefix, kind] :
         {std::pair{"score_", Fact::Kind::score}, std::pair{"coverage_", Fact::Kind::coverage},
          std::pair{"delta_", Fact::Kind::delta}})
      if (name == prefix + one.id) {
        axis = one.id;
        return kind;
      }
  return Fact::Kind::other;
}

/// A whole number where a decimal of two digits is meant: 0.29 times 100 is under 29.
double in_hundredths(double number) {
  const double whole = std::round(number * 100);
  return std::abs(number * 100 - whole) < 1e-7 ? whole : number * 100;
}

/// The thresholds in the range, and the stretches between them. Scores and changes have hundredths: a stretch without
/// one is none.
std::vector<Cell> number_cells(const std::vector<double>& thresholds, double low, double high, bool hundredths) {
  std::vector<Cell> cells;
  const auto add_stretch = [&](double from, bool with_from, double to, bool with_to) {
    if (hundredths) {
      const double first = with_from ? std::ceil(in_hundredths(from)) : std::floor(in_hundredths(from)) + 1;
      const double last = with_to ? std::floor(in_hundredths(to)) : std::ceil(in_hundredths(to)) - 1;
      if (first <= last) cells.push_back({std::floor((first + last) / 2) / 100, first / 100, last / 100});
    } else if (from < to) {
      cells.push_back({(from + to) / 2, from, to});
    }
  };
  double last = low;
  bool with_last = true;
  for (const double threshold : thresholds) {
    if (threshold < low || threshold > high) continue;
    add_stretch(last, with_last, threshold, false);
    if (!hundredths || in_hundredths(threshold) == std::round(threshold * 100))
      cells.push_back({threshold, threshold, threshold});
    last = threshold;
    with_last = false;
  }
  add_stretch(last, with_last, high, true);
  return cells;
}

std::optional<Fact> fact_named(const std::string& name, const expression::TierConditions& conditions) {
  Fact fact{.name = name, .axis = {}, .kind = Fact::Kind::other, .cells = {}};
  fact.kind = kind_of(name, fact.axis, conditions.rules());
  if (name == "listed_in_previous_edition") {
    fact.cells = {{true, 0, 0}, {false, 0, 0}};
    return fact;
  }
  auto thresholds = thresholds_of(conditions, name);
  if (!thresholds.plain || !thresholds.names.empty()) return std::nullopt;
  switch (fact.kind) {
    case Fact::Kind::score:
      fact.cells = number_cells(thresholds.numbers, 0, 100, true);
      break;
    case Fact::Kind::delta:
      fact.cells = number_cells(thresholds.numbers, -100, 100, true);
      break;
    case Fact::Kind::coverage:
      // No coverage is no score: a case of its own.
      fact.cells = number_cells(thresholds.numbers, 0, 1, false);
      if (fact.cells.empty() || fact.cells.front().low != fact.cells.front().high)
        fact.cells.insert(fact.cells.begin(), Cell{0.0, 0, 0});
      return fact;
    case Fact::Kind::other:
      fact.cells = number_cells(thresholds.numbers, name == "households" ? 0 : -1e12, 1e12, false);
      break;
  }
  fact.cells.push_back({AttributeValue(), 0, 0});
  return fact;
}

bool is_missing(const Cell& cell) { return std::holds_alternative<std::monostate>(cell.value); }

/// One cell of each fact.
class Combination {
 public:
  explicit Combination(const std::vector<Fact>& facts) : facts_(facts), chosen_(facts.size(), 0) {}

  /// Whether there is another.
  bool advance() {
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      if (++chosen_[i] < facts_[i].cells.size()) return true;
      chosen_[i] = 0;
    }
    return false;
  }
  [[nodiscard]] const Cell& cell(std::size_t fact) const { return facts_[fact].cells[chosen_[fact]]; }

  [[nodiscard]] bool can_occur() const {
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      if (facts_[i].kind == Fact::Kind::delta && !delta_can_occur(i)) return false;
      if (facts_[i].kind != Fact::Kind::score) continue;
      const auto coverage = place_of(Fact::Kind::coverage, facts_[i].axis);
      if (coverage && is_missing(cell(i)) != (cell(*coverage).high <= 0)) return false;
    }
    return true;
  }
  /// Scores that are known, with as much coverage as the rules ask for.
  [[nodiscard]] bool is_known(double min_coverage) const {
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      if (facts_[i].kind == Fact::Kind::score && is_missing(cell(i))) return false;
      if (facts_[i].kind == Fact::Kind::coverage && std::get<double>(cell(i).value) < min_coverage) return false;
    }
    return true;
  }
  [[nodiscard]] expression::VariableTable table() const {
    expression::VariableTable table;
    for (std::size_t i = 0; i < facts_.size(); ++i) table.set(facts_[i].name, cell(i).value);
    return table;
  }
  [[nodiscard]] BilingualText text() const {
    BilingualText text;
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      const auto add = [&](const std::string& french, const std::string& english) {
        text.french += (text.french.empty() ? "" : ", ") + facts_[i].name + " = " + french;
        text.english += (text.english.empty() ? "" : ", ") + facts_[i].name + " = " + english;
      };
      char number[32] = "";
      if (const auto* real = std::get_if<double>(&cell(i).value)) std::snprintf(number, sizeof number, "%.6g", *real);
      if (is_missing(cell(i)))
        add("absent", "missing");
      else if (const auto* flag = std::get_if<bool>(&cell(i).value))
        add(*flag ? "TRUE" : "FALSE", *flag ? "TRUE" : "FALSE");
      else
        add(number, number);
    }
    return text;
  }

 private:
  [[nodiscard]] std::optional<std::size_t> place_of(Fact::Kind kind, const std::string& axis) const {
    for (std::size_t i = 0; i < facts_.size(); ++i)
      if (facts_[i].kind == kind && facts_[i].axis == axis) return i;
    return std::nullopt;
  }
  /// A change is from a score between 0 and 100 to this edition's.
  [[nodiscard]] bool delta_can_occur(std::size_t delta) const {
    if (is_missing(cell(delta))) return true;
    const auto coverage = place_of(Fact::Kind::coverage, facts_[delta].axis);
    if (coverage && cell(*coverage).high <= 0) return false;
    const auto score = place_of(Fact::Kind::score, facts_[delta].axis);
    if (!score) return true;
    return !is_missing(cell(*score)) && cell(delta).low <= cell(*score).high &&
           cell(delta).high >= cell(*score).low - 100;
  }

  const std::vector<Fact>& facts_;
  std::vector<std::size_t> chosen_;
};

BilingualText not_examined(const std::string& why_french, const std::string& why_english) {
  return {"les règles n'ont pas été examinées (niveaux impossibles, cas sans niveau) : " + why_french + ".",
          "the rules were not examined (tiers that never match, cases without a tier): " + why_english + "."};
}

/// What was seen of each tier over all combinations.
struct Seen {
  std::vector<bool> held, matched;
  std::optional<BilingualText> gap;
};

Seen seen_over(const std::vector<Fact>& facts, const expression::TierConditions& conditions) {
  const auto tiers = conditions.rules().tiers.size();
  Seen seen{std::vector<bool>(tiers, false), std::vector<bool>(tiers, false), std::nullopt};
  Combination combination(facts);
  do {
    if (!combination.can_occur()) continue;
    const auto table = combination.table();
    bool matched = false;
    for (std::size_t tier = 0; tier < tiers; ++tier) {
      // What has held and matched before need not be asked for once a tier has matched here.
      if (matched && seen.held[tier]) continue;
      if (!conditions.holds(tier, table)) continue;
      seen.held[tier] = true;
      if (!std::exchange(matched, true)) seen.matched[tier] = true;
    }
    if (!matched && !seen.gap && combination.is_known(conditions.rules().min_coverage)) seen.gap = combination.text();
  } while (combination.advance());
  return seen;
}

}  // namespace

std::vector<BilingualText> rule_warnings(const expression::TierConditions& conditions) {
  std::vector<Fact> facts;
  std::size_t combinations = 1;
  for (const auto& name : facts_named(conditions)) {
    auto fact = fact_named(name, conditions);
    if (!fact)
      return {not_examined("une condition fait plus que comparer « " + name + " » à un nombre",
                           "a condition does more than compare “" + name + "” with a number")};
    combinations *= fact->cells.size();
    if (combinations > most_combinations)
      return {not_examined("leurs seuils font plus de 50 000 combinaisons",
                           "their thresholds make more than 50,000 combinations")};
    facts.push_back(*std::move(fact));
  }
  const auto seen = seen_over(facts, conditions);
  std::vector<BilingualText> warnings;
  for (std::size_t tier = 0; tier < seen.matched.size(); ++tier) {
    if (seen.matched[tier]) continue;
    const auto& code = conditions.rules().tiers[tier].code;
    if (seen.held[tier])
      warnings.push_back(
          {"le niveau « " + code + " » n'est jamais atteint : un niveau placé avant lui l'emporte toujours.",
           "the tier “" + code + "” is never reached: a tier before it always matches first."});
    else
      warnings.push_back({"le niveau « " + code + " » n'est jamais atteint : sa condition n'est jamais vraie.",
                          "the tier “" + code + "” is never reached: its condition is never true."});
  }
  if (seen.gap)
    warnings.push_back({"aucun niveau ne convient à un quartier dont les scores sont connus : " + seen.gap->french +
                            ". Il serait « undetermined » ; ajoutez un dernier niveau, when = \"TRUE\".",
                        "no tier matches a quarter whose scores are known: " + seen.gap->english +
                            ". It would be “undetermined”; add a last tier, when = \"TRUE\"."});
  return warnings;
}

}  // namespace geoprio::analysis
