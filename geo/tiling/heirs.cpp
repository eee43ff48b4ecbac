#include "geo/tiling/heirs.hpp"

#include <algorithm>

namespace geoprio::tiling {

void Heirs::count(Sides sides, std::size_t points) {
  for (const auto& [left, right] : {sides, sides.turned()})
    if (is_absent(left) && !is_absent(right)) shared_[left][right] += points;
}

bool Heirs::is_absent(Group group) const { return std::ranges::binary_search(absent_, group); }

Group Heirs::heir(Group group) const {
  if (!is_absent(group)) return group;
  const auto found = shared_.find(group);
  if (found == shared_.end()) return no_group;
  return std::ranges::max_element(found->second, {}, [](const auto& entry) { return entry.second; })->first;
}

}  // namespace geoprio::tiling
