#include "geo/analysis/population.hpp"

#include "geo/analysis/overlaps.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using namespace geoprio::analysis;
using partition::Partition;
using partition::PartitionInput;

namespace {

constexpr std::uint32_t quarters = 0, cells = 1;

PartitionInput rectangle(std::uint32_t set, std::int32_t x, std::int32_t y, std::int32_t width, std::int32_t height) {
  constexpr std::int32_t west = 43'920'300, south = 454'371'210;
  const auto left = west + x, bottom = south + y;
  return {set, {{{{left, bottom}, {left + width, bottom}, {left + width, bottom + height}, {left, bottom + height}}}}};
}

// The faces that lie in `perimeter` are group 0.
partition::Grouping inside(const Partition& land, std::uint32_t perimeter) {
  partition::Grouping grouping{std::vector(land.face_count(), partition::Grouping::no_group), 1};
  for (std::uint32_t face = 1; face < land.face_count(); ++face)
    for (const auto number : land.perimeters_of(face))
      if (number == perimeter) grouping.group_of_face[face] = 0;
  return grouping;
}

}  // namespace

TEST_CASE("a quarter that takes a quarter of a cell has a quarter of its people", "[population]") {
  const std::vector<PartitionInput> perimeters = {rectangle(quarters, 0, 0, 10'000, 5'000),
                                                  rectangle(cells, 0, 0, 20'000, 10'000)};
  const auto land = Partition::make(perimeters);
  const std::vector<CellCount> counts = {{1, People(400)}};
  const auto population = population_of_faces(land, counts);
  // Half the width, half the height: 100 of 400, but for the convergence of meridians over 100 m (under 1e-5).
  CHECK(people_of_groups(population.people, inside(land, 0))[0].value() == Approx(100).epsilon(2e-5));
}

TEST_CASE("the parts of a cell sum to its count", "[population]") {
  std::vector<PartitionInput> perimeters = {rectangle(cells, 0, 0, 20'000, 18'000)};
  for (std::int32_t step = 0; step < 7; ++step)
    perimeters.push_back(rectangle(quarters, step * 2'311 - 3'000, step * 1'777 - 2'000, 4'001, 9'007));
  const auto land = Partition::make(perimeters);
  const std::vector<CellCount> counts = {{0, People(37.5)}};
  const auto population = population_of_faces(land, counts);
  double sum = 0;
  for (const auto people : population.people) sum += people.value();
  CHECK(sum == Approx(37.5).epsilon(1e-12));
  CHECK(people_of_groups(population.people, inside(land, 0))[0].value() == Approx(37.5).epsilon(1e-12));
  CHECK(population.unplaced.value() == 0);
}

TEST_CASE("a quarter that holds several cells has all their people", "[population]") {
  const std::vector<PartitionInput> perimeters = {
      rectangle(quarters, -1'000, -1'000, 60'000, 60'000), rectangle(cells, 0, 0, 20'000, 20'000),
      rectangle(cells, 20'000, 0, 20'000, 20'000), rectangle(cells, 0, 20'000, 20'000, 20'000)};
  const auto land = Partition::make(perimeters);
  const std::vector<CellCount> counts = {{1, People(10)}, {2, People(20)}};  // the third is unknown
  const auto population = population_of_faces(land, counts);
  CHECK(people_of_groups(population.people, inside(land, 0))[0].value() == Approx(30).epsilon(1e-12));
}

TEST_CASE("people of a cell without land are told, not lost", "[population]") {
  const std::vector<PartitionInput> perimeters = {rectangle(quarters, 0, 0, 100, 100), {cells, {}}};
  const std::vector<CellCount> counts = {{1, People(12)}};
  CHECK(population_of_faces(Partition::make(perimeters), counts).unplaced.value() == 12);
}

TEST_CASE("the land of a group is the sum of its faces", "[population]") {
  const std::vector<PartitionInput> perimeters = {rectangle(quarters, 0, 0, 20'000, 20'000),
                                                  rectangle(quarters, 10'000, 0, 20'000, 20'000)};
  const auto land = Partition::make(perimeters);
  const auto area = areas_of_groups(land, inside(land, 0))[0];
  // By hand: 0.002° of each, 78 226 m and 111 141 m a degree at 45.437° N.
  CHECK(area.value() == Approx(0.002 * 78'226 * 0.002 * 111'141).epsilon(1e-3));
}

TEST_CASE("two quarters that overlap are told with the land they share", "[overlaps]") {
  const std::vector<PartitionInput> perimeters = {
      rectangle(quarters, 0, 0, 20'000, 20'000), rectangle(cells, 0, 0, 50'000, 20'000),
      rectangle(quarters, 15'000, 0, 20'000, 20'000), rectangle(quarters, 35'000, 0, 5'000, 20'000)};
  const auto land = Partition::make(perimeters);
  const auto found = overlaps(land, quarters);
  REQUIRE(found.size() == 1);  // the third only touches the second; the cell is of another set
  CHECK(found[0].a == 0);
  CHECK(found[0].b == 2);
  CHECK(found[0].area / areas_of_groups(land, inside(land, 0))[0] == Approx(0.25).epsilon(1e-5));
  CHECK(overlaps(land, cells).empty());
}
