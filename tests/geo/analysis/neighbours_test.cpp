#include "geo/analysis/neighbours.hpp"

#include "geo/analysis/population.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using namespace geoprio::analysis;
using partition::Partition;
using partition::PartitionInput;

namespace {

/// Units of the grid from 4.39203 E 45.437121 N: 1,000 are some 7.8 m to the east and 11.1 m to the north.
PartitionInput rectangle(std::uint32_t set, std::int32_t x, std::int32_t y, std::int32_t width, std::int32_t height) {
  constexpr std::int32_t west = 43'920'300, south = 454'371'210;
  const auto left = west + x, bottom = south + y;
  return {set, {{{{left, bottom}, {left + width, bottom}, {left + width, bottom + height}, {left, bottom + height}}}}};
}

using Pair = std::pair<std::uint32_t, std::uint32_t>;

}  // namespace

TEST_CASE("neighbours share the part of their borders that both have", "[neighbours]") {
  const std::vector<PartitionInput> perimeters = {
      rectangle(0, 0, 0, 10'000, 10'000),            // 0
      rectangle(0, 10'000, 4'000, 10'000, 10'000),   // 1: beside it for 6,000 units
      rectangle(0, 20'000, 14'000, 10'000, 10'000),  // 2: meets 1 in a corner
      rectangle(1, 5'000, -5'000, 1'000, 30'000),    // of another set: cuts borders, is nobody's neighbour
      rectangle(0, 40'000, 0, 1'000, 1'000)};        // 4: alone
  const auto land = Partition::make(perimeters);
  const auto table =
      projection::MetricTable::make("EPSG:2154", {{43'000'000, 454'000'000}, {45'000'000, 455'000'000}}).value();
  const auto borders = shared_borders(land, 0, &table);
  REQUIRE(borders.size() == 1);
  // A degree of the meridian at 45.44 N is 111,140 m on the ellipsoid (PROJ's geod), 0.99923 of it in Lambert-93 (its
  // scale there, EPSG 9802).
  CHECK(borders.at(Pair{0, 1})->value() == Approx(6'000 * 1e-7 * 111'140 * 0.99923).epsilon(5e-5));
  CHECK_FALSE(shared_borders(land, 0, nullptr).at(Pair{0, 1}));
}

TEST_CASE("overlapping quarters are no neighbours along what one has inside the other", "[neighbours]") {
  const std::vector<PartitionInput> perimeters = {rectangle(0, 0, 0, 10'000, 10'000),
                                                  rectangle(0, 5'000, 2'000, 10'000, 4'000)};
  CHECK(shared_borders(Partition::make(perimeters), 0, nullptr).empty());
}

TEST_CASE("a quarter's people are between those of the cells in it and those of the cells that it touches",
          "[population]") {
  const std::vector<PartitionInput> perimeters = {
      rectangle(0, 0, 0, 25'000, 20'000),        // takes all of one cell, a quarter of the next
      rectangle(0, 60'000, 0, 10'000, 10'000),   // touches none
      rectangle(1, 0, 0, 20'000, 20'000),        // 100 people
      rectangle(1, 20'000, 0, 20'000, 20'000)};  // 40 people
  const auto land = Partition::make(perimeters);
  const std::vector<CellCount> counts = {{2, People(100)}, {3, People(40)}};
  const auto ranges = population_ranges(land, counts, 0, 2);
  CHECK(ranges[0].low.value() == 100);
  CHECK(ranges[0].high.value() == 140);
  CHECK(ranges[1].low.value() == 0);
  CHECK(ranges[1].high.value() == 0);
}
