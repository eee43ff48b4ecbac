#include "geo/partition/partition.hpp"

#include "geo/core/ellipsoid_area.hpp"
#include "geo/core/error.hpp"
#include "geo/partition/dissolve.hpp"
#include "geo/partition/point_location.hpp"
#include "geo/projection/geodesic.hpp"
#include "tests/geo/partition/soups.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using namespace geoprio::partition;
using namespace geoprio::tests;

namespace {

Ring<DegreePoint> box(std::int32_t west, std::int32_t south, std::int32_t east, std::int32_t north) {
  return {{{west, south}, {east, south}, {east, north}, {west, north}}};
}

using Numbers = std::vector<std::uint32_t>;

Numbers perimeters_at(const Partition& made, DegreePoint point) {
  const PointLocation location(made.vertices(), made.edges());
  const auto perimeters = made.perimeters_of(location.face_at(made.vertices(), made.edges(), {point.x, point.y}));
  return {perimeters.begin(), perimeters.end()};
}

/// Commune 0 west and 1 east of x = 1000 (set 0); quarter 2 (set 1) in commune 0, its border 3 units past the
/// communes'.
std::vector<PartitionInput> near_coincident() {
  return {
      {0, {box(0, 0, 100000, 100000)}}, {0, {box(100000, 0, 200000, 100000)}}, {1, {box(50000, 20000, 100003, 80000)}}};
}

}  // namespace

TEST_CASE("a quarter strictly inside a commune knows it", "[partition]") {
  const std::vector<PartitionInput> inputs{{0, {box(0, 0, 1000, 1000)}}, {1, {box(400, 400, 600, 600)}}};
  const auto made = Partition::make(inputs);
  CHECK(perimeters_at(made, {500, 500}) == Numbers{0, 1});
  CHECK(perimeters_at(made, {100, 500}) == Numbers{0});
  CHECK(perimeters_at(made, {2000, 500}).empty());
  CHECK(made.set_of(1) == 1);
}

TEST_CASE("a vertex knows the sets that have it in their sources, a crossing none", "[partition]") {
  const std::vector<PartitionInput> inputs{{0, {box(0, 0, 1000, 1000)}}, {5, {box(500, 500, 1500, 1500)}}};
  const auto made = Partition::make(inputs);
  for (std::uint32_t vertex = 0; vertex < made.vertices().size(); ++vertex) {
    const auto place = made.place_of(vertex);
    const bool crossing = place == DegreePoint{1000, 500} || place == DegreePoint{500, 1000};
    const bool first = place.x <= 1000 && place.y <= 1000 && place.x % 1000 == 0 && place.y % 1000 == 0;
    CHECK(made.vertex_sets(vertex) == (crossing ? 0U : (first ? 1U : 32U)));
  }
}

TEST_CASE("sets are numbered under 64", "[partition]") {
  const std::vector<PartitionInput> inputs{{64, {box(0, 0, 1000, 1000)}}};
  CHECK_THROWS_AS(Partition::make(inputs), Error);
}

TEST_CASE("the area of a square degree is what PROJ's geodesics give", "[area]") {
  for (const std::int32_t south : {-890000000, -1, 0, 454300000, 600000000}) {
    const auto cell = box(43900000, south, 53900000, south + 10000000);
    // Near the pole a parallel bends away from geodesics of 100 m by more than a billionth.
    const double expected = projection::geodesic_area(cell, Metres(south < -800000000 ? 10 : 100)).value();
    CHECK(std::abs(ellipsoid_area(cell).value() - expected) <= 1e-9 * expected);
  }
}

TEST_CASE("the area under an oblique edge of ten degrees is what PROJ's geodesics give", "[area]") {
  const Ring<DegreePoint> triangle{{{0, 400000000}, {100000000, 430000000}, {30000000, 520000000}}};
  const double expected = projection::geodesic_area(triangle).value();
  CHECK(std::abs(ellipsoid_area(triangle).value() - expected) <= 1e-9 * expected);
}

TEST_CASE("the whole Earth has the area of its authalic sphere", "[area]") {
  // EPSG 7030: authalic radius 6371007.1809 m (Snyder's formula 3-13 with WGS 84's constants).
  const auto earth = box(-1800000000, -900000000, 1800000000, 900000000);
  CHECK(ellipsoid_area(earth).value() ==
        Approx(4 * 3.14159265358979323846 * 6371007.1809 * 6371007.1809).epsilon(1e-10));
}

TEST_CASE("a local length is the geodesic distance", "[area]") {
  const auto from = LonLat::make(4.39203, 45.437121).value();
  const auto to = LonLat::make(4.40203, 45.447121).value();
  CHECK(local_length(on_grid(from), on_grid(to)).value() ==
        Approx(projection::geodesic_distance(from, to).value()).epsilon(1e-6));
}

TEST_CASE("faces sum to the whole, to a billionth", "[area]") {
  std::vector<PartitionInput> inputs{{0, {box(40000000, 450000000, 50000000, 460000000)}}};
  Dice dice(5);
  for (int i = 0; i < 200; ++i) {
    const auto x = dice.coordinate(40000000, 49000000);
    const auto y = dice.coordinate(450000000, 459000000);
    inputs.push_back({1, {box(x, y, x + dice.coordinate(1, 1000000), y + dice.coordinate(1, 1000000))}});
  }
  const auto made = Partition::make(inputs);
  SquareMetres sum;
  for (FaceId face = 1; face < made.face_count(); ++face) {
    CHECK(made.area(face) > SquareMetres(0));
    sum += made.area(face);
  }
  CHECK(sum.value() == Approx(ellipsoid_area(inputs[0].rings[0]).value()).epsilon(1e-9));
  CHECK(made.area(unbounded_face).value() == Approx(-sum.value()).epsilon(1e-9));
}

TEST_CASE("without adjustable sets no sliver is absorbed", "[slivers]") {
  const auto made = Partition::make(near_coincident(), {0, Metres(1)});
  CHECK(made.absorbed_slivers().empty());
  CHECK(perimeters_at(made, {100001, 50000}) == Numbers{1, 2});
}

TEST_CASE("a sliver of an adjustable quarter joins the commune's side and is reported", "[slivers]") {
  const auto made = Partition::make(near_coincident(), {0b10, Metres(1)});
  CHECK(perimeters_at(made, {100001, 50000}) == Numbers{1});
  REQUIRE(made.absorbed_slivers().size() == 1);
  const auto& sliver = made.absorbed_slivers()[0];
  CHECK(sliver.set == 1);
  CHECK(sliver.perimeter == 2);
  CHECK_FALSE(sliver.gained);
  // 3 by 60,000 units of 1e-7 degree on the ellipsoid.
  CHECK(sliver.area.value() == Approx(ellipsoid_area(box(100000, 20000, 100003, 80000)).value()).epsilon(1e-6));
}

TEST_CASE("a gap is given to the quarter that almost reaches the border", "[slivers]") {
  auto inputs = near_coincident();
  inputs[2] = {1, {box(50000, 20000, 99998, 80000)}};
  // Held open at the top and bottom, or the strip would be one with the rest of the commune.
  inputs.push_back({1, {box(50000, 80000, 100000, 90000)}});
  inputs.push_back({1, {box(50000, 10000, 100000, 20000)}});
  const auto made = Partition::make(inputs, {0b10, Metres(1)});
  CHECK(perimeters_at(made, {99999, 50000}) == Numbers{0, 2});
  REQUIRE(made.absorbed_slivers().size() == 1);
  CHECK(made.absorbed_slivers()[0].gained);
}

TEST_CASE("a strip as wide as asked for is no sliver", "[slivers]") {
  auto inputs = near_coincident();
  inputs[2] = {1, {box(50000, 20000, 100200, 80000)}};  // 200 units: about 2.2 m
  CHECK(Partition::make(inputs, {0b10, Metres(2)}).absorbed_slivers().empty());
  CHECK(Partition::make(inputs, {0b10, Metres(2.5)}).absorbed_slivers().size() == 1);
}

TEST_CASE("a thin strip between two editions is a change unless it is configured", "[slivers]") {
  const std::vector<PartitionInput> inputs{{0, {box(0, 0, 200000, 200000)}},
                                           {1, {box(50000, 20000, 100000, 80000)}},
                                           {2, {box(50000, 20000, 100003, 80000)}}};
  CHECK(Partition::make(inputs, {0b110, Metres(1), 0b110}).absorbed_slivers().empty());
  CHECK(Partition::make(inputs, {0b110, Metres(1), 0}).absorbed_slivers().size() == 1);
}

TEST_CASE("a protected quarter still gives way to a commune", "[slivers]") {
  const auto made = Partition::make(near_coincident(), {0b10, Metres(1), 0b10});
  CHECK(made.absorbed_slivers().size() == 1);
}
