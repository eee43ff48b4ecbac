#include "tileserver/search/similarity.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace geoprio::search {
namespace {

constexpr std::size_t longest_word = 48;

bool is_number(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
}

std::size_t faults_allowed(std::size_t letters) { return letters < 3 ? 0 : std::min<std::size_t>(letters / 3, 3); }

double weight_of(const Word& word) { return says_little(word.full()) ? 0.2 : 1.0; }

/// The likeness of a word that was asked to the most like of `known`.
double best_likeness(const Word& asked, std::span<const Word> known, bool unfinished) {
  double best = 0;
  for (const auto& word : known) {
    best = std::max(best, likeness(asked.full(), word.full(), unfinished));
    if (unfinished && !asked.spelt_out.empty()) best = std::max(best, likeness(asked.text, word.full(), true));
  }
  return best;
}

std::string written_together(std::span<const Word> words) {
  std::string text;
  for (const auto& word : words) text += word.full();
  return text;
}

/// How much of the question is in the name or in what stands around it.
struct Coverage {
  double asked = 0, name = 0;
  bool touches_name = false;
};

Coverage coverage_of(std::span<const Word> asked, std::span<const Word> name, std::span<const Word> context) {
  Coverage coverage;
  double whole = 0;
  double telling = 0;
  double telling_found = 0;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const bool unfinished = i + 1 == asked.size();
    const double weight = weight_of(asked[i]);
    const double in_name = best_likeness(asked[i], name, unfinished);
    // A commune's own name is a better answer than a street in it.
    const double around = 0.9 * best_likeness(asked[i], context, unfinished);
    coverage.asked += weight * std::max(in_name, around);
    whole += weight;
    if (weight < 1 && !unfinished) continue;
    telling += 1;
    telling_found = std::max(telling_found, in_name);
  }
  coverage.asked /= std::max(whole, 0.01);
  coverage.touches_name = telling == 0 ? coverage.asked > 0.5 : telling_found > 0;
  double letters = 0;
  for (const auto& word : name) {
    double best = 0;
    for (std::size_t i = 0; i < asked.size(); ++i)
      best = std::max(best, best_likeness(asked[i], std::span(&word, 1), i + 1 == asked.size()));
    coverage.name += weight_of(word) * best;
    letters += weight_of(word);
  }
  coverage.name /= std::max(letters, 0.01);
  return coverage;
}

}  // namespace

std::size_t edits_between(std::string_view one, std::string_view other) {
  using Row = std::array<std::size_t, longest_word + 1>;
  one = one.substr(0, longest_word);
  other = other.substr(0, longest_word);
  Row before_last{};
  Row last{};
  Row current{};
  for (std::size_t j = 0; j <= other.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= other.size(); ++j) {
      const std::size_t change = one[i - 1] == other[j - 1] ? 0 : 1;
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
        current[j] = std::min(current[j], before_last[j - 2] + 1);
    }
    before_last = last;
    last = current;
  }
  return last[other.size()];
}

double likeness(std::string_view asked, std::string_view known, bool unfinished) {
  if (asked.empty() || known.empty()) return 0;
  if (asked == known) return 1;
  const double share = static_cast<double>(asked.size()) / static_cast<double>(known.size());
  if (unfinished && known.starts_with(asked)) return 0.8 + 0.2 * share;
  if (is_number(asked) || is_number(known)) return 0;
  const auto allowed = faults_allowed(asked.size());
  const auto per_letter = [&](std::size_t faults, std::size_t letters) {
    return faults > allowed ? 0.0 : 1 - static_cast<double>(faults) / static_cast<double>(letters);
  };
  double best = per_letter(edits_between(asked, known), std::max(asked.size(), known.size()));
  if (unfinished && asked.size() >= 4 && asked.size() < known.size())
    for (const auto length : {asked.size() - 1, asked.size(), asked.size() + 1})
      best = std::max(best, 0.9 * per_letter(edits_between(asked, known.substr(0, length)), asked.size()));
  return best;
}

double confidence_of(std::span<const Word> asked, std::span<const Word> name, std::span<const Word> context) {
  if (asked.empty() || name.empty()) return 0;
  const auto coverage = coverage_of(asked, name, context);
  const double by_words = coverage.touches_name ? coverage.asked * (0.7 + 0.3 * coverage.name) : 0;
  const auto asked_whole = written_together(asked);
  const auto name_whole = written_together(name);
  const bool long_enough = asked_whole.size() >= 6;
  const double as_one = long_enough ? 0.95 * likeness(asked_whole, name_whole, true) : 0;
  return std::max(by_words, as_one);
}

}  // namespace geoprio::search
