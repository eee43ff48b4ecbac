#include "tileserver/service/geojson.hpp"

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

void append_position(std::string& text, DegreePoint point) {
  text.push_back('[');
  append_degrees(text, point.x);
  text.push_back(',');
  append_degrees(text, point.y);
  text.push_back(']');
}

void append_ring(std::string& text, const Ring<DegreePoint>& ring) {
  text.push_back('[');
  for (const auto point : ring.points) {
    append_position(text, point);
    text.push_back(',');
  }
  // RFC 7946 §3.1.6: the last position repeats the first.
  if (ring.points.empty()) {
    text.push_back(']');
    return;
  }
  append_position(text, ring.points.front());
  text.push_back(']');
}

void append_polygon(std::string& text, const Polygon<DegreePoint>& polygon) {
  text.push_back('[');
  append_ring(text, polygon.shell);
  for (const auto& hole : polygon.holes) {
    text.push_back(',');
    append_ring(text, hole);
  }
  text.push_back(']');
}

void append_shape(std::string& text, const DegreeShape& shape) {
  if (shape.polygons.empty()) {
    text += "null";
    return;
  }
  if (shape.polygons.size() == 1) {
    text += R"({"type":"Polygon","coordinates":)";
    append_polygon(text, shape.polygons.front());
    text.push_back('}');
    return;
  }
  text += R"({"type":"MultiPolygon","coordinates":[)";
  for (std::size_t number = 0; number < shape.polygons.size(); ++number) {
    if (number > 0) text.push_back(',');
    append_polygon(text, shape.polygons[number]);
  }
  text += "]}";
}

void append_lines(std::string& text, const DegreeLines& lines) {
  text += R"({"type":"MultiLineString","coordinates":[)";
  for (std::size_t line = 0; line < lines.lines.size(); ++line) {
    text += line == 0 ? "[" : ",[";
    for (std::size_t place = 0; place < lines.lines[line].size(); ++place) {
      if (place > 0) text.push_back(',');
      append_position(text, lines.lines[line][place]);
    }
    text.push_back(']');
  }
  text += "]}";
}

}  // namespace

void append_json_text(std::string& text, std::string_view value) {
  text.push_back('"');
  if (well_formed_utf8(value)) {
    for (const char letter : value) append_escaped(text, letter);
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

void append_degrees(std::string& text, std::int32_t units) {
  constexpr std::int64_t units_per_degree = 10'000'000;
  std::int64_t rest = units;
  if (rest < 0) {
    text.push_back('-');
    rest = -rest;
  }
  append_number(text, rest / units_per_degree);
  std::int64_t fraction = rest % units_per_degree;
  if (fraction == 0) return;
  text.push_back('.');
  for (std::int64_t place = units_per_degree / 10; fraction > 0; place /= 10) {
    text.push_back(static_cast<char>('0' + fraction / place));
    fraction %= place;
  }
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

void append_geometry(std::string& text, const domain::FeatureGeometry& geometry) {
  if (const auto* shape = std::get_if<DegreeShape>(&geometry)) {
    append_shape(text, *shape);
  } else if (const auto* point = std::get_if<DegreePoint>(&geometry)) {
    text += R"({"type":"Point","coordinates":)";
    append_position(text, *point);
    text.push_back('}');
  } else if (const auto* lines = std::get_if<DegreeLines>(&geometry)) {
    append_lines(text, *lines);
  } else {
    text += "null";
  }
}

void append_feature(std::string& text, const domain::Layer& layer, const domain::Feature& feature,
                    std::string_view more_members) {
  text += R"({"type":"Feature","id":)";
  append_json_text(text, feature.id);
  text += R"(,"geometry":)";
  append_geometry(text, feature.geometry);
  text += R"(,"properties":{)";
  for (std::size_t field = 0; field < layer.fields.size(); ++field) {
    if (field > 0) text.push_back(',');
    append_json_text(text, layer.fields[field].name);
    text.push_back(':');
    append_json_value(text, field < feature.values.size() ? feature.values[field] : AttributeValue());
  }
  text.push_back('}');
  text += more_members;
  text.push_back('}');
}

}  // namespace geoprio::service
