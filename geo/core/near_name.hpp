// "Did you mean …?": the known name that a mistyped one was most likely meant to be.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "geo/core/bilingual.hpp"

namespace geoprio {

/// The name of `names` that is nearest to `written`: insertions, deletions, substitutions and swaps of neighbours count
/// one each (optimal string alignment), ASCII case counts nothing. Ties go to the first of `names`. Nothing when even
/// the nearest differs by more than a third of its length (at least one edit is allowed), or when `written` is longer
/// than 64 bytes.
std::optional<std::string> nearest_name(std::string_view written, std::span<const std::string> names);

/// " Did you mean “…”?" with the space before it, to end a sentence with; both texts are empty when no name is near.
BilingualText did_you_mean(std::string_view written, std::span<const std::string> names);

}  // namespace geoprio
