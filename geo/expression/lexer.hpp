// The words of a condition: numbers, texts, names and signs, each with its place.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "geo/core/result.hpp"
#include "geo/expression/expression.hpp"

namespace geoprio::expression {

enum class TokenKind { end, number, text, name, quoted_name, sign };

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t position = 0;
  std::string text{};  ///< the value of a text or a name, the characters of a sign or number
  double number = 0;

  /// True for that sign: `(`, `<=`, `,`…
  [[nodiscard]] bool is_sign(std::string_view sign) const { return kind == TokenKind::sign && text == sign; }
  /// True for that keyword (given in capitals) in any case; a quoted name is never a keyword.
  [[nodiscard]] bool is_word(std::string_view keyword) const;
};

/// True for the words that CQL2 keeps for itself; such a name must be quoted. DATE, TIMESTAMP, CASEI and ACCENTI are
/// not among them: they are recognised by the parenthesis that follows, so that a column may be called `date`.
[[nodiscard]] bool is_reserved(const Token& token);

class Lexer {
 public:
  /// `text` must outlive the lexer.
  explicit Lexer(std::string_view text) : text_(text) {}

  /// The next token; `end`, again and again, after the last.
  Result<Token, ParseFailure> next();

 private:
  void skip_blanks();
  Result<Token, ParseFailure> number(std::size_t start);
  Result<Token, ParseFailure> quoted(std::size_t start, TokenKind kind);
  Token name(std::size_t start);
  Result<Token, ParseFailure> sign(std::size_t start);

  std::string_view text_;
  std::size_t position_ = 0;
};

}  // namespace geoprio::expression
