#include "geo/expression/lexer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>
#include <utility>

namespace geoprio::expression {
namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

// CQL2 names take most of Unicode; no-break spaces never get here, they are blanks.
bool is_name_start(char letter) {
  return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') || letter == '_' || letter == ':' ||
         static_cast<unsigned char>(letter) >= 0x80;
}
bool is_name_part(char letter) { return is_name_start(letter) || is_digit(letter) || letter == '.'; }

// What word processors put between words: no-break and narrow no-break space, as UTF-8.
constexpr std::array<std::string_view, 2> wide_blanks = {"\xC2\xA0", "\xE2\x80\xAF"};

std::size_t blank_length(std::string_view text) {
  if (text.empty()) return 0;
  if (std::string_view(" \t\r\n\v\f").find(text.front()) != std::string_view::npos) return 1;
  for (const auto blank : wide_blanks)
    if (text.starts_with(blank)) return blank.size();
  return 0;
}

char upper(char letter) { return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter; }

Unexpected<ParseFailure> failure(std::size_t position, std::string french, std::string english) {
  return {{position, {std::move(french), std::move(english)}}};
}

}  // namespace

bool Token::is_word(std::string_view keyword) const {
  return kind == TokenKind::name && std::equal(text.begin(), text.end(), keyword.begin(), keyword.end(),
                                               [](char a, char b) { return upper(a) == b; });
}

bool is_reserved(const Token& token) {
  constexpr std::array<std::string_view, 11> words = {"AND", "OR",   "NOT",  "BETWEEN", "IN", "LIKE",
                                                      "IS",  "NULL", "TRUE", "FALSE",   "DIV"};
  return std::any_of(words.begin(), words.end(), [&](auto word) { return token.is_word(word); });
}

Result<Token, ParseFailure> Lexer::next() {
  skip_blanks();
  const auto start = position_;
  if (start == text_.size()) return Token{.kind = TokenKind::end, .position = start};
  const char first = text_[start];
  if (is_digit(first) || (first == '.' && start + 1 < text_.size() && is_digit(text_[start + 1]))) return number(start);
  if (first == '\'') return quoted(start, TokenKind::text);
  if (first == '"') return quoted(start, TokenKind::quoted_name);
  if (is_name_start(first)) return name(start);
  return sign(start);
}

void Lexer::skip_blanks() {
  while (const auto blank = blank_length(text_.substr(position_))) position_ += blank;
}

Result<Token, ParseFailure> Lexer::number(std::size_t start) {
  Token token{.kind = TokenKind::number, .position = start};
  const char* const first = text_.data() + start;
  const auto [end, error] = std::from_chars(first, text_.data() + text_.size(), token.number);
  if (error != std::errc())
    return failure(start, "ce nombre est trop grand ou trop petit", "this number is too large or too small");
  token.text.assign(first, end);
  position_ = start + token.text.size();
  return token;
}

// 21-065r2, characterLiteral: a quote is written '' or \'. In a quoted name only "" stands for a quote.
Result<Token, ParseFailure> Lexer::quoted(std::size_t start, TokenKind kind) {
  const char quote = text_[start];
  Token token{.kind = kind, .position = start};
  for (position_ = start + 1; position_ < text_.size(); ++position_) {
    const char letter = text_[position_];
    const bool quote_follows = position_ + 1 < text_.size() && text_[position_ + 1] == quote;
    if (letter == quote && !quote_follows) {
      ++position_;
      if (kind == TokenKind::quoted_name && token.text.empty())
        return failure(start, "un nom entre guillemets est vide", "a quoted name is empty");
      return token;
    }
    const bool escapes = letter == quote || (kind == TokenKind::text && letter == '\\');
    if (escapes && quote_follows) ++position_;
    token.text += text_[position_];
  }
  return failure(start, std::string("le texte ouvert par ") + quote + " n'est pas fermé",
                 std::string("the text opened by ") + quote + " is not closed");
}

Token Lexer::name(std::size_t start) {
  position_ = start;
  while (position_ < text_.size() && is_name_part(text_[position_]) && blank_length(text_.substr(position_)) == 0)
    ++position_;
  return {.kind = TokenKind::name, .position = start, .text = std::string(text_.substr(start, position_ - start))};
}

Result<Token, ParseFailure> Lexer::sign(std::size_t start) {
  const auto rest = text_.substr(start);
  constexpr std::array<std::string_view, 15> signs = {"<>", "<=", ">=", "<", ">", "=", "(", ")",
                                                      ",",  "+",  "-",  "*", "/", "^", "%"};
  if (rest.starts_with("!=")) return failure(start, "« différent de » s'écrit <>", "\"not equal\" is written <>");
  if (rest.starts_with("==")) return failure(start, "« égal à » s'écrit =", "\"equal\" is written =");
  if (rest.starts_with("&&")) return failure(start, "« et » s'écrit AND", "\"and\" is written AND");
  if (rest.starts_with("||")) return failure(start, "« ou » s'écrit OR", "\"or\" is written OR");
  for (const auto known : signs) {
    if (!rest.starts_with(known)) continue;
    position_ = start + known.size();
    return Token{.kind = TokenKind::sign, .position = start, .text = std::string(known)};
  }
  return failure(start, std::string("le caractère « ") + rest.front() + " » n'a pas de sens ici",
                 std::string("the character \"") + rest.front() + "\" has no meaning here");
}

}  // namespace geoprio::expression
