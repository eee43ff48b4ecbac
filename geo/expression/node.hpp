// The tree of a condition, laid flat: every node stands after its operands, so that walking it needs no recursion.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "geo/expression/spatial.hpp"

namespace geoprio::expression {

/// A day or an instant in UTC, as text that compares in order of time: `2015-01-01` or `2015-01-01T12:30:00[.25]`.
struct Moment {
  std::string text{};
  bool operator==(const Moment&) const = default;
};

/// monostate: missing.
using Value = std::variant<std::monostate, bool, double, std::string, Moment>;

enum class ValueType { any, boolean, number, text, moment, geometry };

/// What a node does with its operands. To add a predicate: an enumerator here, its syntax in parser.cpp, its types in
/// types.cpp and its meaning in evaluation.cpp.
enum class Operation {
  literal,      // no operand; `literal`
  variable,     // no operand; `variable`
  geometry,     // no operand; `geometry`
  logical_and,  // two or more
  logical_or,   // two or more
  logical_not,  // one
  equal,
  not_equal,
  less,
  less_or_equal,
  greater,
  greater_or_equal,  // two
  between,           // value, low, high: both ends included
  in_list,           // value, then one or more
  like,              // text, pattern: % any text, _ any character, \ before either takes it as it is
  is_null,           // one
  add,
  subtract,
  multiply,
  divide,
  modulo,
  integer_divide,
  power,            // two
  negate,           // one
  case_folded,      // one: CASEI
  accents_removed,  // one: ACCENTI
  spatial,          // two geometries; `relation`
};

struct Node {
  Operation operation = Operation::literal;
  std::size_t position = 0;             ///< the byte of the text that a message should point to
  std::vector<std::size_t> operands{};  ///< numbers of nodes, all smaller than this one's
  Value literal{};
  std::size_t variable = 0;  ///< number among Expression::variables
  std::size_t geometry = 0;  ///< number among Expression::geometries
  SpatialRelation relation = SpatialRelation::intersects;
};

/// A name that a condition uses, and where first.
struct Variable {
  std::string name{};
  std::size_t position = 0;
};

}  // namespace geoprio::expression
