#include "geo/partition/sweep.hpp"

#include "geo/core/error.hpp"
#include "geo/partition/exact.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using namespace geoprio::partition;

namespace {

/// Pieces by the numbers of their ends in `vertices`, both sorted.
void prove(const std::vector<PlanePoint>& vertices, const std::vector<Piece>& pieces) {
  static_cast<void>(proven(vertices, pieces, Stars(vertices, pieces)));
}

}  // namespace

TEST_CASE("two pieces that cross are refused", "[sweep]") {
  CHECK_THROWS_AS(prove({{0, 0}, {0, 10}, {10, 0}, {10, 10}}, {{0, 3, 1}, {1, 2, 1}}), Error);
}

TEST_CASE("a piece that ends within another is refused", "[sweep]") {
  CHECK_THROWS_AS(prove({{0, 0}, {5, 0}, {5, 10}, {10, 0}}, {{0, 3, 1}, {1, 2, 1}}), Error);
  CHECK_THROWS_AS(prove({{0, 0}, {2, 10}, {5, 0}, {10, 0}}, {{0, 3, 1}, {1, 2, 1}}), Error);
}

TEST_CASE("pieces that overlap are refused", "[sweep]") {
  CHECK_THROWS_AS(prove({{0, 0}, {5, 0}, {10, 0}}, {{0, 1, 1}, {0, 2, 1}}), Error);
  CHECK_THROWS_AS(prove({{0, 0}, {5, 0}, {10, 0}}, {{0, 2, 1}, {1, 2, 1}}), Error);
  CHECK_THROWS_AS(prove({{0, 0}, {0, 5}, {0, 7}, {0, 9}}, {{0, 2, 1}, {1, 3, 1}}), Error);
}

TEST_CASE("a crossing of one unit in four billion is seen", "[sweep]") {
  // At x = 0 the first is at y = 0.5 and the second at y = 0; they cross further east.
  const std::vector<PlanePoint> vertices{{INT32_MIN, 0}, {INT32_MIN, 1}, {INT32_MAX, 0}, {INT32_MAX, 1}};
  CHECK_THROWS_AS(prove(vertices, {{0, 3, 1}, {1, 2, 1}}), Error);
  CHECK_NOTHROW(prove(vertices, {{0, 2, 1}, {1, 3, 1}}));
}

TEST_CASE("pieces that share an end are clean, and the piece below a western end is found", "[sweep]") {
  const std::vector<PlanePoint> vertices{{0, 0}, {5, 5}, {5, 8}, {10, 0}};
  const std::vector<Piece> pieces{{0, 3, 1}, {1, 2, 1}};
  const auto ends = proven(vertices, pieces, Stars(vertices, pieces));
  REQUIRE(ends.size() == 2);
  CHECK(ends[0].piece_below == no_piece);
  CHECK(ends[1].vertex == 1);
  CHECK(ends[1].piece_below == 0);
}

TEST_CASE("a crossing rounds to the nearest centre, a half upwards, also at the ends of int32", "[sweep]") {
  const PixelGrid unit(0);
  CHECK(proper_crossing({0, 0}, {1, 1}, {0, 1}, {1, 0}, unit) == PlanePoint{1, 1});
  CHECK(proper_crossing({-1, -1}, {0, 0}, {-1, 0}, {0, -1}, unit) == PlanePoint{0, 0});
  CHECK(proper_crossing({INT32_MIN, INT32_MIN}, {INT32_MAX, INT32_MAX}, {INT32_MIN, INT32_MAX}, {INT32_MAX, INT32_MIN},
                        unit) == PlanePoint{0, 0});
  CHECK(PixelGrid(4).centre(PlanePoint{7, 8}) == PlanePoint{0, 16});
  CHECK(PixelGrid(4).centre(PlanePoint{-8, -9}) == PlanePoint{0, -16});
}

TEST_CASE("a pixel holds its left and lower sides, not its right and upper ones", "[sweep]") {
  const PixelGrid grid(1);  // the pixel around 0 is [-1, 1)
  CHECK(passes_through({-1, -5}, {-1, 5}, {0, 0}, grid));
  CHECK_FALSE(passes_through({1, -5}, {1, 5}, {0, 0}, grid));
  CHECK(passes_through({-5, -1}, {5, -1}, {0, 0}, grid));
  CHECK_FALSE(passes_through({-5, 1}, {5, 1}, {0, 0}, grid));
  CHECK(passes_through({-2, 0}, {0, -2}, {0, 0}, grid));       // over the lower left corner, which it holds
  CHECK_FALSE(passes_through({-2, 0}, {0, 2}, {0, 0}, grid));  // over the upper left corner
  CHECK_FALSE(passes_through({0, -2}, {2, 0}, {0, 0}, grid));  // over the lower right corner
  CHECK_FALSE(passes_through({0, 2}, {2, 0}, {0, 0}, grid));   // over the upper right corner
}
