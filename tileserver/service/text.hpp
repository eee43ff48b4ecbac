// Which of the two languages that the server speaks a reader is answered in.
#pragma once

#include <string>

#include "geo/core/bilingual.hpp"

namespace geoprio::service {

enum class Language { french, english };

/// Both languages at once: chosen when the answer is written, so that what finds a fault need not know who asks.
using Text = BilingualText;

[[nodiscard]] inline const std::string& in(Language language, const Text& text) {
  return language == Language::english ? text.english : text.french;
}

}  // namespace geoprio::service
