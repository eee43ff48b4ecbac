// How well a question fits a name, faults of typing allowed.
#pragma once

#include <span>
#include <string_view>

#include "tileserver/search/words.hpp"

namespace geoprio::search {

/// Insertions, deletions, substitutions and swaps of neighbours that make one word of the other (optimal string
/// alignment, by bytes); words longer than 48 bytes are cut there.
[[nodiscard]] std::size_t edits_between(std::string_view one, std::string_view other);

/// 1 for the same word, less for each fault, 0 for another word: words of three letters may have one fault, of six two,
/// of nine three; shorter words and numbers none. `unfinished`: the word may go on, as the last one does that is being
/// typed.
[[nodiscard]] double likeness(std::string_view asked, std::string_view known, bool unfinished);

/// From 0 to 1. Every word that is asked should be in the name or in its context (a commune, a postal code), and most
/// of the name should be asked; one word of the name must be. Words that say little count little. Two words written as
/// one, and one as two, are the same name.
[[nodiscard]] double confidence_of(std::span<const Word> asked, std::span<const Word> name,
                                   std::span<const Word> context);

}  // namespace geoprio::search
