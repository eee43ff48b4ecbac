#include "tileserver/service/xml_writer.hpp"

namespace geoprio::service {
std::string escaped_markup(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    switch (letter) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        // XML 1.0 §2.2: of the control characters, tabulator and ends of lines alone.
        if (static_cast<unsigned char>(letter) >= 0x20 || letter == '\t' || letter == '\n' || letter == '\r')
          result.push_back(letter);
    }
  }
  return result;
}

void XmlWriter::begin(std::string_view name, Attributes attributes, std::string_view end) {
  text_.append(2 * open_.size(), ' ').append("<").append(name);
  for (const auto& [attribute, value] : attributes)
    text_.append(" ").append(attribute).append("=\"").append(escaped_markup(value)).append("\"");
  text_.append(end);
}

void XmlWriter::open(std::string_view name, Attributes attributes) {
  begin(name, attributes, ">\n");
  open_.emplace_back(name);
}

void XmlWriter::close() {
  const auto name = std::move(open_.back());
  open_.pop_back();
  text_.append(2 * open_.size(), ' ').append("</").append(name).append(">\n");
}

void XmlWriter::empty(std::string_view name, Attributes attributes) { begin(name, attributes, "/>\n"); }

void XmlWriter::text(std::string_view name, std::string_view text, Attributes attributes) {
  begin(name, attributes, ">");
  text_.append(escaped_markup(text)).append("</").append(name).append(">\n");
}

}  // namespace geoprio::service
