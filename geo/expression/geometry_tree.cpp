#include "geo/expression/geometry_tree.hpp"

#include <array>
#include <utility>

#include "geo/expression/geometry_parser.hpp"

namespace geoprio::expression {
namespace {

using Geometry = AnyGeometry<SourceCoordinate>;
using List = JsonValue::List;

struct KindName {
  std::string_view name;
  GeometryKind kind;
  int depth;  ///< of lists around a position: 0 for a point
};
constexpr std::array<KindName, 7> kind_names = {{{"Point", GeometryKind::point, 0},
                                                 {"LineString", GeometryKind::line, 1},
                                                 {"Polygon", GeometryKind::polygon, 2},
                                                 {"MultiPoint", GeometryKind::multi_point, 1},
                                                 {"MultiLineString", GeometryKind::multi_line, 2},
                                                 {"MultiPolygon", GeometryKind::multi_polygon, 3},
                                                 {"GeometryCollection", GeometryKind::collection, 0}}};

const KindName* kind_named(const JsonValue& value) {
  const auto* type = value.member("type");
  const auto* name = type == nullptr ? nullptr : type->as<std::string>();
  if (name == nullptr) return nullptr;
  for (const auto& kind : kind_names)
    if (kind.name == *name) return &kind;
  return nullptr;
}

/// Two numbers, or three of which the height is dropped.
std::optional<SourceCoordinate> position_of(const JsonValue& value) {
  const auto* numbers = value.as<List>();
  if (numbers == nullptr || numbers->size() < 2 || numbers->size() > 3) return std::nullopt;
  for (const auto& number : *numbers)
    if (number.as<double>() == nullptr) return std::nullopt;
  return SourceCoordinate{*(*numbers)[0].as<double>(), *(*numbers)[1].as<double>()};
}

/// A list of what `one` reads; it is not empty.
template <class One>
auto list_of(const JsonValue& value, One one) -> std::optional<std::vector<typename decltype(one(value))::value_type>> {
  const auto* list = value.as<List>();
  if (list == nullptr || list->empty()) return std::nullopt;
  std::vector<typename decltype(one(value))::value_type> result;
  for (const auto& element : *list) {
    auto read = one(element);
    if (!read) return std::nullopt;
    result.push_back(*std::move(read));
  }
  return result;
}

auto line_of(const JsonValue& value) { return list_of(value, position_of); }
auto lines_of(const JsonValue& value) { return list_of(value, line_of); }
auto parts_of(const JsonValue& value) { return list_of(value, lines_of); }

/// A geometry that holds positions, its lists made as deep as parts are.
std::optional<Geometry> simple_geometry(const KindName& kind, const JsonValue& coordinates) {
  Geometry result{.kind = kind.kind};
  if (kind.kind == GeometryKind::point) {
    const auto place = position_of(coordinates);
    if (!place) return std::nullopt;
    result.parts = {{{*place}}};
  } else if (kind.depth == 1) {
    auto line = line_of(coordinates);
    if (!line) return std::nullopt;
    if (kind.kind == GeometryKind::line)
      result.parts = {{*std::move(line)}};
    else
      for (const auto place : *line) result.parts.push_back({{place}});
  } else if (kind.depth == 2) {
    auto lines = lines_of(coordinates);
    if (!lines) return std::nullopt;
    if (kind.kind == GeometryKind::polygon)
      result.parts = {*std::move(lines)};
    else
      for (auto& line : *lines) result.parts.push_back({std::move(line)});
  } else {
    auto parts = parts_of(coordinates);
    if (!parts) return std::nullopt;
    result.parts = *std::move(parts);
  }
  return result;
}

std::optional<Geometry> any_geometry(const JsonValue& value, std::size_t depth) {
  const auto* kind = kind_named(value);
  if (kind == nullptr || depth > most_nested_collections) return std::nullopt;
  if (kind->kind != GeometryKind::collection) {
    const auto* coordinates = value.member("coordinates");
    return coordinates == nullptr ? std::nullopt : simple_geometry(*kind, *coordinates);
  }
  const auto* members = value.member("geometries");
  if (members == nullptr) return std::nullopt;
  auto read = list_of(*members, [&](const JsonValue& member) { return any_geometry(member, depth + 1); });
  if (!read) return std::nullopt;
  return Geometry{.kind = GeometryKind::collection, .members = *std::move(read)};
}

std::optional<Geometry> box_of(const JsonValue& value) {
  const auto* numbers = value.as<List>();
  if (numbers == nullptr || (numbers->size() != 4 && numbers->size() != 6)) return std::nullopt;
  for (const auto& number : *numbers)
    if (number.as<double>() == nullptr) return std::nullopt;
  const auto at = [&](std::size_t place) { return *(*numbers)[place].as<double>(); };
  const auto second = numbers->size() / 2;
  return Geometry{.kind = GeometryKind::polygon, .parts = {{{{at(0), at(1)}, {at(second), at(second + 1)}}}}};
}

}  // namespace

bool is_geometry(const JsonValue& value) { return value.member("bbox") != nullptr || kind_named(value) != nullptr; }

Result<SpatialLiteral, BilingualText> geometry_of(const JsonValue& value) {
  SpatialLiteral literal;
  const auto* box = value.member("bbox");
  literal.box = box != nullptr && kind_named(value) == nullptr;
  auto geometry = literal.box ? box_of(*box) : any_geometry(value, 0);
  if (!geometry)
    return Unexpected{
        literal.box ? BilingualText{"bbox attend 4 ou 6 nombres", "bbox takes 4 or 6 numbers"}
                    : BilingualText{"cet objet n'est pas une géométrie GeoJSON", "this object is no GeoJSON geometry"}};
  literal.geometry = *std::move(geometry);
  return literal;
}

}  // namespace geoprio::expression
