// What a condition compares a variable with: where its answer may change.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/expression/expression.hpp"

namespace geoprio::expression {

struct Comparisons {
  std::vector<double> numbers;     ///< written beside the variable, in no order, perhaps repeatedly
  std::vector<std::string> names;  ///< of the variables that it is compared with
  /// Nothing else is done with it: between two neighbours of what it is compared with, the condition's answer stays.
  bool plain = true;
};

/// Of every comparison, BETWEEN and IN that has the variable on a side. IS NULL and logic need no number.
[[nodiscard]] Comparisons comparisons_of(const Expression& condition, std::string_view variable);

}  // namespace geoprio::expression
