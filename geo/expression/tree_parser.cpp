// Expression::of_tree: the JSON encoding of CQL2 (21-065r2, annex C). It makes the same nodes as the text does.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "geo/expression/expression.hpp"
#include "geo/expression/geometry_tree.hpp"
#include "geo/expression/moment.hpp"

namespace geoprio::expression {
namespace {

using NodeNumber = std::size_t;
// Nothing: failure_ says why, and every caller returns at once.
using Parsed = std::optional<NodeNumber>;
using List = JsonValue::List;

struct OperationName {
  std::string_view name;
  Operation operation;
  std::size_t fewest, most;  ///< operands
};
constexpr std::size_t any_number = 8'192;  // more than a text of the greatest length can hold
constexpr std::array<OperationName, 20> operation_names = {{{"and", Operation::logical_and, 2, any_number},
                                                            {"or", Operation::logical_or, 2, any_number},
                                                            {"not", Operation::logical_not, 1, 1},
                                                            {"=", Operation::equal, 2, 2},
                                                            {"<>", Operation::not_equal, 2, 2},
                                                            {"<", Operation::less, 2, 2},
                                                            {"<=", Operation::less_or_equal, 2, 2},
                                                            {">", Operation::greater, 2, 2},
                                                            {">=", Operation::greater_or_equal, 2, 2},
                                                            {"between", Operation::between, 3, 3},
                                                            {"like", Operation::like, 2, 2},
                                                            {"isNull", Operation::is_null, 1, 1},
                                                            {"+", Operation::add, 2, 2},
                                                            {"-", Operation::subtract, 2, 2},
                                                            {"*", Operation::multiply, 2, 2},
                                                            {"/", Operation::divide, 2, 2},
                                                            {"%", Operation::modulo, 2, 2},
                                                            {"div", Operation::integer_divide, 2, 2},
                                                            {"^", Operation::power, 2, 2},
                                                            {"casei", Operation::case_folded, 1, 1}}};

class TreeParser {
 public:
  bool run(const JsonValue& tree) { return value(tree, 0).has_value(); }

  BilingualText failure_;
  std::vector<Node> nodes_;
  std::vector<Variable> variables_;
  std::vector<SpatialLiteral> geometries_;

 private:
  Parsed fail(const std::string& french, const std::string& english) {
    failure_ = {french, english};
    return std::nullopt;
  }

  NodeNumber add(Operation operation, std::vector<NodeNumber> operands) {
    nodes_.push_back({.operation = operation, .operands = std::move(operands)});
    return nodes_.size() - 1;
  }
  NodeNumber add_literal(Value literal) {
    nodes_.push_back({.operation = Operation::literal, .literal = std::move(literal)});
    return nodes_.size() - 1;
  }

  Parsed value(const JsonValue& tree, std::size_t depth) {
    if (depth > Expression::deepest_nesting) {
      const auto limit = std::to_string(Expression::deepest_nesting);
      return fail("la condition est imbriquée sur plus de " + limit + " niveaux",
                  "the condition is nested more than " + limit + " levels deep");
    }
    if (const auto* boolean = tree.as<bool>()) return add_literal(*boolean);
    if (const auto* number = tree.as<double>()) return add_literal(*number);
    if (const auto* text = tree.as<std::string>()) return add_literal(*text);
    if (const auto* name = tree.member("op")) return operation(tree, *name, depth);
    if (const auto* name = tree.member("property")) return property(*name);
    if (const auto* day = tree.member("date")) return moment(*day, true);
    if (const auto* instant = tree.member("timestamp")) return moment(*instant, false);
    if (is_geometry(tree)) return geometry(tree);
    return fail("un objet qui n'est ni une opération, ni une propriété, ni une valeur",
                "an object that is no operation, property or value");
  }

  Parsed property(const JsonValue& name) {
    const auto* text = name.as<std::string>();
    if (text == nullptr || text->empty()) return fail("« property » attend un nom", "“property” takes a name");
    const auto known = std::find_if(variables_.begin(), variables_.end(),
                                    [&](const auto& variable) { return variable.name == *text; });
    const auto number = static_cast<std::size_t>(known - variables_.begin());
    if (known == variables_.end()) variables_.push_back({*text, 0});
    nodes_.push_back({.operation = Operation::variable, .variable = number});
    return nodes_.size() - 1;
  }

  Parsed moment(const JsonValue& written, bool day) {
    const auto* text = written.as<std::string>();
    const auto parsed = text == nullptr ? std::nullopt : parse_moment(*text);
    if (!parsed || is_day(*parsed) != day)
      return day ? fail("« date » attend une date comme 2015-01-31", "“date” takes a date like 2015-01-31")
                 : fail("« timestamp » attend un instant comme 2015-01-31T12:00:00Z",
                        "“timestamp” takes an instant like 2015-01-31T12:00:00Z");
    return add_literal(*parsed);
  }

  Parsed geometry(const JsonValue& tree) {
    auto literal = geometry_of(tree);
    if (!literal) return fail(literal.error().french, literal.error().english);
    const auto node = add(Operation::geometry, {});
    nodes_[node].geometry = geometries_.size();
    geometries_.push_back(*std::move(literal));
    return node;
  }

  Parsed operation(const JsonValue& tree, const JsonValue& name, std::size_t depth) {
    const auto* word = name.as<std::string>();
    const auto* arguments = tree.member("args");
    const auto* list = arguments == nullptr ? nullptr : arguments->as<List>();
    if (word == nullptr || list == nullptr)
      return fail("une opération attend « op », un mot, et « args », une liste",
                  "an operation takes “op”, a word, and “args”, a list");
    if (*word == "in") return list_test(*list, depth);
    if (*word == "accenti") return with_operands({"accenti", Operation::accents_removed, 1, 1}, *list, depth);
    for (const auto& [spatial_name, relation] : spatial_names)
      if (same_word(*word, spatial_name)) return spatial(*word, relation, *list, depth);
    for (const auto& known : operation_names)
      if (known.name == *word) return with_operands(known, *list, depth);
    return fail("l'opération « " + *word + " » n'existe pas ici", "the operation “" + *word + "” does not exist here");
  }

  /// JSON writes relations in small letters.
  static bool same_word(std::string_view small, std::string_view capital) {
    return std::equal(small.begin(), small.end(), capital.begin(), capital.end(), [](char a, char b) {
      return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
    });
  }

  Parsed with_operands(const OperationName& known, const List& arguments, std::size_t depth) {
    if (arguments.size() < known.fewest || arguments.size() > known.most)
      return fail("« " + std::string(known.name) + " » n'attend pas " + std::to_string(arguments.size()) + " opérandes",
                  "“" + std::string(known.name) + "” does not take " + std::to_string(arguments.size()) + " operands");
    std::vector<NodeNumber> operands;
    for (const auto& argument : arguments) {
      const auto operand = value(argument, depth + 1);
      if (!operand) return std::nullopt;
      operands.push_back(*operand);
    }
    return add(known.operation, std::move(operands));
  }

  Parsed list_test(const List& arguments, std::size_t depth) {
    const auto* list = arguments.size() == 2 ? arguments[1].as<List>() : nullptr;
    if (list == nullptr || list->empty())
      return fail("« in » attend une valeur et une liste", "“in” takes a value and a list");
    if (list->size() > Expression::longest_list) {
      const auto limit = std::to_string(Expression::longest_list);
      return fail("la liste de « in » a plus de " + limit + " valeurs",
                  "the list of “in” has more than " + limit + " values");
    }
    List operands = {arguments.front()};
    operands.insert(operands.end(), list->begin(), list->end());
    return with_operands({"in", Operation::in_list, 2, Expression::longest_list + 1}, operands, depth);
  }

  Parsed spatial(std::string_view word, SpatialRelation relation, const List& arguments, std::size_t depth) {
    const auto test = with_operands({word, Operation::spatial, 2, 2}, arguments, depth);
    if (test) nodes_[*test].relation = relation;
    return test;
  }
};

}  // namespace

Result<Expression, ParseFailure> Expression::of_tree(const JsonValue& tree, std::string text) {
  TreeParser parser;
  if (!parser.run(tree)) return Unexpected{ParseFailure{0, std::move(parser.failure_)}};
  Expression expression(std::move(text), std::move(parser.nodes_), std::move(parser.variables_),
                        std::move(parser.geometries_));
  if (auto problem = expression.type_problem({})) return Unexpected{*std::move(problem)};
  return expression;
}

}  // namespace geoprio::expression
