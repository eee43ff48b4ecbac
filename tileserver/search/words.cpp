#include "tileserver/search/words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "geo/expression/text_matching.hpp"

namespace geoprio::search {
namespace {

using Abbreviation = std::pair<std::string_view, std::string_view>;

// Of the postal norm AFNOR XP Z10-011 and of street signs; sorted.
constexpr std::array<Abbreviation, 28> abbreviations = {
    {{"all", "allee"},       {"av", "avenue"},      {"ave", "avenue"},  {"bd", "boulevard"},  {"bld", "boulevard"},
     {"blvd", "boulevard"},  {"cdt", "commandant"}, {"ch", "chemin"},   {"che", "chemin"},    {"crs", "cours"},
     {"dr", "docteur"},      {"fbg", "faubourg"},   {"fg", "faubourg"}, {"gal", "general"},   {"imp", "impasse"},
     {"lot", "lotissement"}, {"mal", "marechal"},   {"mte", "montee"},  {"pl", "place"},      {"pr", "professeur"},
     {"pres", "president"},  {"qu", "quai"},        {"r", "rue"},       {"res", "residence"}, {"rte", "route"},
     {"sq", "square"},       {"st", "saint"},       {"ste", "sainte"}}};

constexpr std::array<std::string_view, 30> common_words = {
    "a",      "allee",   "au",    "aux",  "avenue",   "boulevard", "chemin", "cours",  "cite", "d",
    "de",     "des",     "du",    "en",   "et",       "impasse",   "l",      "la",     "le",   "les",
    "montee", "passage", "place", "quai", "quartier", "route",     "rue",    "square", "sur",  "zac"};

std::string spelt_out(std::string_view word) {
  const auto* found =
      std::lower_bound(abbreviations.begin(), abbreviations.end(), word,
                       [](const Abbreviation& one, std::string_view other) { return one.first < other; });
  return found != abbreviations.end() && found->first == word ? std::string(found->second) : std::string();
}

/// Small letters without accents; ligatures become two letters.
std::string bare(std::string_view text) {
  auto folded = expression::accents_removed(expression::case_folded(text));
  for (const auto& [ligature, letters] : {std::pair{"œ", "oe"}, {"æ", "ae"}})
    for (auto place = folded.find(ligature); place != std::string::npos; place = folded.find(ligature, place))
      folded.replace(place, 2, letters);
  return folded;
}

/// Typographic apostrophes and the like are three bytes that begin with E2.
bool parts_words(std::string_view text, std::size_t place) {
  const char letter = text[place];
  if (static_cast<unsigned char>(letter) >= 0x80) return text.substr(place).starts_with("\xE2\x80");
  return !(letter >= 'a' && letter <= 'z') && !(letter >= '0' && letter <= '9');
}

}  // namespace

std::vector<Word> words_of(std::string_view text) {
  const auto folded = bare(text);
  std::vector<Word> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back({word, spelt_out(word)});
    word.clear();
  };
  for (std::size_t place = 0; place < folded.size(); ++place) {
    if (!parts_words(folded, place)) {
      word += folded[place];
      continue;
    }
    end_word();
    if (static_cast<unsigned char>(folded[place]) >= 0x80) place += 2;
  }
  end_word();
  return words;
}

bool says_little(std::string_view word) {
  return std::find(common_words.begin(), common_words.end(), word) != common_words.end();
}

std::vector<std::string> grams_of(std::string_view word) {
  std::vector<std::string> grams;
  const auto padded = "_" + std::string(word) + "_";
  grams.push_back(padded.substr(0, 2));
  for (std::size_t place = 0; place + 3 <= padded.size(); ++place) grams.push_back(padded.substr(place, 3));
  return grams;
}

}  // namespace geoprio::search
