// Expression::evaluate: one pass over the nodes, operands first, so that no condition can overflow the stack.
#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "geo/expression/expression.hpp"
#include "geo/expression/moment.hpp"
#include "geo/expression/text_matching.hpp"

namespace geoprio::expression {
namespace {

// A truth value as a Value and back: unknown is a missing boolean.
Value value_of(Truth truth) { return truth == Truth::unknown ? Value() : Value(truth == Truth::yes); }
Truth truth_in(const Value& value) {
  const auto* boolean = std::get_if<bool>(&value);
  return boolean == nullptr ? Truth::unknown : truth_of(*boolean);
}

Value number_or_missing(double number) { return std::isfinite(number) ? Value(number) : Value(); }

Value value_of(const AttributeValue* attribute) {
  if (attribute == nullptr) return {};
  if (const auto* boolean = std::get_if<bool>(attribute)) return *boolean;
  if (const auto* integer = std::get_if<std::int64_t>(attribute)) return static_cast<double>(*integer);
  if (const auto* real = std::get_if<double>(attribute)) return number_or_missing(*real);
  if (const auto* text = std::get_if<std::string>(attribute)) return *text;
  return {};
}

// Files write instants without a zone; they count as UTC, so that they compare at all.
std::optional<Moment> moment_in(const Value& value) {
  if (const auto* moment = std::get_if<Moment>(&value)) return *moment;
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return std::nullopt;
  auto moment = parse_moment(*text);
  return moment ? moment : parse_moment(*text + "Z");
}

// Less than 0, 0 or more than 0; nothing when either is missing or they are of types that do not compare.
std::optional<int> order_of(const Value& a, const Value& b) {
  const auto sign = [](const auto& x, const auto& y) { return x < y ? -1 : y < x ? 1 : 0; };
  if (const auto* x = std::get_if<double>(&a), *y = std::get_if<double>(&b); x && y) return sign(*x, *y);
  if (const auto* x = std::get_if<std::string>(&a), *y = std::get_if<std::string>(&b); x && y) return sign(*x, *y);
  if (const auto* x = std::get_if<bool>(&a), *y = std::get_if<bool>(&b); x && y) return sign(*x, *y);
  if (!std::holds_alternative<Moment>(a) && !std::holds_alternative<Moment>(b)) return std::nullopt;
  const auto x = moment_in(a), y = moment_in(b);
  if (!x || !y) return std::nullopt;
  return expression::order_of(*x, *y);
}

Truth compared(Operation operation, const Value& a, const Value& b) {
  const auto order = order_of(a, b);
  if (!order) return Truth::unknown;
  switch (operation) {
    case Operation::equal:
      return truth_of(*order == 0);
    case Operation::not_equal:
      return truth_of(*order != 0);
    case Operation::less:
      return truth_of(*order < 0);
    case Operation::less_or_equal:
      return truth_of(*order <= 0);
    case Operation::greater:
      return truth_of(*order > 0);
    default:
      return truth_of(*order >= 0);
  }
}

Value calculated(Operation operation, const Value& a, const Value& b) {
  const auto *x = std::get_if<double>(&a), *y = std::get_if<double>(&b);
  if (x == nullptr || y == nullptr) return {};
  switch (operation) {
    case Operation::add:
      return number_or_missing(*x + *y);
    case Operation::subtract:
      return number_or_missing(*x - *y);
    case Operation::multiply:
      return number_or_missing(*x * *y);
    case Operation::divide:
      return *y == 0 ? Value() : number_or_missing(*x / *y);
    case Operation::modulo:
      return *y == 0 ? Value() : number_or_missing(std::fmod(*x, *y));
    case Operation::integer_divide:
      return *y == 0 ? Value() : number_or_missing(std::trunc(*x / *y));
    default:
      return number_or_missing(std::pow(*x, *y));
  }
}

Value changed_text(const Value& value, std::string (*change)(std::string_view)) {
  const auto* text = std::get_if<std::string>(&value);
  return text == nullptr ? Value() : Value(change(*text));
}

Truth matched(const Value& value, const Value& pattern) {
  const auto *text = std::get_if<std::string>(&value), *wanted = std::get_if<std::string>(&pattern);
  if (text == nullptr || wanted == nullptr) return Truth::unknown;
  return truth_of(is_like(*text, *wanted));
}

class Evaluation {
 public:
  explicit Evaluation(std::span<const Node> nodes) : nodes_(nodes) { results_.reserve(nodes.size()); }

  void add(const Node& node, std::span<const Variable> names, const Variables& variables) {
    if (node.operation == Operation::literal)
      results_.push_back(node.literal);
    else if (node.operation == Operation::variable)
      results_.push_back(value_of(variables.find(names[node.variable].name)));
    else if (node.operation == Operation::geometry)
      results_.emplace_back(true);  // it is there; its coordinates are for `related` alone
    else if (node.operation == Operation::spatial)
      results_.push_back(
          value_of(variables.related(node.relation, spatial_operand(node, 0, names), spatial_operand(node, 1, names))));
    else
      results_.push_back(result(node));
  }

  [[nodiscard]] Truth truth() const { return truth_in(results_.back()); }

 private:
  [[nodiscard]] const Value& operand(const Node& node, std::size_t index) const {
    return results_[node.operands[index]];
  }

  [[nodiscard]] SpatialOperand spatial_operand(const Node& node, std::size_t index,
                                               std::span<const Variable> names) const {
    const auto& operand = nodes_[node.operands[index]];
    if (operand.operation == Operation::geometry) return {.literal = operand.geometry};
    return {.variable = names[operand.variable].name};
  }

  [[nodiscard]] Value result(const Node& node) const {
    switch (node.operation) {
      case Operation::logical_and:
      case Operation::logical_or:
        return value_of(joined(node));
      case Operation::logical_not:
        return value_of(negation(truth_in(operand(node, 0))));
      case Operation::between:
        return value_of(conjunction(compared(Operation::greater_or_equal, operand(node, 0), operand(node, 1)),
                                    compared(Operation::less_or_equal, operand(node, 0), operand(node, 2))));
      case Operation::in_list:
        return value_of(listed(node));
      case Operation::like:
        return value_of(matched(operand(node, 0), operand(node, 1)));
      case Operation::is_null:
        return std::holds_alternative<std::monostate>(operand(node, 0));
      case Operation::negate:
        return calculated(Operation::subtract, Value(0.0), operand(node, 0));
      case Operation::case_folded:
        return changed_text(operand(node, 0), expression::case_folded);
      case Operation::accents_removed:
        return changed_text(operand(node, 0), expression::accents_removed);
      default:
        break;
    }
    if (node.operation >= Operation::equal && node.operation <= Operation::greater_or_equal)
      return value_of(compared(node.operation, operand(node, 0), operand(node, 1)));
    return calculated(node.operation, operand(node, 0), operand(node, 1));
  }

  [[nodiscard]] Truth joined(const Node& node) const {
    const bool all = node.operation == Operation::logical_and;
    Truth truth = truth_of(all);
    for (const auto number : node.operands)
      truth = all ? conjunction(truth, truth_in(results_[number])) : disjunction(truth, truth_in(results_[number]));
    return truth;
  }

  [[nodiscard]] Truth listed(const Node& node) const {
    Truth truth = Truth::no;
    for (std::size_t index = 1; index < node.operands.size(); ++index)
      truth = disjunction(truth, compared(Operation::equal, operand(node, 0), operand(node, index)));
    return truth;
  }

  std::span<const Node> nodes_;
  std::vector<Value> results_;  // one per node so far
};

}  // namespace

Truth Expression::evaluate(const Variables& variables) const {
  Evaluation evaluation(nodes_);
  for (const auto& node : nodes_) evaluation.add(node, variables_, variables);
  return evaluation.truth();
}

}  // namespace geoprio::expression
