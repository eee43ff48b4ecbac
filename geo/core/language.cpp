#include "geo/core/language.hpp"

#include <cstdlib>
#include <string_view>

namespace geoprio {

Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    // NOLINTNEXTLINE(concurrency-mt-unsafe): asked at the start, before there are threads, and nothing sets it
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
      return std::string_view(value).substr(0, 2) == "en" ? Language::english : Language::french;
  return Language::french;
}

}  // namespace geoprio
