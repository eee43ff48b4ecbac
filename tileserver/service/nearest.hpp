// "Did you mean…": the name that somebody probably meant.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace geoprio::service {

/// The candidate nearest to `asked` (see `nearest_name`); else one that ends in a full stop and `asked` (`2014.tiers`
/// for `tiers`); else nothing. Nothing either among more than 5,000 candidates: a typo is not worth the time.
[[nodiscard]] std::optional<std::string> nearest(std::string_view asked, std::span<const std::string> candidates);

}  // namespace geoprio::service
