// What CASEI, ACCENTI and LIKE do to text, character by character of UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace geoprio::expression {

/// `text` in small letters: Latin up to U+017F and Latin Extended Additional, unaccented Greek, Cyrillic; ß as ss
/// (Unicode case folding there; other scripts are left as they are).
[[nodiscard]] std::string case_folded(std::string_view text);

/// `text` with the accented Latin letters of U+00C0 to U+017F as their base letter, and combining marks (U+0300 to
/// U+036F) dropped. Ligatures (œ, æ) and letters with a stroke (ø, ł) are letters of their own and stay.
[[nodiscard]] std::string accents_removed(std::string_view text);

/// Whether the whole of `text` is as `pattern` says: `%` any characters, `_` one character, `\` takes what follows as
/// it is.
[[nodiscard]] bool is_like(std::string_view text, std::string_view pattern);

}  // namespace geoprio::expression
