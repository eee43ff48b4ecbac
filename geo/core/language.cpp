#include "geo/core/language.hpp"

#include <cstdlib>
#include <string_view>

namespace geoprio {

Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
      return std::string_view(value).substr(0, 2) == "en" ? Language::english : Language::french;
  return Language::french;
}

}  // namespace geoprio
