// A square of one unit's side from (4, 45), and what lies around it; relations by hand.
#include "geo/geometry/relations.hpp"

#include <string>
#include <vector>

#include "tests/support/catch.hpp"

using namespace geoprio;
using geometry::ComparedGeometry;
using geometry::Relation;

namespace {

LonLat place(double lon, double lat) { return *LonLat::make(lon, lat); }

std::vector<LonLat> square_line(double west, double south, double side) {
  return {place(west, south), place(west + side, south), place(west + side, south + side), place(west, south + side),
          place(west, south)};
}

ComparedGeometry square() {
  auto made = ComparedGeometry::make({.kind = GeometryKind::polygon, .parts = {{square_line(4, 45, 1)}}});
  REQUIRE(made);
  return std::move(made).value();
}

DegreeShape land(double west, double south, double side) {
  const auto corner = [](double lon, double lat) { return on_grid(place(lon, lat)); };
  return {{{{{corner(west, south), corner(west + side, south), corner(west + side, south + side),
              corner(west, south + side)}},
            {}}}};
}

/// The relations in which `other` is to the square.
std::string relations(const geometry::GridGeometry& other) {
  const auto compared = square();
  std::string names;
  const auto add = [&](const char* name, Relation relation) {
    if (compared.holds(other, relation)) names += std::string(names.empty() ? "" : " ") + name;
  };
  add("intersects", Relation::intersects);
  add("equals", Relation::equals);
  add("disjoint", Relation::disjoint);
  add("touches", Relation::touches);
  add("within", Relation::within);
  add("overlaps", Relation::overlaps);
  add("crosses", Relation::crosses);
  add("contains", Relation::contains);
  return names;
}

}  // namespace

TEST_CASE("land lies to a square as its name says", "[relations]") {
  CHECK(relations(land(4, 45, 1)) == "intersects equals within contains");
  CHECK(relations(land(6, 45, 1)) == "disjoint");
  CHECK(relations(land(5, 45, 1)) == "intersects touches");
  CHECK(relations(land(4.25, 45.25, 0.5)) == "intersects within");
  CHECK(relations(land(4.5, 45.5, 1)) == "intersects overlaps");
  CHECK(relations(land(3, 44, 3)) == "intersects contains");
}

TEST_CASE("points and lines lie to a square as their name says", "[relations]") {
  CHECK(relations(on_grid(place(4.5, 45.5))) == "intersects within");
  CHECK(relations(on_grid(place(5, 45.5))) == "intersects touches");
  CHECK(relations(on_grid(place(5.0000001, 45.5))) == "disjoint");
  const DegreeLines across{{{on_grid(place(3, 45.5)), on_grid(place(6, 45.5))}}};
  CHECK(relations(across) == "intersects crosses");
}

TEST_CASE("nothing at all is disjoint from everything", "[relations]") {
  CHECK(relations(std::monostate()) == "disjoint");
}

TEST_CASE("two literals are compared with each other", "[relations]") {
  const auto inner = ComparedGeometry::make({.kind = GeometryKind::polygon, .parts = {{square_line(4.2, 45.2, 0.1)}}});
  REQUIRE(inner);
  CHECK(square().holds(*inner, Relation::within));
  CHECK_FALSE(square().holds(*inner, Relation::contains));
  CHECK(inner->holds(square(), Relation::contains));
}

TEST_CASE("every kind of geometry can be compared", "[relations]") {
  using Geometry = AnyGeometry<LonLat>;
  const auto meets = [](const Geometry& geometry) {
    const auto made = ComparedGeometry::make(geometry);
    REQUIRE(made);
    return made->holds(land(4, 45, 1), Relation::intersects);
  };
  const Geometry inside{.kind = GeometryKind::point, .parts = {{{place(4.5, 45.5)}}}};
  const Geometry outside{.kind = GeometryKind::point, .parts = {{{place(8, 45.5)}}}};
  CHECK(meets(inside));
  CHECK_FALSE(meets(outside));
  CHECK(meets({.kind = GeometryKind::multi_point, .parts = {{{place(8, 45)}}, {{place(4.5, 45.5)}}}}));
  CHECK(meets({.kind = GeometryKind::line, .parts = {{{place(3, 45.5), place(6, 45.5)}}}}));
  CHECK(meets({.kind = GeometryKind::multi_line,
               .parts = {{{place(8, 45), place(9, 45)}}, {{place(3, 45.5), place(6, 45.5)}}}}));
  CHECK(meets({.kind = GeometryKind::multi_polygon, .parts = {{square_line(8, 45, 1)}, {square_line(4.9, 45, 1)}}}));
  CHECK(meets({.kind = GeometryKind::collection, .members = {outside, inside}}));
  // A hole that holds the land.
  CHECK_FALSE(meets({.kind = GeometryKind::polygon, .parts = {{square_line(0, 40, 10), square_line(3, 44, 4)}}}));
}

TEST_CASE("a geometry that is not valid is refused with GEOS' reason", "[relations]") {
  const std::vector<LonLat> bow_tie{place(0, 0), place(1, 1), place(1, 0), place(0, 1), place(0, 0)};
  const auto made = ComparedGeometry::make({.kind = GeometryKind::polygon, .parts = {{bow_tie}}});
  REQUIRE_FALSE(made);
  CHECK(made.error().find("Self-intersection") != std::string::npos);
  CHECK_FALSE(ComparedGeometry::make({.kind = GeometryKind::polygon, .parts = {{{place(0, 0), place(1, 1)}}}}));
  CHECK_FALSE(ComparedGeometry::make({.kind = GeometryKind::line, .parts = {{{place(0, 0)}}}}));
}

TEST_CASE("the bounds hold what is between grid points", "[relations]") {
  const auto made = ComparedGeometry::make(
      {.kind = GeometryKind::line, .parts = {{{place(4.00000004, 45), place(4.00000016, 45.1)}}}});
  REQUIRE(made);
  CHECK(made->bounds()->low.x <= 40000000);
  CHECK(made->bounds()->high.x >= 40000002);
}
