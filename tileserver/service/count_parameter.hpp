// Parameters that count: `limit`, `offset`.
#pragma once

#include <cstdint>
#include <string_view>

#include "geo/core/result.hpp"
#include "tileserver/service/problem.hpp"
#include "tileserver/service/query.hpp"

namespace geoprio::service {

/// A whole number written in digits alone, from `lowest`, or `otherwise` where it is absent; what is too great for 64
/// bits counts as the greatest.
[[nodiscard]] Result<std::uint64_t, Problem> count_of(const Query& query, std::string_view parameter,
                                                      std::uint64_t lowest, std::uint64_t otherwise);

}  // namespace geoprio::service
