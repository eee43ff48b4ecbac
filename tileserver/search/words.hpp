// Names as people type them: without accents, case, hyphens and apostrophes, and with the usual abbreviations spelt
// out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace geoprio::search {

/// One word, in small letters without accents.
struct Word {
  std::string text;
  /// `av` for avenue, `st` for saint; empty when the word is none. Only the last word of a question may mean both.
  std::string spelt_out;

  /// The word spelt out where it is an abbreviation.
  [[nodiscard]] const std::string& full() const { return spelt_out.empty() ? text : spelt_out; }
  bool operator==(const Word&) const = default;
};

/// The words of a text; œ is oe, and everything but letters and digits parts two words.
[[nodiscard]] std::vector<Word> words_of(std::string_view text);

/// Articles and kinds of streets: nearly every name has one, so that they tell little.
[[nodiscard]] bool says_little(std::string_view word);

/// What a word is looked up by: its first letter, its first two, and every three in a row of it and the gap behind it:
/// `_c _cr cre ret et_`. Two spellings of a word share most of them wherever the fault is.
[[nodiscard]] std::vector<std::string> grams_of(std::string_view word);

}  // namespace geoprio::search
