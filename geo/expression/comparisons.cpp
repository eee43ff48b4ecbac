#include "geo/expression/comparisons.hpp"

#include <algorithm>
#include <variant>

namespace geoprio::expression {
namespace {

bool compares(Operation operation) {
  switch (operation) {
    case Operation::equal:
    case Operation::not_equal:
    case Operation::less:
    case Operation::less_or_equal:
    case Operation::greater:
    case Operation::greater_or_equal:
    case Operation::between:
    case Operation::in_list:
      return true;
    default:
      return false;
  }
}

bool needs_no_number(Operation operation) {
  return operation == Operation::is_null || operation == Operation::logical_and || operation == Operation::logical_or ||
         operation == Operation::logical_not;
}

class Reading {
 public:
  Reading(const Expression& condition, std::string_view variable) : condition_(condition), variable_(variable) {}

  Comparisons run() {
    for (const auto& node : condition_.nodes()) {
      const bool used = std::ranges::any_of(node.operands, [&](std::size_t operand) { return is_variable(operand); });
      if (!used || needs_no_number(node.operation)) continue;
      if (!compares(node.operation)) {
        result_.plain = false;
        continue;
      }
      for (const auto operand : node.operands)
        if (!is_variable(operand)) note(operand);
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool is_variable(std::size_t number) const {
    const auto& node = condition_.nodes()[number];
    return node.operation == Operation::variable && condition_.variables()[node.variable].name == variable_;
  }

  void note(std::size_t number) {
    const auto& node = condition_.nodes()[number];
    if (node.operation == Operation::variable)
      result_.names.push_back(condition_.variables()[node.variable].name);
    else if (const auto* value = std::get_if<double>(&node.literal))  // with its sign: the parser makes it one number
      result_.numbers.push_back(*value);
    else if (node.operation != Operation::literal)  // TRUE and FALSE part nothing
      result_.plain = false;
  }

  const Expression& condition_;
  std::string_view variable_;
  Comparisons result_;
};

}  // namespace

Comparisons comparisons_of(const Expression& condition, std::string_view variable) {
  return Reading(condition, variable).run();
}

}  // namespace geoprio::expression
