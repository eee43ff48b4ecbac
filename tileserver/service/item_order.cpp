#include "tileserver/service/item_order.hpp"

#include <algorithm>
#include <utility>

#include "tileserver/service/layer_schema.hpp"

namespace geoprio::service {
namespace {

Problem repeated_property(std::string_view parameter, std::string_view name) {
  return {.status = 400,
          .kind = "repeated-property",
          .detail = {"La propriété « " + std::string(name) + " » est nommée deux fois.",
                     "The property “" + std::string(name) + "” is named twice."},
          .parameter = std::string(parameter),
          .value = std::string(name)};
}

Problem too_many_keys(std::string_view list) {
  const auto most = std::to_string(most_sort_keys);
  return {.status = 400,
          .kind = "too-many-keys",
          .detail = {"On trie par " + most + " propriétés au plus.",
                     "Items are sorted by " + most + " properties at most."},
          .parameter = "sortby",
          .value = std::string(list)};
}

bool is_missing(const AttributeValue& value) { return std::holds_alternative<std::monostate>(value); }

}  // namespace

Result<std::vector<SortKey>, Problem> sort_keys(const Query& query, const domain::Layer& layer) {
  std::vector<SortKey> keys;
  const auto list = query.find("sortby");
  if (!list) return keys;
  for (const auto& written : names_listed(*list)) {
    std::string_view name = written;
    const bool descending = name.starts_with('-');
    if (descending || name.starts_with(' ') || name.starts_with('+')) name.remove_prefix(1);
    const auto field = field_named(layer, name, "sortby");
    if (!field) return Unexpected{field.error()};
    if (std::any_of(keys.begin(), keys.end(), [&](const SortKey& key) { return key.field == *field; }))
      return Unexpected{repeated_property("sortby", name)};
    if (keys.size() == most_sort_keys) return Unexpected{too_many_keys(*list)};
    keys.push_back({*field, descending});
  }
  return keys;
}

void sort_places(std::vector<std::size_t>& places, const domain::Layer& layer, const std::vector<SortKey>& keys) {
  if (keys.empty()) return;
  struct Row {
    std::size_t place;
    std::vector<AttributeValue> values;
  };
  std::vector<Row> rows;
  rows.reserve(places.size());
  for (const auto place : places) {
    auto& row = rows.emplace_back(Row{place, {}});
    for (const auto& key : keys) row.values.push_back(layer.features.value(place, key.field));
  }
  std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    for (std::size_t number = 0; number < keys.size(); ++number) {
      const auto &left = a.values[number], &right = b.values[number];
      if (left == right) continue;
      if (is_missing(left) || is_missing(right)) return is_missing(right);
      return keys[number].descending ? right < left : left < right;
    }
    return false;
  });
  std::transform(rows.begin(), rows.end(), places.begin(), [](const Row& row) { return row.place; });
}

Result<std::optional<std::vector<bool>>, Problem> selected_fields(const Query& query, const domain::Layer& layer) {
  using Selected = std::optional<std::vector<bool>>;
  const auto list = query.find("properties");
  if (!list) return Selected();
  std::vector<bool> selected(layer.fields.size());
  for (const auto& name : names_listed(*list)) {
    const auto field = field_named(layer, name, "properties");
    if (!field) return Unexpected{field.error()};
    if (selected[*field]) return Unexpected{repeated_property("properties", name)};
    selected[*field] = true;
  }
  return Selected(std::move(selected));
}

}  // namespace geoprio::service
