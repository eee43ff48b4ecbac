#include "tileserver/search/search_index.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include "tileserver/search/similarity.hpp"
#include "tileserver/search/sqlite.hpp"
#include "tileserver/search/words.hpp"

namespace geoprio::search {
namespace {

constexpr double least_confidence = 0.45;

/// `12`, `12 bis`, `12b` before the name of a street.
struct NumberAsked {
  std::uint32_t number = 0;
  std::string suffix;
};

struct Question {
  std::vector<Word> words;  ///< without the number
  std::optional<NumberAsked> number;
  std::string needed;  ///< a word that the street's name must have; empty: none
};

bool is_suffix(std::string_view word) {
  return word == "bis" || word == "ter" || word == "quater" || word == "quinquies" || word.size() == 1;
}

/// The number at the beginning, when a street's name can follow it.
std::optional<Question> with_number(const std::vector<Word>& words) {
  if (words.size() < 2) return std::nullopt;
  const auto& first = words.front().text;
  NumberAsked asked;
  const auto [end, fault] = std::from_chars(first.data(), first.data() + first.size(), asked.number);
  if (fault != std::errc() || asked.number > 9999) return std::nullopt;
  asked.suffix.assign(end, first.data() + first.size());
  if (!asked.suffix.empty() && !is_suffix(asked.suffix)) return std::nullopt;
  std::size_t used = 1;
  // `12 b rue…`, but `12 r…` for rue and `12 a…`, `12 d…`, `12 l…` before a name.
  const bool may_be_article = words[1].text == "a" || words[1].text == "d" || words[1].text == "l";
  if (asked.suffix.empty() && words.size() > 2 && is_suffix(words[1].text) && words[1].spelt_out.empty() &&
      !may_be_article) {
    asked.suffix = words[1].text;
    used = 2;
  }
  return Question{{words.begin() + static_cast<std::ptrdiff_t>(used), words.end()}, asked, {}};
}

/// The grams of words, as FTS5 reads them: any of them will do.
std::string match_of(const std::vector<Word>& words) {
  const bool only_common =
      std::all_of(words.begin(), words.end(), [](const Word& word) { return says_little(word.full()); });
  std::string match;
  const auto add = [&](std::string_view text, bool unfinished) {
    auto grams = grams_of(text);
    if (unfinished && grams.size() > 1) grams.pop_back();  // that the word ends here is not known
    for (const auto& gram : grams) match += (match.empty() ? "\"" : " OR \"") + gram + "\"";
  };
  for (const auto& word : words) {
    const bool unfinished = &word == &words.back();
    if (says_little(word.full()) && !only_common && !unfinished) continue;
    add(word.full(), unfinished);
    if (unfinished && !word.spelt_out.empty()) add(word.text, true);
  }
  return match;
}

std::string label_of(const std::string& name, const std::string& context) {
  return context.empty() ? name : name + ", " + context;
}

bool has_word(const std::string& name, const std::string& wanted) {
  const auto words = words_of(name);
  return std::any_of(words.begin(), words.end(), [&](const Word& word) { return word.text == wanted; });
}

class Asking {
 public:
  Asking(sqlite3* connection, std::size_t limit) : connection_(connection), limit_(limit) {}

  void ask_places(const std::vector<Word>& words) {
    for_each_candidate("place_grams", words, [&](const Statement& row, double confidence) {
      const auto place = LonLat::make(row.real(5), row.real(6));
      if (place)
        found_.push_back(
            {static_cast<Kind>(row.integer(1)), row.text(2), label_of(row.text(3), row.text(4)), *place, confidence});
    });
  }

  void ask_streets(const Question& question) {
    struct Street {
      std::int64_t id = 0;
      std::string name, context;
      double confidence = 0;
    };
    std::vector<Street> streets;
    for_each_candidate("street_grams", question.words, [&](const Statement& row, double confidence) {
      if (!question.needed.empty() && !has_word(row.text(3), question.needed)) return;
      streets.push_back({row.integer(0), row.text(3), row.text(4), confidence});
    });
    std::stable_sort(streets.begin(), streets.end(),
                     [](const Street& a, const Street& b) { return a.confidence > b.confidence; });
    streets.resize(std::min(streets.size(), limit_));
    for (const auto& street : streets)
      add_houses(street.id, street.name, street.context, street.confidence, question.number);
  }

  [[nodiscard]] std::vector<Found> best() && {
    std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
      if (a.confidence != b.confidence) return a.confidence > b.confidence;
      return a.kind < b.kind;
    });
    std::vector<Found> kept;
    for (auto& found : found_) {
      const bool there = std::any_of(kept.begin(), kept.end(), [&](const Found& other) {
        return other.kind == found.kind && other.code == found.code && other.label == found.label;
      });
      if (!there && kept.size() < limit_) kept.push_back(std::move(found));
    }
    return kept;
  }

 private:
  template <class Take>
  void for_each_candidate(const std::string& table, const std::vector<Word>& words, Take take) {
    const auto match = match_of(words);
    if (match.empty()) return;
    Statement candidates(connection_, "SELECT name.* FROM (SELECT rowid FROM " + table + " WHERE " + table +
                                          " MATCH ? ORDER BY rank, rowid LIMIT 400) AS near "
                                          "JOIN name ON name.id = near.rowid");
    candidates.bind(std::string_view(match));
    while (candidates.step()) {
      const auto name = words_of(candidates.text(3));
      const auto context = words_of(candidates.text(4));
      const double confidence = confidence_of(words, name, context);
      if (confidence >= least_confidence) take(candidates, confidence);
    }
  }

  void add_houses(std::int64_t street, const std::string& name, const std::string& context, double confidence,
                  const std::optional<NumberAsked>& asked) {
    // Without a number asked all are as near to number 0 as they are far along the street.
    Statement houses(connection_,
                     "SELECT number, suffix, code, lon, lat FROM house WHERE street = ? "
                     "ORDER BY abs(number - ?), suffix <> ?, number, suffix LIMIT ?");
    const auto number = asked ? std::int64_t{asked->number} : 0;
    const std::string suffix = asked ? asked->suffix : std::string();
    houses.bind(street).bind(number).bind(std::string_view(suffix)).bind(static_cast<std::int64_t>(limit_));
    std::size_t others = 0;
    while (houses.step()) {
      const auto place = LonLat::make(houses.real(3), houses.real(4));
      if (!place) continue;
      const bool same_number = asked && houses.integer(0) == number;
      const bool same = same_number && houses.text(1) == suffix;
      if (asked && !same_number && ++others > 2) break;
      const double sure = !asked ? 0.9 : same ? 1 : same_number ? 0.9 : 0.6;
      const auto label = std::to_string(houses.integer(0)) + (houses.text(1).empty() ? "" : " " + houses.text(1)) +
                         " " + label_of(name, context);
      if (confidence * sure >= least_confidence)
        found_.push_back({Kind::address, houses.text(2), label, *place, confidence * sure});
    }
  }

  sqlite3* connection_;
  std::size_t limit_;
  std::vector<Found> found_;
};

}  // namespace

std::vector<Found> SearchIndex::search(std::string_view text, std::size_t limit) const {
  const auto words = words_of(text);
  if (bytes_.empty() || words.empty() || limit == 0) return {};
  const auto connection = opened_over(bytes_.all());
  Asking asking(connection.get(), limit);
  asking.ask_places(words);
  // `8 rue…` begins with a number, `8 mai` may be a part of the name: both are asked.
  const auto numbered = with_number(words);
  asking.ask_streets({words, std::nullopt, numbered ? words.front().text : std::string()});
  if (numbered) asking.ask_streets(*numbered);
  return std::move(asking).best();
}

}  // namespace geoprio::search
