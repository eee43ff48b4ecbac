#include "tileserver/service/json_filter.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

namespace geoprio::service {
namespace {

using expression::Expression;
using expression::JsonValue;
using expression::ParseFailure;

// An operation is an object that holds a list: two levels of JSON for one of the condition, and a geometry has seven
// of its own.
constexpr std::size_t deepest_json = 2 * Expression::deepest_nesting + 16;

/// Nothing when it is nested too deep. Numbers are doubles, as everywhere in conditions.
std::optional<JsonValue> tree_of(const nlohmann::ordered_json& json, std::size_t depth) {
  if (depth > deepest_json) return std::nullopt;
  if (json.is_boolean()) return JsonValue{json.get<bool>()};
  if (json.is_number()) return JsonValue{json.get<double>()};
  if (json.is_string()) return JsonValue{json.get<std::string>()};
  if (json.is_array()) {
    JsonValue::List list;
    for (const auto& element : json) {
      auto value = tree_of(element, depth + 1);
      if (!value) return std::nullopt;
      list.push_back(*std::move(value));
    }
    return JsonValue{std::move(list)};
  }
  if (json.is_object()) {
    JsonValue::Object object;
    for (const auto& [name, member] : json.items()) {
      auto value = tree_of(member, depth + 1);
      if (!value) return std::nullopt;
      object.emplace_back(name, *std::move(value));
    }
    return JsonValue{std::move(object)};
  }
  return JsonValue{};
}

Unexpected<ParseFailure> failure(std::string french, std::string english) {
  return {ParseFailure{0, {std::move(french), std::move(english)}}};
}

}  // namespace

Result<Expression, ParseFailure> json_filter(std::string_view text) {
  if (text.size() > Expression::longest_text) {
    const auto limit = std::to_string(Expression::longest_text);
    return failure("la condition dépasse " + limit + " octets", "the condition is longer than " + limit + " bytes");
  }
  const auto json = nlohmann::ordered_json::parse(text, nullptr, false);
  if (json.is_discarded()) return failure("ce n'est pas un document JSON", "this is no JSON document");
  const auto tree = tree_of(json, 0);
  if (!tree) {
    const auto limit = std::to_string(Expression::deepest_nesting);
    return failure("la condition est imbriquée sur plus de " + limit + " niveaux",
                   "the condition is nested more than " + limit + " levels deep");
  }
  return Expression::of_tree(*tree, std::string(text));
}

}  // namespace geoprio::service
