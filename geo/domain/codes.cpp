#include "geo/domain/codes.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace geoprio::domain {
namespace {

constexpr std::size_t longest_identifier = 63;

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool is_letter(char letter) { return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z'); }

// Beside ASCII blanks: no-break space, narrow no-break space, byte order mark, as UTF-8.
constexpr std::array<std::string_view, 3> wide_blanks = {"\xC2\xA0", "\xE2\x80\xAF", "\xEF\xBB\xBF"};

std::size_t blank_at_front(std::string_view text) {
  if (text.empty()) return 0;
  if (std::string_view(" \t\r\n\v\f").find(text.front()) != std::string_view::npos) return 1;
  for (const auto blank : wide_blanks)
    if (text.starts_with(blank)) return blank.size();
  return 0;
}

std::size_t blank_at_back(std::string_view text) {
  if (text.empty()) return 0;
  if (std::string_view(" \t\r\n\v\f").find(text.back()) != std::string_view::npos) return 1;
  for (const auto blank : wide_blanks)
    if (text.ends_with(blank)) return blank.size();
  return 0;
}

// The length of the well-formed sequence at the front (Unicode 15, table 3-7), 0 when there is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const auto continues = [&](std::size_t index) { return index < text.size() && (byte(index) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return continues(1) ? 2 : 0;
  if (first < 0xF0) {
    if (!continues(1) || !continues(2)) return 0;
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    return 3;
  }
  if (first > 0xF4 || !continues(1) || !continues(2) || !continues(3)) return 0;
  if (first == 0xF0 && byte(1) < 0x90) return 0;
  if (first == 0xF4 && byte(1) > 0x8F) return 0;
  return 4;
}

}  // namespace

bool is_layer_identifier(std::string_view text) noexcept {
  if (text.empty() || text.size() > longest_identifier || text == "changes" || text == "scenario") return false;
  if (!is_letter(text.front()) && !is_digit(text.front())) return false;
  return std::all_of(text.begin(), text.end(), [](char letter) {
    return is_letter(letter) || is_digit(letter) || letter == '_' || letter == '-';
  });
}

std::optional<InseeCode> InseeCode::parse(std::string_view text) {
  std::string code(trimmed(text));
  if (code.size() == 4 && std::all_of(code.begin(), code.end(), is_digit)) code.insert(code.begin(), '0');
  if (code.size() != 5 || !is_digit(code[0])) return std::nullopt;
  if (code[0] == '2' && (code[1] == 'a' || code[1] == 'b')) code[1] = code[1] == 'a' ? 'A' : 'B';
  const bool corsican = code[0] == '2' && (code[1] == 'A' || code[1] == 'B');
  if (!corsican && !is_digit(code[1])) return std::nullopt;
  if (!std::all_of(code.begin() + 2, code.end(), is_digit) || code.starts_with("00")) return std::nullopt;
  return InseeCode(std::move(code));
}

std::optional<InseeCode> InseeCode::parse(std::int64_t number) {
  if (number < 1001 || number > 99999) return std::nullopt;
  return parse(std::to_string(number));
}

std::optional<QuarterCode> QuarterCode::parse(std::string_view text) {
  const auto code = trimmed(text);
  if (code.empty() || !is_utf8(code)) return std::nullopt;
  const bool controls = std::any_of(code.begin(), code.end(), [](char letter) {
    return static_cast<unsigned char>(letter) < 0x20 || letter == '\x7F';
  });
  if (controls) return std::nullopt;
  return QuarterCode(std::string(code));
}

std::string_view trimmed(std::string_view text) noexcept {
  while (const auto blank = blank_at_front(text)) text.remove_prefix(blank);
  while (const auto blank = blank_at_back(text)) text.remove_suffix(blank);
  return text;
}

bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    const auto length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::vector<std::string> list_items(std::string_view list) {
  std::vector<std::string> items;
  while (!list.empty()) {
    const auto separator = std::min(list.find_first_of(";,"), list.size());
    const auto item = trimmed(list.substr(0, separator));
    if (!item.empty() && std::find(items.begin(), items.end(), item) == items.end()) items.emplace_back(item);
    list.remove_prefix(std::min(separator + 1, list.size()));
  }
  return items;
}

Result<std::vector<InseeCode>, std::string> commune_codes(std::string_view list) {
  std::vector<InseeCode> codes;
  for (auto& item : list_items(list)) {
    auto code = InseeCode::parse(item);
    if (!code) return Unexpected{std::move(item)};
    if (std::find(codes.begin(), codes.end(), *code) == codes.end()) codes.push_back(*std::move(code));
  }
  return codes;
}

}  // namespace geoprio::domain
