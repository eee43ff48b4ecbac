// How many features one page holds.
#pragma once

#include <cstdint>

namespace geoprio::service {

inline constexpr std::uint64_t usual_limit = 100;
inline constexpr std::uint64_t highest_limit = 10'000;

}  // namespace geoprio::service
