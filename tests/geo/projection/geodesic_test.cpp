#include "geo/projection/geodesic.hpp"

#include <cmath>
#include <numbers>

#include "tests/support/catch.hpp"

using namespace geoprio;
using projection::geodesic_area;

namespace {

DegreePoint degrees(double lon, double lat) { return on_grid(*LonLat::make(lon, lat)); }

}  // namespace

// Between two parallels and two meridians there is a closed form: Snyder 1987, Map Projections, eq. 3-12 (authalic q).
TEST_CASE("a quadrangle has the area of the closed form", "[projection][geodesic]") {
  const double a = 6378137.0, f = 1 / 298.257223563, e2 = f * (2 - f), e = std::sqrt(e2);
  const auto q = [&](double latitude) {
    const double s = std::sin(latitude * std::numbers::pi / 180);
    return (1 - e2) * (s / (1 - e2 * s * s) - std::log((1 - e * s) / (1 + e * s)) / (2 * e));
  };
  const double expected = a * a / 2 * (q(46) - q(45)) * std::numbers::pi / 180;
  const Ring<DegreePoint> ring{{degrees(4, 45), degrees(5, 45), degrees(5, 46), degrees(4, 46)}};
  CHECK(geodesic_area(ring).value() == Approx(expected).epsilon(1e-9));
}

TEST_CASE("clockwise is negative, and a hole is taken away", "[projection][geodesic]") {
  const Ring<DegreePoint> out{{degrees(4, 45), degrees(4.1, 45), degrees(4.1, 45.1), degrees(4, 45.1)}};
  const Ring<DegreePoint> in{{degrees(4.02, 45.02), degrees(4.02, 45.04), degrees(4.04, 45.04)}};
  CHECK(geodesic_area(out) > SquareMetres(0));
  CHECK(geodesic_area(in) < SquareMetres(0));
  const DegreeShape shape{{Polygon<DegreePoint>{.shell = out, .holes = {in}}}};
  CHECK(geodesic_area(shape).value() == Approx((geodesic_area(out) + geodesic_area(in)).value()));
}

// A quarter of the meridian of WGS 84: 10,001,965.729 m (IUGG; the metre's first definition missed by 2 km).
TEST_CASE("the equator is ten thousand kilometres from the pole", "[projection][geodesic]") {
  const auto quarter = projection::geodesic_distance(*LonLat::make(0, 0), *LonLat::make(0, 90));
  CHECK(quarter.value() == Approx(10001965.729).margin(0.001));
}
