#include "geo/core/near_name.hpp"

#include <vector>

#include "tests/support/catch.hpp"

using geoprio::nearest_name;

namespace {
const std::vector<std::string> known = {"score_social", "score_urban", "title", "metric_crs", "id"};
}

TEST_CASE("a mistyped name gets the one that was meant", "[near_name]") {
  CHECK(nearest_name("score_socal", known) == "score_social");
  CHECK(nearest_name("scoer_urban", known) == "score_urban");  // a swap is one edit
  CHECK(nearest_name("Title", known) == "title");
  CHECK(nearest_name("metrics_crs", known) == "metric_crs");
}

TEST_CASE("a name that is like no other gets no suggestion", "[near_name]") {
  CHECK_FALSE(nearest_name("population", known));
  CHECK_FALSE(nearest_name("", known));
  CHECK_FALSE(nearest_name("xy", known));  // both letters of `id` would change
  CHECK_FALSE(nearest_name(std::string(100'000, 's'), known));
}

TEST_CASE("two equally near names give the first", "[near_name]") {
  const std::vector<std::string> twins = {"score_b", "score_c"};
  CHECK(nearest_name("score_a", twins) == "score_b");
}
