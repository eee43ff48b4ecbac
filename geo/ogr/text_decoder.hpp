// Texts of a source as UTF-8, whatever it was written in. Private to geo/ogr.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace geoprio::ogr {

class TextDecoder {
 public:
  /// Nothing when the name is no encoding that GDAL can read. Empty: the texts are said to be UTF-8.
  static std::optional<TextDecoder> make(const std::string& encoding);

  /// UTF-8 without a byte order mark. Bytes that are not UTF-8, from a source that does not say its encoding, are read
  /// as CP1252: French accents of the last thirty years, and it reads any byte.
  [[nodiscard]] std::string text(std::string_view bytes);

  /// True once a text had to be read as CP1252.
  [[nodiscard]] bool guessed() const noexcept { return guessed_; }

 private:
  explicit TextDecoder(std::string encoding) : encoding_(std::move(encoding)) {}
  std::string encoding_;
  bool guessed_ = false;
};

}  // namespace geoprio::ogr
