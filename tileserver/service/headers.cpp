#include "tileserver/service/headers.hpp"

#include <algorithm>

namespace geoprio::service {
namespace {

constexpr char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

std::optional<std::string_view> value_of(const std::vector<Header>& fields, std::string_view name) {
  for (const auto& field : fields)
    if (equal_ignoring_case(field.name, name)) return field.value;
  return std::nullopt;
}

}  // namespace

FixedHeaders::FixedHeaders(std::vector<Header> fields) : fields_(std::move(fields)) {
  for (const auto& [name, value] : fields_) wire_.append(name).append(": ").append(value).append("\r\n");
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  return left.size() == right.size() &&
         std::equal(left.begin(), left.end(), right.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  if (fixed_)
    if (const auto value = value_of(fixed_->fields(), name)) return value;
  return value_of(fields_, name);
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
