#include "geo/expression/text_matching.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace geoprio::expression {
namespace {

// The character at the front and its bytes. Text in features is not always UTF-8: a stray byte is a character of its
// own, told from every real one by a value past Unicode, and written back as it was.
struct Character {
  char32_t code = 0;
  std::size_t length = 1;
};
constexpr char32_t stray_byte = 0x110000;

Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const char32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {stray_byte + first, 1};
  char32_t code = first & (0xFFU >> (length + 1));
  for (std::size_t index = 1; index < length; ++index) {
    if ((byte(index) & 0xC0U) != 0x80U) return {stray_byte + first, 1};
    code = (code << 6U) | (byte(index) & 0x3FU);
  }
  return {code, length};
}

void append(std::string& text, char32_t code) {
  const auto put = [&](char32_t value) { text += static_cast<char>(static_cast<unsigned char>(value)); };
  if (code >= stray_byte) return put(code - stray_byte);
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0U | (code >> 6U));
  } else if (code < 0x10000) {
    put(0xE0U | (code >> 12U));
    put(0x80U | ((code >> 6U) & 0x3FU));
  } else {
    put(0xF0U | (code >> 18U));
    put(0x80U | ((code >> 12U) & 0x3FU));
    put(0x80U | ((code >> 6U) & 0x3FU));
  }
  put(0x80U | (code & 0x3FU));
}

bool within(char32_t code, char32_t first, char32_t last) { return code >= first && code <= last; }

// Capitals and small letters alternate in these blocks; which of the two comes first depends on the block.
bool is_even_capital(char32_t code) {
  return within(code, 0x0100, 0x012E) || within(code, 0x0132, 0x0136) || within(code, 0x014A, 0x0176) ||
         within(code, 0x0460, 0x0480) || within(code, 0x048A, 0x04BE) || within(code, 0x04D0, 0x04FE) ||
         within(code, 0x01DE, 0x01EE) || within(code, 0x01F8, 0x021E) || within(code, 0x0222, 0x0232) ||
         within(code, 0x1E00, 0x1E94) || within(code, 0x1EA0, 0x1EFE);
}
bool is_odd_capital(char32_t code) {
  return within(code, 0x0139, 0x0147) || within(code, 0x0179, 0x017D) || within(code, 0x01CD, 0x01DB) ||
         within(code, 0x04C1, 0x04CD);
}

char32_t small_letter(char32_t code) {
  if (within(code, 'A', 'Z')) return code + 32;
  if (within(code, 0x00C0, 0x00DE) && code != 0x00D7) return code + 32;
  if (code == 0x0178) return 0x00FF;
  if (within(code, 0x0391, 0x03A9) && code != 0x03A2) return code + 32;
  if (within(code, 0x0410, 0x042F)) return code + 32;
  if (within(code, 0x0400, 0x040F)) return code + 80;
  if ((is_even_capital(code) && code % 2 == 0) || (is_odd_capital(code) && code % 2 == 1)) return code + 1;
  return code;
}

// Base letters of U+00C0 to U+017F by their canonical decomposition (Unicode 15); '.' where there is none.
constexpr std::string_view base_letters =
    "AAAAAA.CEEEEIIII"
    ".NOOOOO..UUUUY.."
    "aaaaaa.ceeeeiiii"
    ".nooooo..uuuuy.y"
    "AaAaAaCcCcCcCcDd"
    "..EeEeEeEeEeGgGg"
    "GgGgHh..IiIiIiIi"
    "I...JjKk.LlLlLl."
    "...NnNnNn...OoOo"
    "Oo..RrRrRrSsSsSs"
    "SsTtTt..UuUuUuUu"
    "UuUuWwYyYZzZzZz.";
static_assert(base_letters.size() == 0x180 - 0xC0);

// The same of U+01A0 to U+0233 and of U+1E00 to U+1EFF: Romanian, Vietnamese, transcriptions.
constexpr std::string_view further_letters =
    "Oo.............Uu............................AaIiOoUuUuUuUuUu.Aa"
    "Aa....GgKkOoOo..j...Gg..NnAa....AaAaEeEeIiIiOoOoRrRrUuUuSsTt..Hh"
    "......AaEeOoOoOoOoYy";
static_assert(further_letters.size() == 0x234 - 0x1A0);
constexpr std::string_view additional_letters =
    "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm"
    "MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv"
    "WwWwWwWwWwXxXxYyZzZzZzhtwy......AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe"
    "EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy......";
static_assert(additional_letters.size() == 0x1F00 - 0x1E00);

char32_t base_letter(char32_t code) {
  const auto base_of = [&](std::string_view letters, char32_t first) {
    const char base = letters[code - first];
    return base == '.' ? code : static_cast<char32_t>(base);
  };
  if (within(code, 0xC0, 0x17F)) return base_of(base_letters, 0xC0);
  if (within(code, 0x1A0, 0x233)) return base_of(further_letters, 0x1A0);
  if (within(code, 0x1E00, 0x1EFF)) return base_of(additional_letters, 0x1E00);
  return code;
}

}  // namespace

std::string case_folded(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  while (!text.empty()) {
    const auto character = first_character(text);
    text.remove_prefix(character.length);
    if (character.code == 0x00DF || character.code == 0x1E9E)
      folded += "ss";
    else
      append(folded, small_letter(character.code));
  }
  return folded;
}

std::string accents_removed(std::string_view text) {
  std::string bare;
  bare.reserve(text.size());
  while (!text.empty()) {
    const auto character = first_character(text);
    text.remove_prefix(character.length);
    if (!within(character.code, 0x0300, 0x036F)) append(bare, base_letter(character.code));
  }
  return bare;
}

// On a mismatch only the last % takes one character more: what earlier ones took cannot matter. So the cost is at most
// the product of the lengths, whatever the pattern.
bool is_like(std::string_view text, std::string_view pattern) {
  struct Retry {
    std::string_view text, pattern;
  };
  std::optional<Retry> retry;
  while (true) {
    if (!pattern.empty() && pattern.front() == '%') {
      pattern.remove_prefix(1);
      if (pattern.empty()) return true;
      retry = {text, pattern};
      continue;
    }
    if (text.empty() && pattern.empty()) return true;
    if (!text.empty() && !pattern.empty()) {
      const bool any = pattern.front() == '_';
      const bool escaped = pattern.front() == '\\' && pattern.size() > 1;
      const auto wanted = first_character(pattern.substr(escaped ? 1 : 0));
      const auto found = first_character(text);
      if (any || wanted.code == found.code) {
        pattern.remove_prefix(any ? 1 : wanted.length + (escaped ? 1 : 0));
        text.remove_prefix(found.length);
        continue;
      }
    }
    if (!retry || retry->text.empty()) return false;
    retry->text.remove_prefix(first_character(retry->text).length);
    text = retry->text;
    pattern = retry->pattern;
  }
}

}  // namespace geoprio::expression
