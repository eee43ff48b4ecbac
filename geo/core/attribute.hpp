// What a feature says of itself, typed; absent means unknown.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <variant>

namespace geoprio {

/// monostate: unknown. Left out of tiles, null in GeoJSON, an empty CSV cell.
using AttributeValue = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

enum class FieldType { boolean, integer, real, text };

struct Field {
  std::string name;
  FieldType type = FieldType::text;
  bool operator==(const Field&) const = default;

  static auto members(auto& self) { return std::tie(self.name, self.type); }
};

}  // namespace geoprio
