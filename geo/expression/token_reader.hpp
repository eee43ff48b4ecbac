// The parser's place in a condition: the token at hand, and the first thing that was wrong.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "geo/expression/lexer.hpp"

namespace geoprio::expression {

class TokenReader {
 public:
  /// `text` must outlive the reader.
  explicit TokenReader(std::string_view text) : lexer_(text) {}

  [[nodiscard]] const Token& token() const { return token_; }
  [[nodiscard]] const ParseFailure& failure() const { return failure_; }

  /// To the next token; false when there is none to read, and `failure` says why. So for all of these.
  bool advance() {
    auto next = lexer_.next();
    if (!next) {
      failure_ = std::move(next).error();
      return false;
    }
    token_ = *std::move(next);
    return true;
  }

  /// Always nothing, with that failure.
  std::nullopt_t fail(std::size_t position, std::string french, std::string english) {
    failure_ = {position, {std::move(french), std::move(english)}};
    return std::nullopt;
  }

  /// Always nothing: the token at hand is not what should be there.
  std::nullopt_t unexpected(const std::string& french, const std::string& english) {
    if (token_.kind == TokenKind::end)
      return fail(token_.position, "la condition s'arrête là où il faudrait " + french,
                  "the condition ends where there should be " + english);
    return fail(token_.position, "« " + token_.text + " » là où il faudrait " + french,
                "\"" + token_.text + "\" where there should be " + english);
  }

  bool expect_sign(std::string_view sign) {
    if (token_.is_sign(sign)) return advance();
    unexpected(std::string(sign), std::string(sign));
    return false;
  }

 private:
  Lexer lexer_;
  Token token_;
  ParseFailure failure_;
};

}  // namespace geoprio::expression
