#include "geo/expression/geometry_parser.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace geoprio::expression {
namespace {

using Geometry = AnyGeometry<SourceCoordinate>;
using Line = std::vector<SourceCoordinate>;

struct KindName {
  std::string_view name;
  GeometryKind kind;
};
constexpr std::array<KindName, 7> kind_names = {{{"POINT", GeometryKind::point},
                                                 {"LINESTRING", GeometryKind::line},
                                                 {"POLYGON", GeometryKind::polygon},
                                                 {"MULTIPOINT", GeometryKind::multi_point},
                                                 {"MULTILINESTRING", GeometryKind::multi_line},
                                                 {"MULTIPOLYGON", GeometryKind::multi_polygon},
                                                 {"GEOMETRYCOLLECTION", GeometryKind::collection}}};

std::optional<GeometryKind> kind_of(const Token& token) {
  for (const auto& [name, kind] : kind_names)
    if (token.is_word(name)) return kind;
  return std::nullopt;
}

class GeometryParser {
 public:
  explicit GeometryParser(TokenReader& reader) : reader_(reader) {}

  std::optional<Geometry> geometry(std::size_t depth) {
    const auto kind = kind_of(reader_.token());
    if (!kind) return reader_.unexpected("une géométrie", "a geometry");
    if (depth > most_nested_collections) {
      const auto most = std::to_string(most_nested_collections);
      return reader_.fail(reader_.token().position, "des collections imbriquées sur plus de " + most + " niveaux",
                          "collections nested more than " + most + " levels deep");
    }
    if (!reader_.advance() || (reader_.token().is_word("Z") && !reader_.advance())) return std::nullopt;
    return text_of(*kind, depth);
  }

  /// 4 or 6 numbers.
  std::optional<Geometry> box() {
    if (!reader_.advance() || !reader_.expect_sign("(")) return std::nullopt;
    std::vector<double> numbers;
    const auto begin = reader_.token().position;
    while (true) {
      const auto value = number();
      if (!value) return std::nullopt;
      numbers.push_back(*value);
      if (!reader_.token().is_sign(",") || numbers.size() == 6) break;
      if (!reader_.advance()) return std::nullopt;
    }
    if (!reader_.expect_sign(")")) return std::nullopt;
    if (numbers.size() != 4 && numbers.size() != 6)
      return reader_.fail(begin, "BBOX attend 4 ou 6 nombres", "BBOX takes 4 or 6 numbers");
    const auto second = numbers.size() / 2;
    return Geometry{.kind = GeometryKind::polygon,
                    .parts = {{{{numbers[0], numbers[1]}, {numbers[second], numbers[second + 1]}}}}};
  }

 private:
  std::optional<Geometry> text_of(GeometryKind kind, std::size_t depth) {
    Geometry result{.kind = kind};
    const auto keep = [&](auto part) {
      if (part) result.parts.push_back(std::move(*part));
      return part.has_value();
    };
    bool read = false;
    if (kind == GeometryKind::point)
      read = keep(point_part());
    else if (kind == GeometryKind::line)
      read = keep(line_part());
    else if (kind == GeometryKind::polygon)
      read = keep(polygon_part());
    else
      read = each([&] {
        if (kind == GeometryKind::multi_point) return keep(point_of_many());
        if (kind == GeometryKind::multi_line) return keep(line_part());
        if (kind == GeometryKind::multi_polygon) return keep(polygon_part());
        auto member = geometry(depth + 1);
        if (member) result.members.push_back(std::move(*member));
        return member.has_value();
      });
    if (!read) return std::nullopt;
    return result;
  }

  /// `(one, another, …)`, with what `one` reads.
  template <class One>
  bool each(One one) {
    if (!reader_.expect_sign("(")) return false;
    while (one()) {
      if (!reader_.token().is_sign(",")) return reader_.expect_sign(")");
      if (!reader_.advance()) return false;
    }
    return false;
  }

  std::optional<std::vector<Line>> point_part() {
    if (!reader_.expect_sign("(")) return std::nullopt;
    const auto place = position();
    if (!place || !reader_.expect_sign(")")) return std::nullopt;
    return std::vector<Line>{{*place}};
  }

  /// A point of MULTIPOINT: with parentheses as annex B has it, or without them as annex A writes it.
  std::optional<std::vector<Line>> point_of_many() {
    if (reader_.token().is_sign("(")) return point_part();
    const auto place = position();
    if (!place) return std::nullopt;
    return std::vector<Line>{{*place}};
  }

  std::optional<Line> line() {
    Line points;
    const bool read = each([&] {
      const auto place = position();
      if (place) points.push_back(*place);
      return place.has_value();
    });
    if (!read) return std::nullopt;
    return points;
  }

  std::optional<std::vector<Line>> line_part() {
    auto points = line();
    if (!points) return std::nullopt;
    return std::vector<Line>{std::move(*points)};
  }

  std::optional<std::vector<Line>> polygon_part() {
    std::vector<Line> rings;
    const bool read = each([&] {
      auto ring = line();
      if (ring) rings.push_back(std::move(*ring));
      return ring.has_value();
    });
    if (!read) return std::nullopt;
    return rings;
  }

  /// Two numbers, or three of which the height is dropped.
  std::optional<SourceCoordinate> position() {
    const auto first = number();
    if (!first) return std::nullopt;
    const auto second = number();
    if (!second) return std::nullopt;
    if (!reader_.token().is_sign(",") && !reader_.token().is_sign(")") && !number()) return std::nullopt;
    return SourceCoordinate{*first, *second};
  }

  std::optional<double> number() {
    const bool negative = reader_.token().is_sign("-");
    if ((negative || reader_.token().is_sign("+")) && !reader_.advance()) return std::nullopt;
    if (reader_.token().kind != TokenKind::number) return reader_.unexpected("un nombre", "a number");
    const double value = reader_.token().number;
    if (!reader_.advance()) return std::nullopt;
    return negative ? -value : value;
  }

  TokenReader& reader_;
};

}  // namespace

bool begins_geometry(const Token& token) { return token.is_word("BBOX") || kind_of(token).has_value(); }

std::optional<SpatialLiteral> parsed_geometry(TokenReader& reader) {
  SpatialLiteral literal{.position = reader.token().position, .box = reader.token().is_word("BBOX")};
  GeometryParser parser(reader);
  auto geometry = literal.box ? parser.box() : parser.geometry(0);
  if (!geometry) return std::nullopt;
  literal.geometry = std::move(*geometry);
  return literal;
}

}  // namespace geoprio::expression
