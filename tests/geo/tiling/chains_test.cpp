#include "geo/tiling/chains.hpp"

#include <cstdint>
#include <vector>

#include "geo/tiling/heirs.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using partition::PlanePoint;
using tiling::BorderPiece;
using tiling::Chains;
using tiling::no_group;
using tiling::Sides;

namespace {

std::vector<PlanePoint> points_of(const Chains& chains, std::size_t chain) {
  const auto points = chains.points_of(chain);
  return {points.begin(), points.end()};
}

}  // namespace

TEST_CASE("pieces between two junctions are one chain, with its sides turned where it runs against them", "[chains]") {
  // A square of group 0 west of a square of group 1: vertices sorted by x, then y; left is above.
  //   1---3---5
  //   | 0 | 1 |
  //   0---2---4
  const std::vector<PlanePoint> vertices{{0, 0}, {0, 2}, {2, 0}, {2, 2}, {4, 0}, {4, 2}};
  const std::vector<BorderPiece> pieces{{0, 1, {no_group, 0}}, {0, 2, {0, no_group}}, {1, 3, {no_group, 0}},
                                        {2, 3, {0, 1}},        {2, 4, {1, no_group}}, {3, 5, {no_group, 1}},
                                        {4, 5, {1, no_group}}};
  const auto chains = Chains::of(vertices, pieces);
  REQUIRE(chains.size() == 3);
  // The western one goes all around from junction 2 over 0 and 1 to junction 3, with group 0 on its right.
  CHECK(points_of(chains, 0) == std::vector<PlanePoint>{{2, 0}, {0, 0}, {0, 2}, {2, 2}});
  CHECK(chains.sides(0) == Sides{no_group, 0});
  CHECK(points_of(chains, 1) == std::vector<PlanePoint>{{2, 0}, {2, 2}});
  CHECK(chains.sides(1) == Sides{0, 1});
  CHECK(chains.sides(2).turned() == Sides{no_group, 1});
}

TEST_CASE("a chain without a junction is closed at its westernmost point", "[chains]") {
  const std::vector<PlanePoint> vertices{{0, 1}, {1, 0}, {1, 2}};
  const auto chains = Chains::of(
      vertices, std::vector<BorderPiece>{{0, 1, {7, no_group}}, {0, 2, {no_group, 7}}, {1, 2, {7, no_group}}});
  REQUIRE(chains.size() == 1);
  CHECK(points_of(chains, 0) == std::vector<PlanePoint>{{0, 1}, {1, 0}, {1, 2}, {0, 1}});
  CHECK(chains.sides(0) == Sides{7, no_group});
}

TEST_CASE("chains end at a vertex that is said to be an end, though only two pieces meet there", "[chains]") {
  const std::vector<PlanePoint> vertices{{0, 0}, {1, 0}, {2, 0}};
  const std::vector<BorderPiece> pieces{{0, 1, {1, 2}}, {1, 2, {1, 2}}};
  CHECK(Chains::of(vertices, pieces).size() == 1);
  CHECK(Chains::of(vertices, pieces, std::vector<std::uint32_t>{1}).size() == 2);
}

TEST_CASE("a group that is absent is given to the neighbour that it has most points with", "[chains]") {
  tiling::Heirs heirs({1});
  heirs.count({1, 2}, 4);
  heirs.count({3, 1}, 2);
  heirs.count({2, 3}, 9);
  CHECK(heirs.after({1, 2}) == Sides{2, 2});  // the border between 1 and 2 goes
  CHECK(heirs.after({3, 1}) == Sides{3, 2});
  CHECK(heirs.after({2, 3}) == Sides{2, 3});
}

TEST_CASE("a group among absent ones alone is given to nobody", "[chains]") {
  tiling::Heirs heirs({1, 2});
  heirs.count({1, 2}, 4);
  CHECK(heirs.after({1, 2}) == Sides{no_group, no_group});
}
