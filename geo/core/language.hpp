// The language of messages and reports: French unless the environment says English.
#pragma once

#include <string>

#include "geo/core/bilingual.hpp"

namespace geoprio {

enum class Language { french, english };

/// By LC_ALL, LC_MESSAGES, LANG, the first that is set: English when it starts with `en`, French otherwise.
Language language_of_environment();

inline const std::string& in(Language language, const BilingualText& text) {
  return language == Language::english ? text.english : text.french;
}

}  // namespace geoprio
