#include "tileserver/service/headers.hpp"

#include <algorithm>

namespace geoprio::service {
namespace {

constexpr char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

}  // namespace

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const auto& field : fields_)
    if (equal_ignoring_case(field.name, name)) return field.value;
  return std::nullopt;
}

void Headers::set(std::string_view name, std::string value) {
  for (auto& field : fields_) {
    if (!equal_ignoring_case(field.name, name)) continue;
    field.value = std::move(value);
    return;
  }
  fields_.push_back({std::string(name), std::move(value)});
}

void Headers::append(std::string_view name, std::string_view value) {
  for (auto& field : fields_) {
    if (!equal_ignoring_case(field.name, name)) continue;
    field.value.append(", ").append(value);
    return;
  }
  fields_.push_back({std::string(name), std::string(value)});
}

}  // namespace geoprio::service
