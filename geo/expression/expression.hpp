// A condition in CQL2 text (OGC 21-065r2), for tier rules and for the filters of the API.
//
// Read: AND, OR, NOT; = <> < <= > >=; [NOT] BETWEEN, IN, LIKE; IS [NOT] NULL; + - * / ^ % DIV; CASEI, ACCENTI; numbers,
// 'text' (with '' or \' for a quote), TRUE, FALSE, DATE('…'), TIMESTAMP('…'); names, also "quoted". Keywords in any
// case; S_INTERSECTS and the seven other relations of geometries, with POINT(…) … GEOMETRYCOLLECTION(…) and BBOX(…).
// Not read: temporal-relation and array predicates, INTERVAL, custom functions; each is refused by name.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/core/attribute.hpp"
#include "geo/core/bilingual.hpp"
#include "geo/core/result.hpp"
#include "geo/expression/json_value.hpp"
#include "geo/expression/node.hpp"
#include "geo/expression/truth.hpp"

namespace geoprio::expression {

/// Why a text is no condition, and where: `position` counts bytes from 0 and is at most the text's length.
struct ParseFailure {
  std::size_t position = 0;
  BilingualText message{};
};

/// Where an evaluation finds the values. Implement it over features to filter them without copying.
class Variables {
 public:
  virtual ~Variables() = default;
  /// The value of `name`, exact case; null or monostate: missing.
  [[nodiscard]] virtual const AttributeValue* find(std::string_view name) const = 0;
  /// Whether one geometry is in that relation to another; unknown where there are no geometries.
  [[nodiscard]] virtual Truth related(SpatialRelation /*relation*/, const SpatialOperand& /*one*/,
                                      const SpatialOperand& /*other*/) const {
    return Truth::unknown;
  }
};

/// Variables by name, in a table.
class VariableTable final : public Variables {
 public:
  VariableTable() = default;
  explicit VariableTable(std::map<std::string, AttributeValue, std::less<>> values) : values_(std::move(values)) {}
  void set(std::string name, AttributeValue value) { values_.insert_or_assign(std::move(name), std::move(value)); }
  [[nodiscard]] const AttributeValue* find(std::string_view name) const override {
    const auto found = values_.find(name);
    return found == values_.end() ? nullptr : &found->second;
  }

 private:
  std::map<std::string, AttributeValue, std::less<>> values_;
};

/// What a variable holds, by name; a variable that is not in the table may hold anything.
using VariableTypes = std::map<std::string, ValueType, std::less<>>;

/// Immutable: any thread may evaluate it at any time.
class Expression {
 public:
  /// A longer text is refused.
  static constexpr std::size_t longest_text = 16'384;
  /// A longer list after IN is refused.
  static constexpr std::size_t longest_list = 1'000;
  /// Deeper nesting (parentheses, NOT, signs, functions) is refused: the parser recurses, and its stack is finite.
  static constexpr std::size_t deepest_nesting = 64;

  /// The condition that `text` (UTF-8) writes, or the first thing that is wrong with it. Never throws, never overflows
  /// the stack. Types that cannot go together (`'a' < 3`) and a text that is no condition (`1 + 1`) are failures.
  static Result<Expression, ParseFailure> parse(std::string_view text);

  /// The condition that `tree` writes in CQL2 JSON, which is no deeper than the caller can bear; `text` is what it was
  /// read from. Failures have no position.
  static Result<Expression, ParseFailure> of_tree(const JsonValue& tree, std::string text);
  /// The condition that every one of these names has its value; there is at least one.
  static Expression of_equalities(std::span<const std::pair<std::string, Value>> equalities);

  /// What evaluating it once costs, in steps of a comparison of numbers: LIKE counts the bytes of its pattern too,
  /// CASEI and ACCENTI sixteen, a relation of geometries a hundred.
  [[nodiscard]] std::size_t cost() const;

  /// The text as it was parsed.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  /// Names used, each once, in the order of first use.
  [[nodiscard]] std::span<const Variable> variables() const noexcept { return variables_; }
  /// Geometries that it writes, in their order.
  [[nodiscard]] std::span<const SpatialLiteral> geometries() const noexcept { return geometries_; }
  /// The tree, operands before what uses them, the condition itself last; for those who translate or bind it.
  [[nodiscard]] std::span<const Node> nodes() const noexcept { return nodes_; }

  /// What cannot go together once the variables' types are known (`score_social = 'high'`), or nothing.
  [[nodiscard]] std::optional<ParseFailure> type_problem(const VariableTypes& types) const;

  /// Whether the condition holds. Missing values, values of another type than the operation takes, and results that are
  /// no number (division by zero, overflow) count as missing; integers are compared as doubles. Only `yes` is a match.
  [[nodiscard]] Truth evaluate(const Variables& variables) const;

 private:
  Expression(std::string text, std::vector<Node> nodes, std::vector<Variable> variables,
             std::vector<SpatialLiteral> geometries)
      : text_(std::move(text)),
        nodes_(std::move(nodes)),
        variables_(std::move(variables)),
        geometries_(std::move(geometries)) {}

  std::string text_;
  std::vector<Node> nodes_;
  std::vector<Variable> variables_;
  std::vector<SpatialLiteral> geometries_;
};

}  // namespace geoprio::expression
