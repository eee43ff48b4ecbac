#include "tileserver/service/geojson.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <variant>

#include "tileserver/service/percent.hpp"

namespace geoprio::service {
namespace {

template <class Number>
void append_number(std::string& text, Number number) {
  std::array<char, 32> digits{};
  const auto [end, fault] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  text.append(digits.data(), end);
}

bool needs_escape(char letter) { return letter == '"' || letter == '\\' || static_cast<unsigned char>(letter) < 0x20; }

void append_escaped(std::string& text, char letter) {
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  switch (letter) {
    case '"':
      text += "\\\"";
      return;
    case '\\':
      text += "\\\\";
      return;
    case '\n':
      text += "\\n";
      return;
    case '\r':
      text += "\\r";
      return;
    case '\t':
      text += "\\t";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(letter);
  if (byte < 0x20) {
    text += "\\u00";
    text.push_back(hexadecimal[byte >> 4U]);
    text.push_back(hexadecimal[byte & 15U]);
  } else {
    text.push_back(letter);
  }
}

}  // namespace

void append_json_text(std::string& text, std::string_view value) {
  text.push_back('"');
  if (well_formed_utf8(value)) {
    // What needs no escape, which is nearly everything, is copied at once.
    while (!value.empty()) {
      const auto plain = std::find_if(value.begin(), value.end(), needs_escape);
      text.append(value.begin(), plain);
      value.remove_prefix(static_cast<std::size_t>(plain - value.begin()));
      if (value.empty()) break;
      append_escaped(text, value.front());
      value.remove_prefix(1);
    }
  } else {
    for (const char letter : value) {
      if (static_cast<unsigned char>(letter) < 0x80)
        append_escaped(text, letter);
      else
        text += "\xEF\xBF\xBD";
    }
  }
  text.push_back('"');
}

void append_json_value(std::string& text, const AttributeValue& value) {
  if (const auto* words = std::get_if<std::string>(&value)) {
    append_json_text(text, *words);
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    append_number(text, *integer);
  } else if (const auto* real = std::get_if<double>(&value); real != nullptr && std::isfinite(*real)) {
    append_number(text, *real);
  } else if (const auto* truth = std::get_if<bool>(&value)) {
    text += *truth ? "true" : "false";
  } else {
    text += "null";
  }
}

std::optional<projection::ReprojectionFailure> append_feature(std::string& text, const domain::Layer& layer,
                                                              const domain::Feature& feature, const FeatureForm& form,
                                                              std::string_view more_members) {
  text += R"({"type":"Feature","id":)";
  append_json_text(text, feature.id);
  text += R"(,"geometry":)";
  if (auto failure = form.geometry.append(text, feature.geometry)) return failure;
  text += R"(,"properties":{)";
  for (std::size_t field = 0; field < layer.fields.size(); ++field) {
    if (!form.holds(field)) continue;
    if (text.back() != '{') text.push_back(',');
    append_json_text(text, layer.fields[field].name);
    text.push_back(':');
    append_json_value(text, field < feature.values.size() ? feature.values[field] : AttributeValue());
  }
  text.push_back('}');
  text += more_members;
  text.push_back('}');
  return std::nullopt;
}

}  // namespace geoprio::service
