// What the members of documents are called on pages.
#pragma once

#include <string_view>

#include "tileserver/service/text.hpp"

namespace geoprio::service {

/// The name of a member, or the member itself where it has none.
[[nodiscard]] Text word_for(std::string_view member);

}  // namespace geoprio::service
