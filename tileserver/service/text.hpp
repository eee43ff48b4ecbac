// What is said to people, in the two languages that the server speaks.
#pragma once

#include <string>

namespace geoprio::service {

enum class Language { french, english };

/// One sentence in both languages: chosen when the answer is written, so that what finds a fault need not know who
/// asks.
struct Text {
  std::string french;
  std::string english;

  [[nodiscard]] const std::string& in(Language language) const {
    return language == Language::english ? english : french;
  }
  bool operator==(const Text&) const = default;
};

}  // namespace geoprio::service
