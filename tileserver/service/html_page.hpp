// A document as a page for people: the same members, named in the reader's language, with a map and links to copy.
#pragma once

#include <string>

#include "tileserver/service/document.hpp"

namespace geoprio::service {

/// HTML in `language_of(exchange)`. Every text of the document is escaped; only http addresses become links.
[[nodiscard]] std::string html_page(const Exchange& exchange, const Document& document, const Preview& preview);

}  // namespace geoprio::service
