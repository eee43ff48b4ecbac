#include "tileserver/search/words.hpp"

#include "tests/support/catch.hpp"
#include "tileserver/search/similarity.hpp"

using namespace geoprio::search;

namespace {

std::vector<std::string> full_words(std::string_view text) {
  std::vector<std::string> words;
  for (const auto& word : words_of(text)) words.push_back(word.full());
  return words;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("accents, case, hyphens and apostrophes make no difference to a word", "[search]") {
  CHECK(full_words("Saint-Étienne") == Words{"saint", "etienne"});
  CHECK(full_words("SAINT ETIENNE") == Words{"saint", "etienne"});
  CHECK(full_words("L’Horme, l'Étivallière") == Words{"l", "horme", "l", "etivalliere"});
  CHECK(full_words("Cœur  de ville") == Words{"coeur", "de", "ville"});
  CHECK(full_words("Pré\u00a0Chênes") == Words{"pre\u00a0chenes"});
  CHECK(full_words("  -- ").empty());
}

TEST_CASE("usual abbreviations are spelt out", "[search]") {
  CHECK(full_words("av. du Dr Cordonnier") == Words{"avenue", "du", "docteur", "cordonnier"});
  CHECK(full_words("Ste-Barbe") == Words{"sainte", "barbe"});
  CHECK(full_words("st etienne") == Words{"saint", "etienne"});
  CHECK(full_words("bd Gal Leclerc") == Words{"boulevard", "general", "leclerc"});
}

// By hand.
TEST_CASE("faults of typing are counted as insertions, deletions, changes and swaps", "[search]") {
  CHECK(edits_between("tarentaize", "tarentaize") == 0);
  CHECK(edits_between("tarentaise", "tarentaize") == 1);
  CHECK(edits_between("tarentiaze", "tarentaize") == 1);
  CHECK(edits_between("tarentaze", "tarentaize") == 1);
  CHECK(edits_between("", "abc") == 3);
  CHECK(edits_between("kitten", "sitting") == 3);
}

TEST_CASE("a word may have as many faults as it is long, a number and a short word none", "[search]") {
  CHECK(likeness("rok", "roc", false) > 0.6);
  CHECK(likeness("du", "de", false) == 0);
  CHECK(likeness("42000", "42100", false) == 0);
  CHECK(likeness("beaubrun", "montreynaud", false) == 0);
  CHECK(likeness("mont", "montreynaud", true) > 0.8);
  CHECK(likeness("mont", "montreynaud", false) == 0);
  CHECK(likeness("motnrey", "montreynaud", true) > 0.7);
}
