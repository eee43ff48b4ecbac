#include <string>
#include <utility>
#include <vector>

#include "geo/expression/expression.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio::expression;
using geoprio::AttributeValue;
using geoprio::GeometryKind;

namespace {

/// Every relation holds; what was asked is kept.
class AllRelated final : public Variables {
 public:
  [[nodiscard]] const AttributeValue* find(std::string_view) const override { return nullptr; }
  [[nodiscard]] Truth related(SpatialRelation relation, const SpatialOperand& one,
                              const SpatialOperand& other) const override {
    asked.push_back({relation, one.literal.has_value(), other.literal.has_value()});
    return Truth::yes;
  }
  struct Asked {
    SpatialRelation relation;
    bool one_is_literal, other_is_literal;
    bool operator==(const Asked&) const = default;
  };
  mutable std::vector<Asked> asked;
};

SpatialLiteral written(const std::string& geometry) {
  const auto expression = Expression::parse("S_INTERSECTS(g, " + geometry + ")");
  INFO(geometry);
  REQUIRE(expression);
  REQUIRE(expression->geometries().size() == 1);
  return expression->geometries().front();
}

std::size_t fault_position(const std::string& geometry) {
  const auto expression = Expression::parse("S_INTERSECTS(g, " + geometry + ")");
  INFO(geometry);
  REQUIRE_FALSE(expression);
  return expression.error().position - std::string("S_INTERSECTS(g, ").size();
}

}  // namespace

TEST_CASE("a relation is asked of who knows geometries, with its sides in their order", "[cql2][spatial]") {
  const AllRelated variables;
  const auto expression = Expression::parse("s_within(g, POINT(1 2)) AND S_CONTAINS(BBOX(1,2,3,4), g)");
  REQUIRE(expression);
  CHECK(expression->evaluate(variables) == Truth::yes);
  CHECK(variables.asked == std::vector<AllRelated::Asked>{{SpatialRelation::within, false, true},
                                                          {SpatialRelation::contains, true, false}});
  CHECK(expression->evaluate(VariableTable()) == Truth::unknown);
}

TEST_CASE("geometries are read with their parts, rings and points", "[cql2][spatial]") {
  using Point = geoprio::SourceCoordinate;
  CHECK(written("POINT(1 -2.5)").geometry.parts.at(0).at(0).at(0) == Point{1, -2.5});
  CHECK(written("point z(1 2 3)").geometry.parts.at(0).at(0) == std::vector<Point>{{1, 2}});
  CHECK(written("LINESTRING(1 2, 3 4)").geometry.parts.at(0).at(0).size() == 2);
  const auto polygon = written("POLYGON((0 0, 9 0, 9 9, 0 0), (1 1, 2 1, 2 2, 1 1))").geometry;
  CHECK(polygon.kind == GeometryKind::polygon);
  CHECK(polygon.parts.size() == 1);
  CHECK(polygon.parts.at(0).size() == 2);
  CHECK(written("MULTIPOINT((1 2), (3 4))").geometry.parts.size() == 2);
  // The standard's own abstract tests write the points of one without parentheses.
  CHECK(written("MULTIPOINT(1 2, 3 4)").geometry == written("MULTIPOINT((1 2), (3 4))").geometry);
  CHECK(written("MULTILINESTRING((1 2, 3 4), (5 6, 7 8))").geometry.parts.size() == 2);
  CHECK(written("MULTIPOLYGON(((0 0, 9 0, 9 9, 0 0)), ((1 1, 2 1, 2 2, 1 1)))").geometry.parts.size() == 2);
  CHECK(written("GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(1 2, 3 4))").geometry.members.size() == 2);
  const auto box = written("BBOX(1, 2, 100, 3, 4, 200)");
  CHECK(box.box);
  CHECK(box.geometry.parts.at(0).at(0) == std::vector<Point>{{1, 2}, {3, 4}});
}

TEST_CASE("a geometry that is none fails where it goes wrong", "[cql2][spatial]") {
  CHECK(fault_position("POINT(1)") == 7);
  CHECK(fault_position("POINT(1 2 3 4)") == 12);
  CHECK(fault_position("POINT 1 2") == 6);
  CHECK(fault_position("POINT()") == 6);
  CHECK(fault_position("POLYGON(1 2, 3 4)") == 8);
  CHECK(fault_position("LINESTRING(1 2, )") == 16);
  CHECK(fault_position("GEOMETRYCOLLECTION(x)") == 19);
  CHECK(fault_position("BBOX(1, 2, 3)") == 5);
  CHECK(fault_position("BBOX(1, 2, 3, 4, 5, 6, 7)") == 21);
}

TEST_CASE("collections may not nest without end", "[cql2][spatial]") {
  std::string nested = "POINT(1 2)";
  for (int level = 0; level < 8; ++level) nested = "GEOMETRYCOLLECTION(" + nested + ")";
  CHECK(written(nested).geometry.members.size() == 1);
  CHECK_FALSE(Expression::parse("S_INTERSECTS(g, GEOMETRYCOLLECTION(" + nested + "))"));
}

TEST_CASE("a geometry is no value", "[cql2][spatial]") {
  for (const auto* text : {"S_INTERSECTS(g, 'x')", "S_INTERSECTS(1, g)", "S_INTERSECTS(g)", "S_INTERSECTS(g, g, g)",
                           "S_INTERSECTS(g, CASEI(g))", "S_INTERSECTS((g = 1), g)"}) {
    INFO(text);
    CHECK_FALSE(Expression::parse(text));
  }
  const auto expression = Expression::parse("S_INTERSECTS(a, b)");
  REQUIRE(expression);
  CHECK(expression->type_problem({{"a", ValueType::text}, {"b", ValueType::geometry}}));
  CHECK_FALSE(expression->type_problem({{"a", ValueType::geometry}, {"b", ValueType::geometry}}));
  CHECK(Expression::parse("a = 1")->type_problem({{"a", ValueType::geometry}}));
  CHECK_FALSE(Expression::parse("a IS NULL")->type_problem({{"a", ValueType::geometry}}));
}

TEST_CASE("a tree is the condition that the same text is", "[cql2][json]") {
  const auto property = [](const char* name) {
    return JsonValue{JsonValue::Object{{"property", {std::string(name)}}}};
  };
  const auto operation = [](const char* name, JsonValue::List arguments) {
    return JsonValue{JsonValue::Object{{"op", {std::string(name)}}, {"args", {std::move(arguments)}}}};
  };
  const auto tree =
      operation("and", {operation("<=", {property("a"), JsonValue{3.0}}),
                        operation("in", {property("b"), JsonValue{JsonValue::List{{std::string("x")}}}})});
  const auto made = Expression::of_tree(tree, "");
  REQUIRE(made);
  const auto text = Expression::parse("a <= 3 AND b IN ('x')");
  REQUIRE(text);
  REQUIRE(made->nodes().size() == text->nodes().size());
  for (std::size_t number = 0; number < made->nodes().size(); ++number) {
    CHECK(made->nodes()[number].operation == text->nodes()[number].operation);
    CHECK(made->nodes()[number].operands == text->nodes()[number].operands);
    CHECK(made->nodes()[number].literal == text->nodes()[number].literal);
  }
}
