#include "geo/partition/dissolve.hpp"

#include <cmath>
#include <numeric>

#include "geo/core/ellipsoid_area.hpp"
#include "geo/geometry/overlay.hpp"
#include "geo/geometry/verification.hpp"
#include "tests/geo/partition/brute_force.hpp"
#include "tests/geo/partition/naive_noding.hpp"
#include "tests/geo/partition/real_shapes.hpp"
#include "tests/geo/partition/soups.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using namespace geoprio::partition;
using namespace geoprio::tests;

namespace {

Ring<DegreePoint> box(std::int32_t west, std::int32_t south, std::int32_t east, std::int32_t north) {
  return {{{west, south}, {east, south}, {east, north}, {west, north}}};
}

/// The soup's rings as valid shapes (triangles are), each in a set of its own parity.
struct Overlay {
  std::vector<PartitionInput> inputs;
  std::vector<DegreeShape> shapes;
};

Overlay overlay_of(const Soup& soup) {
  Overlay overlay;
  for (const auto& perimeter : soup) {
    Ring<DegreePoint> ring;
    for (const auto& point : perimeter.rings[0]) ring.points.push_back({point.x, point.y});
    const auto valid = geometry::repair(DegreeShape{{{ring, {}}}});
    if (!valid) continue;
    overlay.inputs.push_back({perimeter.owner % 2, rings_of(valid->shape)});
    overlay.shapes.push_back(valid->shape);
  }
  return overlay;
}

template <class Key>
Grouping grouped(const Partition& made, std::uint32_t count, Key key) {
  Grouping grouping{std::vector<std::uint32_t>(made.face_count(), Grouping::no_group), count};
  for (FaceId face = 1; face < made.face_count(); ++face) grouping.group_of_face[face] = key(made.perimeters_of(face));
  return grouping;
}

/// Bit s: a perimeter of set s is among them.
std::uint32_t sets_among(const Partition& made, std::span<const std::uint32_t> perimeters) {
  std::uint32_t sets = 0;
  for (const auto perimeter : perimeters) sets |= 1U << made.set_of(perimeter);
  return sets;
}

void check_against_geos(const Soup& soup) {
  const auto overlay = overlay_of(soup);
  const auto made = Partition::make(overlay.inputs);
  std::vector<DegreeShape> even;
  std::vector<DegreeShape> odd;
  for (std::size_t i = 0; i < overlay.shapes.size(); ++i)
    (overlay.inputs[i].set == 0 ? even : odd).push_back(overlay.shapes[i]);
  // Groups: only even, only odd, both.
  const auto parts = dissolve(made, grouped(made, 3, [&](auto perimeters) {
                                const auto sets = sets_among(made, perimeters);
                                return sets == 0 ? Grouping::no_group : sets - 1;
                              }));
  const auto whole =
      dissolve(made, grouped(made, 1, [](auto perimeters) { return perimeters.empty() ? Grouping::no_group : 0; }));
  const auto check = [](const geometry::Verification& verification) {
    INFO(verification.name << " " << verification.area << " " << verification.expected_area << " bound "
                           << verification.bound << " " << verification.defect);
    CHECK(verification.ok);
  };
  check(geometry::verify_union("union", whole[0], overlay.shapes));
  check(geometry::verify_crossing("intersection", parts[2], even, odd));
  check(geometry::verify_difference("difference", parts[0], even, odd));
  check(geometry::verify_difference("the other difference", parts[1], odd, even));
  CHECK(geometry::area_of(whole[0]) ==
        Approx(geometry::area_of(parts[0]) + geometry::area_of(parts[1]) + geometry::area_of(parts[2])).epsilon(1e-12));
}

}  // namespace

TEST_CASE("neighbours of one group melt into one polygon", "[dissolve]") {
  const std::vector<PartitionInput> inputs{
      {0, {box(0, 0, 10, 10)}}, {0, {box(10, 0, 20, 10)}}, {0, {box(20, 0, 30, 10)}}};
  const auto made = Partition::make(inputs);
  const auto shapes = dissolve(made, grouped(made, 2, [](auto perimeters) { return perimeters[0] == 2 ? 1U : 0U; }));
  REQUIRE(shapes.size() == 2);
  REQUIRE(shapes[0].polygons.size() == 1);
  CHECK(shapes[0].polygons[0].shell.points ==
        std::vector<DegreePoint>{{0, 0}, {10, 0}, {20, 0}, {20, 10}, {10, 10}, {0, 10}});
  CHECK(geometry::area_of(shapes[1]) == 100);
}

TEST_CASE("a group without faces is an empty shape", "[dissolve]") {
  const std::vector<PartitionInput> inputs{{0, {box(0, 0, 10, 10)}}};
  const auto made = Partition::make(inputs);
  const auto shapes = dissolve(made, grouped(made, 2, [](auto) { return 1U; }));
  CHECK(shapes[0].polygons.empty());
  CHECK(shapes[1].polygons.size() == 1);
}

TEST_CASE("vertices where only a foreign set's border crosses are left out", "[dissolve]") {
  const std::vector<PartitionInput> inputs{
      {0, {box(0, 0, 100, 100)}}, {1, {box(-50, -50, 50, 50)}}, {0, {box(100, 0, 200, 100)}}};
  const auto made = Partition::make(inputs);
  const auto grouping = grouped(made, 2, [&](auto perimeters) {
    for (const auto perimeter : perimeters)
      if (made.set_of(perimeter) == 0) return perimeter / 2;
    return Grouping::no_group;
  });
  const auto whole = dissolve(made, grouping);
  CHECK(whole[0].polygons[0].shell.points.size() == 6);
  const auto melted = dissolve(made, grouping, 0b01);
  CHECK(melted[0].polygons[0].shell.points == box(0, 0, 100, 100).points);
  CHECK(melted[1].polygons[0].shell.points == box(100, 0, 200, 100).points);
}

TEST_CASE("a crossing between the layer's own perimeters stays", "[dissolve]") {
  const std::vector<PartitionInput> inputs{{0, {box(0, 0, 100, 100)}}, {0, {box(50, 50, 150, 150)}}};
  const auto made = Partition::make(inputs);
  const auto shapes = dissolve(
      made, grouped(made, 1, [](auto perimeters) { return perimeters.empty() ? Grouping::no_group : 0; }), 0b1);
  CHECK(shapes[0].polygons[0].shell.points.size() == 8);
}

TEST_CASE("melted borders stay valid where a foreign border crosses them a thousand times", "[dissolve]") {
  auto overlay = overlay_of(triangles(11, 40, 0, 100000));
  const auto foreign = overlay_of(triangles(12, 200, 0, 100000));
  const auto own = static_cast<std::uint32_t>(overlay.inputs.size());
  for (const auto& input : foreign.inputs) overlay.inputs.push_back({2, input.rings});
  const auto made = Partition::make(overlay.inputs);
  const auto grouping = grouped(made, 3, [&](auto perimeters) {
    const auto sets = sets_among(made, perimeters) & 3U;
    return sets == 0 ? Grouping::no_group : sets - 1;
  });
  const auto whole = dissolve(made, grouping);
  const auto melted = dissolve(made, grouping, 0b11);
  const auto count = [](const DegreeShape& shape) {
    std::size_t points = 0;
    for (const auto& ring : rings_of(shape)) points += ring.points.size();
    return points;
  };
  for (std::size_t group = 0; group < 3; ++group) {
    CHECK(geometry::defect_of(melted[group]).empty());
    CHECK(geometry::symmetric_difference_area(melted[group], whole[group]) <= geometry::perimeter_of(whole[group]));
    CHECK(count(melted[group]) < count(whole[group]) * 3 / 4);
  }
  CHECK(own < overlay.inputs.size());
}

TEST_CASE("soups dissolve to what plain GEOS makes of them", "[dissolve][soup]") {
  SECTION("500 triangles in 100,000 units") { check_against_geos(triangles(21, 500, 0, 100000)); }
  SECTION("40 triangles in 60 units") { check_against_geos(triangles(22, 40, 0, 60)); }
  SECTION("a lattice") { check_against_geos(lattice(23, 60, 1000, 8)); }
  SECTION("stars") { check_against_geos(stars(24, 30, 100000)); }
  SECTION("needles of 1,000,000 by 30") { check_against_geos(needles(25, 10, 1000000, 30, 0)); }
  SECTION("oblique needles") { check_against_geos(needles(26, 10, 1000000, 30, 271828)); }
}

namespace {

/// Faces of linework by Euler's formula, the unbounded one included: V - E + F = 1 + C.
std::size_t face_count(const Linework& linework) {
  std::vector<std::uint32_t> root(linework.vertices.size());
  std::iota(root.begin(), root.end(), 0U);
  const auto find = [&root](std::uint32_t vertex) {
    while (root[vertex] != vertex) vertex = root[vertex] = root[root[vertex]];
    return vertex;
  };
  std::size_t components = root.size();
  for (const auto& piece : linework.pieces) {
    const auto a = find(piece.from);
    const auto b = find(piece.to);
    if (a == b) continue;
    root[a] = b;
    --components;
  }
  return linework.pieces.size() + 1 + components - linework.vertices.size();
}

}  // namespace

TEST_CASE("noding finds as many faces as GEOS on the same grid", "[partition][soup]") {
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    const auto soup = seed < 3 ? triangles(seed, 200, 0, 100000) : needles(seed, 8, 1000000, 30, 314159);
    std::vector<std::array<DegreePoint, 2>> segments;
    // Each segment is its own owner: where rounding lays the two sides of one needle on one another, GEOS keeps the
    // line, and a perimeter that owns it twice would not.
    std::vector<OwnedSegment> owned;
    for (const auto& perimeter : soup)
      for (std::size_t i = 0, n = perimeter.rings[0].size(); i < n; ++i) {
        const auto a = perimeter.rings[0][i];
        const auto b = perimeter.rings[0][(i + 1) % n];
        segments.push_back({DegreePoint{a.x, a.y}, DegreePoint{b.x, b.y}});
        owned.push_back({a, b, static_cast<std::uint32_t>(owned.size())});
      }
    const auto ours = static_cast<double>(face_count(noded(std::move(owned))));
    const auto theirs = static_cast<double>(geometry::faces_of(segments).count + 1);
    // Of triangles exactly. GEOS computes crossings in double-doubles: where needles run almost parallel, one of some
    // thousands may round to the pixel beside the exact one, which makes or closes a face of a few units.
    CHECK(std::abs(ours - theirs) <= (seed < 3 ? 0 : theirs / 1000));
  }
}

TEST_CASE("noding cuts the very pieces that snap rounding's definition gives", "[noding][soup]") {
  const std::vector<Soup> soups{triangles(1, 25, 0, 3000),
                                triangles(2, 30, 0, 40),
                                lattice(3, 40, 100, 6),
                                stars(4, 10, 3000),
                                needles(3, 8, 1000000, 30, 314159),
                                needles(5, 8, 1000000, 30, 314159),
                                needles(6, 6, 1000000, 30, 0)};
  for (const auto& soup : soups) {
    std::vector<PointPair> segments;
    std::vector<OwnedSegment> owned;  // each segment its own owner, so that nothing cancels
    for (const auto& perimeter : soup)
      for_each_segment(perimeter, [&](PlanePoint a, PlanePoint b) {
        owned.push_back({a, b, static_cast<std::uint32_t>(owned.size())});
        segments.emplace_back(a, b);
      });
    const auto linework = noded(owned);
    std::set<PointPair> pieces;
    for (const auto& piece : linework.pieces)
      pieces.insert({linework.vertices[piece.from], linework.vertices[piece.to]});
    CHECK(pieces == naive_pieces(segments));
  }
}
