// Names compared without regard to case, as field names and codes of published files are.
#pragma once

#include <string>
#include <string_view>

namespace geoprio {

/// A to Z as a to z, every other byte as it is.
constexpr char ascii_lower(char letter) noexcept {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

inline std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (auto& letter : lower) letter = ascii_lower(letter);
  return lower;
}

}  // namespace geoprio
