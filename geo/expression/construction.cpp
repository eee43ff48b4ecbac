// Expressions that nobody wrote as text, and what evaluating one costs.
#include <utility>

#include "geo/expression/expression.hpp"

namespace geoprio::expression {

Expression Expression::of_equalities(std::span<const std::pair<std::string, Value>> equalities) {
  std::vector<Node> nodes;
  std::vector<Variable> variables;
  std::vector<std::size_t> all;
  for (const auto& [name, value] : equalities) {
    nodes.push_back({.operation = Operation::variable, .variable = variables.size()});
    variables.push_back({name, 0});
    nodes.push_back({.operation = Operation::literal, .literal = value});
    nodes.push_back({.operation = Operation::equal, .operands = {nodes.size() - 2, nodes.size() - 1}});
    all.push_back(nodes.size() - 1);
  }
  if (all.size() > 1) nodes.push_back({.operation = Operation::logical_and, .operands = std::move(all)});
  return {std::string(), std::move(nodes), std::move(variables), {}};
}

std::size_t Expression::cost() const {
  constexpr std::size_t text_change = 16;
  constexpr std::size_t spatial_test = 100;
  std::size_t sum = 0;
  for (const auto& node : nodes_) {
    ++sum;
    if (node.operation == Operation::case_folded || node.operation == Operation::accents_removed) sum += text_change;
    if (node.operation == Operation::spatial) sum += spatial_test;
    if (node.operation != Operation::like) continue;
    const auto* pattern = std::get_if<std::string>(&nodes_[node.operands[1]].literal);
    sum += pattern == nullptr ? text_change : pattern->size();
  }
  return sum;
}

}  // namespace geoprio::expression
