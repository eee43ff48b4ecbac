// Small XML documents, written element by element.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace geoprio::service {

/// `text` as it stands between tags and in an attribute's quotes, in XML and in HTML, without what XML does not allow.
[[nodiscard]] std::string escaped_markup(std::string_view text);

/// Elements are closed in the order in which they were opened; what is given is escaped, and characters that XML 1.0
/// does not allow are left out.
class XmlWriter {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string>>;

  /// `beginning`: what stands before the first element, as it is.
  explicit XmlWriter(std::string beginning) : text_(std::move(beginning)) {}

  void open(std::string_view name, Attributes attributes = {});
  void close();
  /// An element with nothing in it.
  void empty(std::string_view name, Attributes attributes);
  /// An element with a text in it.
  void text(std::string_view name, std::string_view text, Attributes attributes = {});

  /// The document; every element must be closed.
  [[nodiscard]] std::string written() && { return std::move(text_); }

 private:
  void begin(std::string_view name, Attributes attributes, std::string_view end);

  std::string text_;
  std::vector<std::string> open_;
};

}  // namespace geoprio::service
