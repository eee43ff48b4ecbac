#include "geo/domain/score.hpp"

#include <cmath>
#include <vector>

#include "tests/support/catch.hpp"

using namespace geoprio::domain;

TEST_CASE("an indicator scores as the given vectors say", "[score]") {
  // tier_vectors.json, "indicators": references 9, 80, 19000 and 13, span 2.
  CHECK(indicator_score(13.5, 9, 2, Direction::higher_is_worse) == 50);
  CHECK(indicator_score(60, 80, 2, Direction::lower_is_worse) == 50);
  CHECK(indicator_score(9000, 19000, 2, Direction::lower_is_worse) == 100);
  CHECK(indicator_score(13, 13, 2, Direction::higher_is_worse) == 0);
}

TEST_CASE("an indicator's score stays between 0 and 100", "[score]") {
  CHECK(indicator_score(-5, 9, 2, Direction::higher_is_worse) == 0);
  CHECK(indicator_score(1e9, 9, 2, Direction::higher_is_worse) == 100);
  CHECK(indicator_score(1e9, 80, 2, Direction::lower_is_worse) == 0);
  CHECK(indicator_score(0, 80, 2, Direction::lower_is_worse) == 100);
}

TEST_CASE("another span moves where the score is 100", "[score]") {
  // By hand: span 3 puts 100 at 30 and at 10/3; 20 is half of the way from 10 to 30.
  CHECK(indicator_score(20, 10, 3, Direction::higher_is_worse) == 50);
  CHECK(indicator_score(10.0 / 3, 10, 3, Direction::lower_is_worse) == 100);
}

TEST_CASE("an axis is the weighted mean of what is present", "[score]") {
  // By hand: (3·50 + 1·100) / 4 = 62.5; the missing one has 4 of the weight of 8.
  const std::vector<WeightedScore> parts = {{50.0, 3}, {100.0, 1}, {std::nullopt, 4}};
  const auto axis = axis_score(parts);
  CHECK(axis.score == 62.5);
  CHECK(axis.coverage == 0.5);
}

TEST_CASE("indicator scores are averaged unrounded and the axis rounded once", "[score]") {
  // By hand: (33.333 + 33.333 + 33.348) / 3 = 33.338, so 33.34; rounding first gives (33.33 + 33.33 + 33.35) / 3
  // = 33.3366….
  const std::vector<WeightedScore> parts = {{33.333, 1}, {33.333, 1}, {33.348, 1}};
  CHECK(axis_score(parts).score == 33.34);
}

TEST_CASE("coverage is not rounded", "[score]") {
  const std::vector<WeightedScore> parts = {{10.0, 2}, {std::nullopt, 1}};
  CHECK(axis_score(parts).coverage == 2.0 / 3);
}

TEST_CASE("an axis without any value has no score and no coverage", "[score]") {
  const std::vector<WeightedScore> parts = {{std::nullopt, 2}};
  CHECK_FALSE(axis_score(parts).score);
  CHECK(axis_score(parts).coverage == 0);
  CHECK_FALSE(axis_score({}).score);
}

TEST_CASE("a delta is rounded again", "[score]") {
  // tier_vectors.json, "deltas": 35.3 - 25.3 is 9.999999999999996 in doubles, and must count as 10.
  CHECK(35.3 - 25.3 < 10);
  CHECK(score_delta(35.3, 25.3) == 10.0);
  CHECK_FALSE(score_delta(std::nullopt, 25.3));
  CHECK_FALSE(score_delta(35.3, std::nullopt));
}

TEST_CASE("half a hundredth is rounded away from zero, and zero has no sign", "[score]") {
  CHECK(rounded_to_hundredths(0.125) == 0.13);
  CHECK(rounded_to_hundredths(-0.125) == -0.13);
  CHECK_FALSE(std::signbit(rounded_to_hundredths(-0.001)));
}
