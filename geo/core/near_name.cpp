#include "geo/core/near_name.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

#include "geo/core/ascii_case.hpp"

namespace geoprio {
namespace {

// What a person mistypes is short; the bound keeps a hostile key from costing a quadratic comparison.
constexpr std::size_t longest_name = 64;

std::size_t edit_distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, longest_name + 1>;
  Row before_last{}, last{}, current{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = ascii_lower(a[i - 1]) == ascii_lower(b[j - 1]);
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
      if (i > 1 && j > 1 && ascii_lower(a[i - 1]) == ascii_lower(b[j - 2]) &&
          ascii_lower(a[i - 2]) == ascii_lower(b[j - 1]))
        current[j] = std::min(current[j], before_last[j - 2] + 1);
    }
    before_last = last;
    last = current;
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string> nearest_name(std::string_view written, std::span<const std::string> names) {
  if (written.empty() || written.size() > longest_name) return std::nullopt;
  const std::string* nearest = nullptr;
  std::size_t smallest = std::numeric_limits<std::size_t>::max();
  for (const auto& name : names) {
    if (name.empty() || name.size() > longest_name) continue;
    const auto distance = edit_distance(written, name);
    const auto allowed = std::max<std::size_t>(1, name.size() / 3);
    if (distance > allowed || distance >= smallest) continue;
    // A name that shares nothing ("x" for "y") is no suggestion.
    if (distance >= std::max(written.size(), name.size())) continue;
    nearest = &name;
    smallest = distance;
  }
  if (nearest == nullptr) return std::nullopt;
  return *nearest;
}

BilingualText did_you_mean(std::string_view written, std::span<const std::string> names) {
  const auto near = nearest_name(written, names);
  if (!near) return {};
  return {" Vouliez-vous dire « " + *near + " » ?", " Did you mean “" + *near + "”?"};
}

}  // namespace geoprio
