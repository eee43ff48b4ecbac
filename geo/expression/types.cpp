// Expression::type_problem: what cannot go together, told before anything is evaluated.
#include <array>
#include <string_view>
#include <utility>

#include "geo/expression/expression.hpp"

namespace geoprio::expression {
namespace {

struct TypeNames {
  std::string_view french, english;
};

TypeNames names_of(ValueType type) {
  switch (type) {
    case ValueType::boolean:
      return {"un booléen", "a boolean"};
    case ValueType::number:
      return {"un nombre", "a number"};
    case ValueType::text:
      return {"un texte", "a text"};
    case ValueType::moment:
      return {"une date", "a date"};
    case ValueType::geometry:
      return {"une géométrie", "a geometry"};
    case ValueType::any:
      break;
  }
  return {"une valeur", "a value"};
}

ValueType type_of(const Value& literal) {
  constexpr std::array types = {ValueType::any, ValueType::boolean, ValueType::number, ValueType::text,
                                ValueType::moment};
  return types[literal.index()];
}

// Files often hold dates as text: comparing them with DATE('…') is meaningful.
bool comparable(ValueType a, ValueType b) {
  if (a == ValueType::geometry || b == ValueType::geometry) return false;
  if (a == ValueType::any || b == ValueType::any || a == b) return true;
  return (a == ValueType::text && b == ValueType::moment) || (a == ValueType::moment && b == ValueType::text);
}

class TypeCheck {
 public:
  TypeCheck(std::span<const Node> nodes, std::span<const Variable> variables, const VariableTypes& types)
      : nodes_(nodes), variables_(variables), known_(types) {}

  std::optional<ParseFailure> run() {
    types_.reserve(nodes_.size());
    for (const auto& node : nodes_) {
      types_.push_back(type_of_node(node));
      if (problem_) return problem_;
    }
    require(nodes_.size() - 1, ValueType::boolean);
    return problem_;
  }

 private:
  ValueType type_of_node(const Node& node) {
    switch (node.operation) {
      case Operation::literal:
        return type_of(node.literal);
      case Operation::geometry:
        return ValueType::geometry;
      case Operation::spatial:
        return all(node, ValueType::geometry, ValueType::boolean);
      case Operation::variable:
        return variable_type(variables_[node.variable].name);
      case Operation::logical_and:
      case Operation::logical_or:
      case Operation::logical_not:
        return all(node, ValueType::boolean, ValueType::boolean);
      case Operation::equal:
      case Operation::not_equal:
      case Operation::in_list:
        return compared(node);
      case Operation::less:
      case Operation::less_or_equal:
      case Operation::greater:
      case Operation::greater_or_equal:
      case Operation::between:
        return ordered(node);
      case Operation::like:
        return all(node, ValueType::text, ValueType::boolean);
      case Operation::is_null:
        return ValueType::boolean;
      case Operation::add:
      case Operation::subtract:
      case Operation::multiply:
      case Operation::divide:
      case Operation::modulo:
      case Operation::integer_divide:
      case Operation::power:
      case Operation::negate:
        return all(node, ValueType::number, ValueType::number);
      case Operation::case_folded:
      case Operation::accents_removed:
        return all(node, ValueType::text, ValueType::text);
    }
    return ValueType::any;
  }

  ValueType variable_type(const std::string& name) const {
    const auto found = known_.find(name);
    return found == known_.end() ? ValueType::any : found->second;
  }

  void require(std::size_t number, ValueType type) {
    if (problem_ || types_[number] == type || types_[number] == ValueType::any) return;
    const auto wanted = names_of(type), found = names_of(types_[number]);
    problem_ = {nodes_[number].position,
                {std::string(found.french) + " là où il faudrait " + std::string(wanted.french),
                 std::string(found.english) + " where there should be " + std::string(wanted.english)}};
    if (number + 1 == nodes_.size())
      problem_->message = {"une condition est vraie ou fausse ; ceci est " + std::string(found.french),
                           "a condition is true or false; this is " + std::string(found.english)};
  }

  ValueType all(const Node& node, ValueType operand, ValueType result) {
    for (const auto number : node.operands) require(number, operand);
    return result;
  }

  ValueType compared(const Node& node) {
    for (const auto number : node.operands) {
      const auto first = types_[node.operands.front()], other = types_[number];
      if (problem_ || comparable(first, other)) continue;
      const auto left = names_of(first), right = names_of(other);
      problem_ = {node.position,
                  {std::string(left.french) + " ne se compare pas avec " + std::string(right.french),
                   std::string(left.english) + " cannot be compared with " + std::string(right.english)}};
    }
    return ValueType::boolean;
  }

  ValueType ordered(const Node& node) {
    for (const auto number : node.operands)
      if (!problem_ && types_[number] == ValueType::boolean)
        problem_ = {nodes_[number].position,
                    {"un booléen n'est ni plus grand ni plus petit : écrire = TRUE ou = FALSE",
                     "a boolean is neither greater nor less: write = TRUE or = FALSE"}};
    return compared(node);
  }

  std::span<const Node> nodes_;
  std::span<const Variable> variables_;
  const VariableTypes& known_;
  std::vector<ValueType> types_;
  std::optional<ParseFailure> problem_;
};

}  // namespace

std::optional<ParseFailure> Expression::type_problem(const VariableTypes& types) const {
  return TypeCheck(nodes_, variables_, types).run();
}

}  // namespace geoprio::expression
