#include "geo/analysis/alternatives.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "geo/analysis/quarter_axes.hpp"
#include "geo/analysis/thresholds.hpp"
#include "geo/domain/score.hpp"
#include "geo/domain/tier.hpp"

namespace geoprio::analysis {
namespace {

constexpr std::int64_t highest_score = 10'000;  // in hundredths

double score_of(std::int64_t hundredths) { return static_cast<double>(hundredths) / 100; }

/// Rounded down; as far as a double counts in ones, which is further than any score or indicator of a quarter.
std::int64_t whole_below(double value) {
  constexpr double farthest = 9'007'199'254'740'992.0;  // 2^53
  return static_cast<std::int64_t>(std::floor(std::clamp(value, -farthest, farthest)));
}

/// The steps in which an indicator moves: a power of ten.
class Steps {
 public:
  explicit Steps(double reference)
      : exponent_(static_cast<int>(std::floor(std::log10(reference))) - 4), scale_(std::pow(10, std::abs(exponent_))) {}
  /// By division where the step is under 1: the double nearest to the decimal.
  [[nodiscard]] double value(std::int64_t number) const {
    return exponent_ < 0 ? static_cast<double>(number) / scale_ : static_cast<double>(number) * scale_;
  }
  /// The last step not above the value, or the farthest one that there is.
  [[nodiscard]] std::int64_t below(double value) const {
    return whole_below(exponent_ < 0 ? value * scale_ : value / scale_);
  }

 private:
  int exponent_;
  double scale_;
};

/// Whole numbers on both sides of a value, and the value itself where it is one.
void add_around(double value, std::set<std::int64_t>& numbers) {
  const auto floor = whole_below(value);
  // One more on each side: the product that `value` is may lie beside the decimal that is meant.
  for (const auto number : {floor - 1, floor, floor + 1, floor + 2}) numbers.insert(number);
}

class Search {
 public:
  Search(const QuarterFacts& quarter, const Assignment& assignment, const expression::TierConditions& conditions,
         const Assignment* previous)
      : conditions_(conditions),
        previous_(previous),
        axes_(assignment.explanation->axes),
        computed_(assignment.explanation->rule),
        facts_(facts_of(quarter, axes_, previous)) {}

  std::vector<Alternative> run() {
    for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
      if (!axes_[axis].score) continue;
      const auto scores = scores_to_try(axis);
      try_scores(axis, scores.numbers);
      if (scores.plain)
        for (std::size_t indicator = 0; indicator < axes_[axis].indicators.size(); ++indicator)
          try_indicator(axis, indicator, scores.numbers);
    }
    return in_order_of_rules();
  }

 private:
  struct Near {
    Alternative alternative;
    double move = 0;
  };
  using NearestByTier = std::map<std::string, Near>;
  struct ScoresToTry {
    std::set<std::int64_t> numbers;  ///< hundredths
    bool plain = true;
  };

  [[nodiscard]] std::optional<double> previous_score(std::size_t axis) const {
    const auto* before = previous_ == nullptr ? nullptr : previous_->axis(axes_[axis].id);
    return before == nullptr ? std::nullopt : before->score;
  }

  /// Numbers that a variable is compared with, other facts by what they are for this quarter.
  [[nodiscard]] std::vector<double> numbers_beside(const Thresholds& thresholds) const {
    auto numbers = thresholds.numbers;
    for (const auto& name : thresholds.names) {
      const auto* value = facts_.find(name);
      if (const auto* number = value == nullptr ? nullptr : std::get_if<double>(value)) numbers.push_back(*number);
    }
    return numbers;
  }

  [[nodiscard]] ScoresToTry scores_to_try(std::size_t axis) const {
    ScoresToTry scores;
    const auto score = "score_" + axes_[axis].id;
    const auto delta = "delta_" + axes_[axis].id;
    const auto of_score = thresholds_of(conditions_, score);
    const auto of_delta = thresholds_of(conditions_, delta);
    const bool together = std::ranges::find(of_score.names, delta) != of_score.names.end();
    scores.plain = of_score.plain && of_delta.plain && !together;
    if (!scores.plain) {
      for (std::int64_t number = 0; number <= highest_score; ++number) scores.numbers.insert(number);
      return scores;
    }
    for (const double number : numbers_beside(of_score)) add_around(number * 100, scores.numbers);
    if (const auto before = previous_score(axis))
      for (const double number : numbers_beside(of_delta)) add_around((*before + number) * 100, scores.numbers);
    std::erase_if(scores.numbers, [](std::int64_t number) { return number < 0 || number > highest_score; });
    return scores;
  }

  /// The facts with another score on one axis.
  void set_score(std::size_t axis, double score, expression::VariableTable& facts) const {
    facts.set("score_" + axes_[axis].id, score);
    const auto delta = domain::score_delta(score, previous_score(axis));
    facts.set("delta_" + axes_[axis].id, delta ? AttributeValue(*delta) : AttributeValue());
  }

  [[nodiscard]] std::string tier_under(const expression::VariableTable& facts) const {
    const auto match = conditions_.match(facts);
    return match ? conditions_.rules().tiers[match->tier].code : std::string(domain::undetermined_tier);
  }

  void try_scores(std::size_t axis, const std::set<std::int64_t>& scores) {
    NearestByTier nearest;
    auto facts = facts_;
    for (const auto number : scores) {
      set_score(axis, score_of(number), facts);
      keep_nearer({tier_under(facts), Alternative::Kind::score, axes_[axis].id, *axes_[axis].score, score_of(number)},
                  1, nearest);
    }
    for (auto& [tier, near] : nearest) scores_.push_back(std::move(near.alternative));
  }

  /// `unit` makes moves of different indicators comparable.
  void keep_nearer(const Alternative& tried, double unit, NearestByTier& nearest) const {
    if (tried.tier == computed_) return;
    const double move = std::abs(tried.to - tried.from) / unit;
    const auto known = nearest.find(tried.tier);
    if (known == nearest.end() || move < known->second.move) nearest.insert_or_assign(tried.tier, Near{tried, move});
  }

  [[nodiscard]] std::int64_t score_with(std::size_t axis, std::size_t indicator, double value) const {
    const auto& rules = conditions_.rules();
    std::vector<domain::WeightedScore> parts;
    for (const auto& part : axes_[axis].indicators) parts.push_back({part.score, part.rule.weight});
    const auto& rule = axes_[axis].indicators[indicator].rule;
    parts[indicator].score = domain::indicator_score(value, rule.reference, rules.span, rule.direction);
    return std::llround(*domain::axis_score(parts).score * 100);
  }

  /// The values of an indicator beside which something may change: its own thresholds, and where its axis's score
  /// reaches one of `scores`.
  [[nodiscard]] std::set<std::int64_t> steps_to_try(std::size_t axis, std::size_t indicator,
                                                    const std::set<std::int64_t>& scores, const Thresholds& own) const {
    const auto& rule = axes_[axis].indicators[indicator].rule;
    const double value = *axes_[axis].indicators[indicator].value;
    const Steps steps(rule.reference);
    std::set<std::int64_t> tried;
    for (const double number : numbers_beside(own))
      for (std::int64_t beside = -1; beside <= 2; ++beside) tried.insert(steps.below(number) + beside);
    // Beyond these no score changes any more.
    const auto lowest = steps.below(std::min(value, rule.reference / conditions_.rules().span)) - 1;
    const auto highest = steps.below(std::max(value, rule.reference * conditions_.rules().span)) + 2;
    const auto start = score_with(axis, indicator, value);
    for (const int direction : {-1, 1}) {
      const auto from = steps.below(value) + (direction < 0 && steps.value(steps.below(value)) < value ? 1 : 0);
      const auto most = direction < 0 ? from - lowest : highest - from;
      const bool rises = (direction > 0) == (rule.direction == domain::Direction::higher_is_worse);
      for (const auto score : scores) {
        if (rises ? score <= start : score >= start) continue;
        const auto reached = [&](std::int64_t count) {
          const auto now = score_with(axis, indicator, steps.value(from + direction * count));
          return rises ? now >= score : now <= score;
        };
        if (const auto count = first_that_holds(most, reached)) tried.insert(from + direction * *count);
      }
    }
    return tried;
  }

  /// The least count in [1, most] that `holds`, which holds for all greater ones too.
  template <class Holds>
  static std::optional<std::int64_t> first_that_holds(std::int64_t most, Holds holds) {
    if (most < 1 || !holds(most)) return std::nullopt;
    std::int64_t low = 0;
    while (most - low > 1) {
      const auto middle = low + (most - low) / 2;
      (holds(middle) ? most : low) = middle;
    }
    return most;
  }

  void try_indicator(std::size_t axis, std::size_t indicator, const std::set<std::int64_t>& scores) {
    const auto& part = axes_[axis].indicators[indicator];
    if (!part.value) return;
    const auto own = thresholds_of(conditions_, part.rule.id);
    if (!own.plain) return;
    const Steps steps(part.rule.reference);
    auto facts = facts_;
    for (const auto step : steps_to_try(axis, indicator, scores, own)) {
      const double value = steps.value(step);
      facts.set(part.rule.id, value);
      set_score(axis, score_of(score_with(axis, indicator, value)), facts);
      keep_nearer({tier_under(facts), Alternative::Kind::indicator, part.rule.id, *part.value, value},
                  part.rule.reference, indicators_);
    }
  }

  [[nodiscard]] std::vector<Alternative> in_order_of_rules() {
    std::vector<Alternative> ordered;
    const auto take = [&](const std::string& tier) {
      for (auto& score : scores_)
        if (score.tier == tier) ordered.push_back(score);
      if (const auto found = indicators_.find(tier); found != indicators_.end())
        ordered.push_back(found->second.alternative);
    };
    for (const auto& tier : conditions_.rules().tiers) take(tier.code);
    if (conditions_.rules().tier(domain::undetermined_tier) == nullptr) take(std::string(domain::undetermined_tier));
    return ordered;
  }

  const expression::TierConditions& conditions_;
  const Assignment* previous_;
  const std::vector<AxisExplanation>& axes_;
  std::string computed_;
  expression::VariableTable facts_;
  std::vector<Alternative> scores_;
  NearestByTier indicators_;
};

}  // namespace

std::vector<Alternative> alternatives_of(const QuarterFacts& quarter, const Assignment& assignment,
                                         const expression::TierConditions& conditions, const Assignment* previous) {
  if (!assignment.explanation) return {};
  return Search(quarter, assignment, conditions, previous).run();
}

}  // namespace geoprio::analysis
