// Days and instants as conditions write them.
#pragma once

#include <optional>
#include <string_view>

#include "geo/expression/node.hpp"

namespace geoprio::expression {

/// The moment that `text` writes: `YYYY-MM-DD`, or `YYYY-MM-DDThh:mm:ss[.fraction]Z` (RFC 3339, UTC; 21-065r2
/// dateInstant and timestampInstant). Nothing for any other text.
[[nodiscard]] std::optional<Moment> parse_moment(std::string_view text);

/// True for a day, false for an instant.
[[nodiscard]] inline bool is_day(const Moment& moment) { return moment.text.size() == 10; }

/// Less than 0, 0, or more than 0 as `a` comes before, with or after `b`. A day and an instant are compared by day.
[[nodiscard]] int order_of(const Moment& a, const Moment& b);

}  // namespace geoprio::expression
