#include "tileserver/service/nearest.hpp"

#include "geo/core/near_name.hpp"

namespace geoprio::service {

std::optional<std::string> nearest(std::string_view asked, std::span<const std::string> candidates) {
  constexpr std::size_t most_candidates = 5000;
  if (asked.empty() || candidates.size() > most_candidates) return std::nullopt;
  if (auto name = nearest_name(asked, candidates)) return name;
  for (const auto& candidate : candidates)
    if (candidate.size() > asked.size() && candidate.ends_with(asked) &&
        candidate[candidate.size() - asked.size() - 1] == '.')
      return candidate;
  return std::nullopt;
}

}  // namespace geoprio::service
