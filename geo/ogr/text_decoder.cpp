#include "geo/ogr/text_decoder.hpp"

#include <utility>

#include "geo/ogr/gdal.hpp"

namespace geoprio::ogr {

namespace {

constexpr const char* windows_western = "CP1252";

std::string recoded(const std::string& bytes, const char* encoding) {
  const CaughtMessages quiet;  // an unmapped byte becomes a question mark; GDAL would warn each time
  const TextHandle text(CPLRecode(bytes.c_str(), encoding, CPL_ENC_UTF8));
  return text ? text.get() : "";
}

bool is_utf8(const std::string& text) { return CPLIsUTF8(text.c_str(), static_cast<int>(text.size())) != 0; }

}  // namespace

std::optional<TextDecoder> TextDecoder::make(const std::string& encoding) {
  const CaughtMessages quiet;
  if (!encoding.empty() && CPLCanRecode("A", encoding.c_str(), CPL_ENC_UTF8) == 0) return std::nullopt;
  return TextDecoder(encoding);
}

std::string TextDecoder::text(std::string_view bytes) {
  static constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  std::string text(bytes);
  if (!encoding_.empty()) return recoded(text, encoding_.c_str());
  if (is_utf8(text)) return text;
  guessed_ = true;
  return recoded(text, windows_western);
}

}  // namespace geoprio::ogr
