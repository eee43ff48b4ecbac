// A filter in CQL2 JSON (OGC 21-065r2, annex C), read from its text.
#pragma once

#include <string_view>

#include "geo/expression/expression.hpp"

namespace geoprio::service {

/// The condition, or why the text is none: no JSON, too long, too deep, or no CQL2.
[[nodiscard]] Result<expression::Expression, expression::ParseFailure> json_filter(std::string_view text);

}  // namespace geoprio::service
