// Expression::parse: recursive descent over the grammar of 21-065r2, annex B, with one rule for booleans and scalars,
// so that a parenthesis needs no look-ahead; what may not go together is found by the types afterwards.
#include <algorithm>
#include <initializer_list>
#include <optional>
#include <utility>

#include "geo/domain/codes.hpp"
#include "geo/expression/expression.hpp"
#include "geo/expression/geometry_parser.hpp"
#include "geo/expression/moment.hpp"
#include "geo/expression/token_reader.hpp"

namespace geoprio::expression {
namespace {

using NodeNumber = std::size_t;
// Nothing: failure_ says why, and every caller returns at once.
using Parsed = std::optional<NodeNumber>;

struct SignMeaning {
  std::string_view sign;
  Operation operation;
};
constexpr SignMeaning comparisons[] = {{"=", Operation::equal},   {"<>", Operation::not_equal},
                                       {"<", Operation::less},    {"<=", Operation::less_or_equal},
                                       {">", Operation::greater}, {">=", Operation::greater_or_equal}};
constexpr SignMeaning sums[] = {{"+", Operation::add}, {"-", Operation::subtract}};
constexpr SignMeaning products[] = {{"*", Operation::multiply}, {"/", Operation::divide}, {"%", Operation::modulo}};

class Parser {
 public:
  explicit Parser(std::string_view text) : reader_(text) {}

  bool run() {
    if (!advance()) return false;
    if (token_.kind == TokenKind::end) return fail(0, "la condition est vide", "the condition is empty"), false;
    if (!disjunction()) return false;
    if (token_.kind == TokenKind::end) return true;
    unexpected("AND, OR ou la fin de la condition", "AND, OR or the end of the condition");
    return false;
  }

  [[nodiscard]] const ParseFailure& failure() const { return reader_.failure(); }

  std::vector<Node> nodes_;
  std::vector<Variable> variables_;
  std::vector<SpatialLiteral> geometries_;

 private:
  // Counts one level of recursion for as long as it lives.
  class Level {
   public:
    explicit Level(std::size_t& depth) : depth_(depth) { ++depth_; }
    ~Level() { --depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    std::size_t& depth_;
  };

  bool advance() { return reader_.advance(); }
  bool expect_sign(std::string_view sign) { return reader_.expect_sign(sign); }
  Parsed fail(std::size_t position, std::string french, std::string english) {
    return reader_.fail(position, std::move(french), std::move(english));
  }
  Parsed unexpected(const std::string& french, const std::string& english) {
    return reader_.unexpected(french, english);
  }

  NodeNumber add(Operation operation, std::size_t position, std::vector<NodeNumber> operands) {
    nodes_.push_back({.operation = operation, .position = position, .operands = std::move(operands)});
    return nodes_.size() - 1;
  }
  NodeNumber add_literal(std::size_t position, Value value) {
    nodes_.push_back({.operation = Operation::literal, .position = position, .literal = std::move(value)});
    return nodes_.size() - 1;
  }
  NodeNumber add_variable(std::size_t position, std::string name) {
    const auto known =
        std::find_if(variables_.begin(), variables_.end(), [&](const auto& variable) { return variable.name == name; });
    const auto number = static_cast<std::size_t>(known - variables_.begin());
    if (known == variables_.end()) variables_.push_back({std::move(name), position});
    nodes_.push_back({.operation = Operation::variable, .position = position, .variable = number});
    return nodes_.size() - 1;
  }

  Parsed disjunction() { return chain("OR", Operation::logical_or, &Parser::conjunction); }
  Parsed conjunction() { return chain("AND", Operation::logical_and, &Parser::negation); }

  // `a AND b AND c` is one node with three operands.
  Parsed chain(std::string_view word, Operation operation, Parsed (Parser::*part)()) {
    const auto first = (this->*part)();
    if (!first || !token_.is_word(word)) return first;
    const auto position = token_.position;
    std::vector<NodeNumber> operands = {*first};
    while (token_.is_word(word)) {
      if (!advance()) return std::nullopt;
      const auto next = (this->*part)();
      if (!next) return std::nullopt;
      operands.push_back(*next);
    }
    return add(operation, position, std::move(operands));
  }

  Parsed too_deep() {
    const auto limit = std::to_string(Expression::deepest_nesting);
    return fail(token_.position, "la condition est imbriquée sur plus de " + limit + " niveaux",
                "the condition is nested more than " + limit + " levels deep");
  }

  Parsed too_long_list(std::size_t position) {
    const auto limit = std::to_string(Expression::longest_list);
    return fail(position, "la liste de IN a plus de " + limit + " valeurs",
                "the list of IN has more than " + limit + " values");
  }

  Parsed negation() {
    if (!token_.is_word("NOT")) return predicate();
    const Level level(depth_);
    if (depth_ > Expression::deepest_nesting) return too_deep();
    const auto position = token_.position;
    if (!advance()) return std::nullopt;
    const auto operand = negation();
    if (!operand) return std::nullopt;
    return add(Operation::logical_not, position, {*operand});
  }

  Parsed predicate() {
    const auto value = sum();
    if (!value) return std::nullopt;
    for (const auto& [sign, operation] : comparisons)
      if (token_.is_sign(sign)) return comparison(*value, operation);
    if (token_.is_word("IS")) return null_test(*value);
    const auto position = token_.position;
    const bool negated = token_.is_word("NOT");
    if (negated && !advance()) return std::nullopt;
    Parsed result;
    if (token_.is_word("BETWEEN"))
      result = range_test(*value);
    else if (token_.is_word("IN"))
      result = list_test(*value);
    else if (token_.is_word("LIKE"))
      result = pattern_test(*value);
    else if (negated)
      return unexpected("BETWEEN, IN ou LIKE", "BETWEEN, IN or LIKE");
    else
      return value;
    if (!result || !negated) return result;
    return add(Operation::logical_not, position, {*result});
  }

  Parsed comparison(NodeNumber left, Operation operation) {
    const auto position = token_.position;
    if (!advance()) return std::nullopt;
    const auto right = sum();
    if (!right) return std::nullopt;
    return add(operation, position, {left, *right});
  }

  Parsed null_test(NodeNumber value) {
    const auto position = token_.position;
    if (!advance()) return std::nullopt;
    const bool negated = token_.is_word("NOT");
    if (negated && !advance()) return std::nullopt;
    if (!token_.is_word("NULL")) return unexpected("NULL", "NULL");
    if (!advance()) return std::nullopt;
    const auto test = add(Operation::is_null, position, {value});
    return negated ? add(Operation::logical_not, position, {test}) : test;
  }

  Parsed range_test(NodeNumber value) {
    const auto position = token_.position;
    if (!advance()) return std::nullopt;
    const auto low = sum();
    if (!low) return std::nullopt;
    if (!token_.is_word("AND")) return unexpected("le AND de BETWEEN", "the AND of BETWEEN");
    if (!advance()) return std::nullopt;
    const auto high = sum();
    if (!high) return std::nullopt;
    return add(Operation::between, position, {value, *low, *high});
  }

  Parsed list_test(NodeNumber value) {
    const auto position = token_.position;
    if (!advance() || !expect_sign("(")) return std::nullopt;
    std::vector<NodeNumber> operands = {value};
    while (true) {
      const auto item = sum();
      if (!item) return std::nullopt;
      operands.push_back(*item);
      if (operands.size() > Expression::longest_list + 1) return too_long_list(position);
      if (!token_.is_sign(",")) break;
      if (!advance()) return std::nullopt;
    }
    if (!expect_sign(")")) return std::nullopt;
    return add(Operation::in_list, position, std::move(operands));
  }

  Parsed pattern_test(NodeNumber value) {
    const auto position = token_.position;
    if (!advance()) return std::nullopt;
    const auto pattern = sum();
    if (!pattern) return std::nullopt;
    return add(Operation::like, position, {value, *pattern});
  }

  Parsed sum() {
    auto left = product();
    while (left) {
      const auto* found = std::find_if(std::begin(sums), std::end(sums),
                                       [&](const auto& meaning) { return token_.is_sign(meaning.sign); });
      if (found == std::end(sums)) return left;
      left = with_right_operand(*left, found->operation, &Parser::product);
    }
    return left;
  }

  Parsed product() {
    auto left = power();
    while (left) {
      const auto* found = std::find_if(std::begin(products), std::end(products),
                                       [&](const auto& meaning) { return token_.is_sign(meaning.sign); });
      if (found == std::end(products) && !token_.is_word("DIV")) return left;
      const auto operation = found == std::end(products) ? Operation::integer_divide : found->operation;
      left = with_right_operand(*left, operation, &Parser::power);
    }
    return left;
  }

  // The grammar has one ^ and no chain: 2 ^ 3 ^ 2 must say with parentheses which it means.
  Parsed power() {
    const auto base = factor();
    if (!base || !token_.is_sign("^")) return base;
    const auto result = with_right_operand(*base, Operation::power, &Parser::factor);
    if (result && token_.is_sign("^"))
      return fail(token_.position, "deux puissances à la suite : mettre des parenthèses",
                  "two powers in a row: use parentheses");
    return result;
  }

  Parsed with_right_operand(NodeNumber left, Operation operation, Parsed (Parser::*part)()) {
    const auto position = token_.position;
    if (!advance()) return std::nullopt;
    const auto right = (this->*part)();
    if (!right) return std::nullopt;
    return add(operation, position, {left, *right});
  }

  // A sign binds tighter than ^ (annex B, arithmeticFactor): -2 ^ 2 is 4.
  Parsed factor() {
    const bool negated = token_.is_sign("-");
    if (!negated && !token_.is_sign("+")) return operand();
    const Level level(depth_);
    if (depth_ > Expression::deepest_nesting) return too_deep();
    const auto position = token_.position;
    if (!advance()) return std::nullopt;
    const auto value = factor();
    if (!value || !negated) return value;
    // A number with a sign is a number: CQL2 JSON has no other way to write it.
    if (auto& node = nodes_[*value]; auto* number = std::get_if<double>(&node.literal)) {
      *number = -*number;
      node.position = position;
      return value;
    }
    return add(Operation::negate, position, {*value});
  }

  Parsed operand() {
    const auto token = token_;
    if (token.is_sign("(")) return parenthesis();
    const bool is_value = token.kind == TokenKind::number || token.kind == TokenKind::text ||
                          token.kind == TokenKind::quoted_name || token.is_word("TRUE") || token.is_word("FALSE");
    if (token.is_word("NULL"))
      return fail(token.position, "une valeur absente se teste par IS NULL", "a missing value is tested by IS NULL");
    if (!is_value && (token.kind != TokenKind::name || is_reserved(token))) return unexpected("une valeur", "a value");
    if (!advance()) return std::nullopt;
    if (token.kind == TokenKind::number) return add_literal(token.position, token.number);
    if (token.kind == TokenKind::text) return add_literal(token.position, token.text);
    if (token.is_word("TRUE") || token.is_word("FALSE")) return add_literal(token.position, token.is_word("TRUE"));
    if (token.kind == TokenKind::name && token_.is_sign("(")) return function(token);
    return add_variable(token.position, token.text);
  }

  Parsed parenthesis() {
    const Level level(depth_);
    if (depth_ > Expression::deepest_nesting) return too_deep();
    if (!advance()) return std::nullopt;
    const auto inside = disjunction();
    if (!inside || !expect_sign(")")) return std::nullopt;
    return inside;
  }

  Parsed spatial_relation(const Token& name, SpatialRelation relation) {
    if (!advance()) return std::nullopt;
    const auto one = spatial_operand();
    if (!one || !expect_sign(",")) return std::nullopt;
    const auto other = spatial_operand();
    if (!other || !expect_sign(")")) return std::nullopt;
    const auto test = add(Operation::spatial, name.position, {*one, *other});
    nodes_[test].relation = relation;
    return test;
  }

  Parsed spatial_operand() {
    if (!begins_geometry(token_)) return operand();
    auto literal = parsed_geometry(reader_);
    if (!literal) return std::nullopt;
    const auto node = add(Operation::geometry, literal->position, {});
    nodes_[node].geometry = geometries_.size();
    geometries_.push_back(std::move(*literal));
    return node;
  }

  Parsed function(const Token& name) {
    const Level level(depth_);
    if (depth_ > Expression::deepest_nesting) return too_deep();
    for (const auto& [word, relation] : spatial_names)
      if (name.is_word(word)) return spatial_relation(name, relation);
    const bool moment = name.is_word("DATE") || name.is_word("TIMESTAMP");
    const bool folds = name.is_word("CASEI"), removes = name.is_word("ACCENTI");
    if (!moment && !folds && !removes)
      return fail(name.position, "la fonction « " + name.text + " » n'existe pas ici",
                  "the function \"" + name.text + "\" does not exist here");
    if (!advance()) return std::nullopt;
    if (moment) return moment_literal(name);
    const auto argument = sum();
    if (!argument || !expect_sign(")")) return std::nullopt;
    return add(folds ? Operation::case_folded : Operation::accents_removed, name.position, {*argument});
  }

  Parsed moment_literal(const Token& name) {
    const bool day = name.is_word("DATE");
    const auto moment = token_.kind == TokenKind::text ? parse_moment(token_.text) : std::nullopt;
    if (!moment || is_day(*moment) != day)
      return day ? unexpected("une date comme '2015-01-31'", "a date like '2015-01-31'")
                 : unexpected("un instant comme '2015-01-31T12:00:00Z'", "an instant like '2015-01-31T12:00:00Z'");
    if (!advance() || !expect_sign(")")) return std::nullopt;
    return add_literal(name.position, *moment);
  }

  TokenReader reader_;
  const Token& token_ = reader_.token();
  std::size_t depth_ = 0;
};

}  // namespace

Result<Expression, ParseFailure> Expression::parse(std::string_view text) {
  if (text.size() > longest_text)
    return Unexpected{ParseFailure{longest_text,
                                   {"la condition dépasse " + std::to_string(longest_text) + " octets",
                                    "the condition is longer than " + std::to_string(longest_text) + " bytes"}}};
  if (!domain::is_utf8(text))
    return Unexpected{ParseFailure{0, {"la condition n'est pas en UTF-8", "the condition is not UTF-8"}}};
  Parser parser(text);
  if (!parser.run()) return Unexpected{parser.failure()};
  Expression expression(std::string(text), std::move(parser.nodes_), std::move(parser.variables_),
                        std::move(parser.geometries_));
  if (auto problem = expression.type_problem({})) return Unexpected{*std::move(problem)};
  return expression;
}

}  // namespace geoprio::expression
