// A JSON tree as plain values: who reads the text is no business of conditions.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace geoprio::expression {

struct JsonValue {
  using List = std::vector<JsonValue>;
  using Object = std::vector<std::pair<std::string, JsonValue>>;
  std::variant<std::monostate, bool, double, std::string, List, Object> value{};

  template <class Kind>
  [[nodiscard]] const Kind* as() const {
    return std::get_if<Kind>(&value);
  }
  /// The member of that name; null when there is none, or this is no object.
  [[nodiscard]] const JsonValue* member(std::string_view name) const {
    if (const auto* object = as<Object>())
      for (const auto& [key, one] : *object)
        if (key == name) return &one;
    return nullptr;
  }
};

}  // namespace geoprio::expression
