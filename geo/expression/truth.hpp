// SQL's three truth values (ISO 9075-2, 6.39): a comparison with a missing value is neither true nor false.
#pragma once

namespace geoprio::expression {

enum class Truth { no, unknown, yes };

[[nodiscard]] constexpr Truth truth_of(bool value) noexcept { return value ? Truth::yes : Truth::no; }
/// NOT unknown is unknown.
[[nodiscard]] constexpr Truth negation(Truth value) noexcept {
  return value == Truth::unknown ? value : truth_of(value == Truth::no);
}
/// False if either is false, whatever the other.
[[nodiscard]] constexpr Truth conjunction(Truth a, Truth b) noexcept { return a < b ? a : b; }
/// True if either is true, whatever the other.
[[nodiscard]] constexpr Truth disjunction(Truth a, Truth b) noexcept { return a < b ? b : a; }

}  // namespace geoprio::expression
