// The two tiers that exist under any rules, and which tier land has where quarters overlap.
#pragma once

#include <optional>
#include <string_view>

namespace geoprio::domain {

/// In no tier: published without a rank.
inline constexpr std::string_view outside_tier = "outside";
/// Data are missing: never to be confused with `outside`. Published without a rank.
inline constexpr std::string_view undetermined_tier = "undetermined";

/// True when land in both a quarter of tier `a` and one of tier `b` belongs to `a`: the lowest rank, then tiers without
/// a rank, then `undetermined`, then `outside`; codes in byte order break ties, so that a load never depends on order.
[[nodiscard]] constexpr bool prevails(std::string_view a, std::optional<int> rank_of_a, std::string_view b,
                                      std::optional<int> rank_of_b) noexcept {
  const auto step = [](std::string_view code, const std::optional<int>& rank) {
    if (code == outside_tier) return 3;
    if (code == undetermined_tier) return 2;
    return rank ? 0 : 1;
  };
  const int step_of_a = step(a, rank_of_a);
  const int step_of_b = step(b, rank_of_b);
  if (step_of_a != step_of_b) return step_of_a < step_of_b;
  if (step_of_a == 0 && *rank_of_a != *rank_of_b) return *rank_of_a < *rank_of_b;
  return a < b;
}

}  // namespace geoprio::domain
