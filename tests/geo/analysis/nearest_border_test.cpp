#include "geo/analysis/nearest_border.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "tests/support/catch.hpp"

using namespace geoprio;
using namespace geoprio::analysis;

namespace {

double brute_force(const std::vector<MetricSegment>& segments, MetricCoordinate place) {
  double least = std::numeric_limits<double>::infinity();
  for (const auto& [from, to] : segments) {
    const double x = to.easting - from.easting;
    const double y = to.northing - from.northing;
    const double length = x * x + y * y;
    const double dot = (place.easting - from.easting) * x + (place.northing - from.northing) * y;
    const double share = length > 0 ? std::clamp(dot / length, 0.0, 1.0) : 0.0;
    least = std::min(least,
                     std::hypot(place.easting - from.easting - share * x, place.northing - from.northing - share * y));
  }
  return least;
}

}  // namespace

TEST_CASE("the nearest piece of border is found among any number of them", "[locate]") {
  std::mt19937 random(11);
  for (const std::size_t count : {1U, 2U, 8U, 9U, 64U, 65U, 1000U, 5000U}) {
    INFO(count);
    std::uniform_real_distribution<double> easting(795000, 825000);
    std::uniform_real_distribution<double> northing(6470000, 6500000);
    std::uniform_real_distribution<double> step(-400, 400);
    std::vector<MetricSegment> segments;
    for (std::size_t i = 0; i < count; ++i) {
      const MetricCoordinate from{easting(random), northing(random)};
      segments.push_back({from, {from.easting + step(random), from.northing + (i % 5 == 0 ? 0 : step(random))}});
    }
    const NearestBorder border(segments);
    for (int i = 0; i < 200; ++i) {
      const MetricCoordinate place{easting(random) * 1.001 - 800, northing(random)};
      // Ends are rounded to a tenth of a millimetre.
      CHECK(border.distance_from(place)->value() == Approx(brute_force(segments, place)).margin(2e-4));
    }
  }
}

TEST_CASE("a piece without length is a place", "[locate]") {
  const NearestBorder border(std::vector<MetricSegment>{{{800000, 6400000}, {800000, 6400000}}});
  CHECK(border.distance_from({800003, 6400004})->value() == Approx(5));
}

TEST_CASE("without a border there is no distance", "[locate]") {
  CHECK_FALSE(NearestBorder().distance_from({800000, 6400000}));
  CHECK_FALSE(NearestBorder(std::vector<MetricSegment>{}).distance_from({800000, 6400000}));
}
