#include "geo/partition/sweep.hpp"

#include <algorithm>
#include <utility>
#include <vector>

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

using Segment = std::pair<PlanePoint, PlanePoint>;

/// So many vertices that ranges of them are swept side by side: 60,000 short segments one east of the other, above a
/// long one from end to end.
class WideLand {
 public:
  static constexpr std::int32_t width = 600'000;

  WideLand() {
    segments_.push_back({{-20, -100}, {width + 20, -100}});
    for (std::int32_t x = 0; x < width; x += 10) segments_.push_back({{x, x % 70}, {x + 5, x % 70 + 3}});
  }
  void add(PlanePoint low, PlanePoint high) { segments_.push_back({low, high}); }

  [[nodiscard]] Result<std::vector<WesternEnd>, PlanePoint> swept() {
    std::ranges::sort(segments_);
    vertices_.clear();
    for (const auto& [low, high] : segments_) vertices_.insert(vertices_.end(), {low, high});
    std::ranges::sort(vertices_);
    vertices_.erase(std::unique(vertices_.begin(), vertices_.end()), vertices_.end());
    std::vector<Piece> pieces;
    for (const auto& [low, high] : segments_) pieces.push_back({number_of(low), number_of(high), 1});
    return partition::swept(vertices_, pieces, Stars(vertices_, pieces));
  }
  [[nodiscard]] const std::vector<PlanePoint>& vertices() const { return vertices_; }

 private:
  [[nodiscard]] std::uint32_t number_of(PlanePoint point) const {
    return static_cast<std::uint32_t>(std::ranges::lower_bound(vertices_, point) - vertices_.begin());
  }
  std::vector<Segment> segments_;
  std::vector<PlanePoint> vertices_;
};

/// Places all along, on both sides of where ranges may end among them.
std::vector<std::int32_t> places_along() {
  std::vector<std::int32_t> places;
  for (std::int32_t eighth = 0; eighth <= 8; ++eighth)
    for (const std::int32_t beside : {-10, 0, 10})
      if (const auto x = WideLand::width / 8 * eighth + beside; x >= 0 && x < WideLand::width)
        places.push_back(x / 10 * 10);
  return places;
}

}  // namespace

TEST_CASE("ranges swept side by side find the western ends that one sweep would, and what lies below them", "[sweep]") {
  WideLand land;
  const auto ends = land.swept();
  REQUIRE(ends.has_value());
  REQUIRE(ends->size() == 60'001);
  CHECK(ends->front().piece_below == no_piece);
  std::size_t above_the_long_one = 0;
  for (std::size_t number = 1; number < ends->size(); ++number) {
    const auto place = land.vertices()[(*ends)[number].vertex];
    CHECK(place.x == static_cast<std::int32_t>(number - 1) * 10);
    above_the_long_one += (*ends)[number].piece_below == 0 ? 1U : 0U;
  }
  CHECK(above_the_long_one == 60'000);
}

TEST_CASE("a fault is found in whatever range it lies", "[sweep]") {
  for (const auto x : places_along()) {
    INFO(x);
    WideLand crossed;
    crossed.add({x + 1, x % 70 + 4}, {x + 4, x % 70 - 4});
    CHECK_FALSE(crossed.swept());
    WideLand touched;  // ends on the long one
    touched.add({x + 6, -100}, {x + 7, -60});
    CHECK_FALSE(touched.swept());
    WideLand overlapped;  // runs along the long one for a while
    overlapped.add({x + 6, -100}, {x + 7, -100});
    CHECK_FALSE(overlapped.swept());
  }
}

TEST_CASE("two pieces that go through all ranges are refused wherever they cross, and only then", "[sweep]") {
  constexpr auto width = WideLand::width;
  for (const auto x : places_along()) {
    INFO(x);
    WideLand crossed;
    crossed.add({-19, 1'000'000}, {width + 19, 1'000'000});
    crossed.add({-18, 1'000'000 + (x + 19)}, {width + 18, 1'000'000 - (width - x + 18)});
    CHECK_FALSE(crossed.swept());
  }
  WideLand clean;
  clean.add({-19, 1'000'000}, {width + 19, 1'000'000});
  clean.add({-18, 1'000'003}, {width + 18, 1'000'001});
  CHECK(clean.swept());
}

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
