#include "geo/core/ellipsoid_area.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace geoprio {
namespace {

// WGS 84 (EPSG:7030): semi-major axis in metres and inverse flattening.
constexpr double semi_major = 6378137;
constexpr double flattening = 1 / 298.257223563;
constexpr double semi_minor = semi_major * (1 - flattening);
constexpr double eccentricity_squared = flattening * (2 - flattening);
constexpr double radians_per_unit = std::numbers::pi / 180 / degree_units;

struct Node {
  double at;  // from -1 to 1
  double weight;
};
// The zeros of Legendre's third polynomial: 0 and ±sqrt(3/5), weights 8/9 and 5/9, halved to sum to one.
const std::array<Node, 3> gauss_legendre{{{-std::sqrt(0.6), 5.0 / 18}, {0, 8.0 / 18}, {std::sqrt(0.6), 5.0 / 18}}};

double area_per_radian(double latitude) {
  static const double eccentricity = std::sqrt(eccentricity_squared);
  const double sine = std::sin(latitude);
  return semi_minor * semi_minor / 2 *
         (sine / (1 - eccentricity_squared * sine * sine) + std::atanh(eccentricity * sine) / eccentricity);
}

}  // namespace

SquareMetres area_under(DegreePoint from, DegreePoint to) {
  const double width = (static_cast<double>(to.x) - from.x) * radians_per_unit;
  if (width == 0) return SquareMetres(0);
  const double height = (static_cast<double>(to.y) - from.y) * radians_per_unit;
  const double south = from.y * radians_per_unit;
  const int parts = 1 + static_cast<int>(std::abs(static_cast<double>(to.y) - from.y) / degree_units);
  double mean = 0;
  for (int part = 0; part < parts; ++part)
    for (const auto& node : gauss_legendre)
      mean += node.weight * area_per_radian(south + height * (part + 0.5 + node.at / 2) / parts);
  return SquareMetres(width * mean / parts);
}

SquareMetres ellipsoid_area(const Ring<DegreePoint>& ring) {
  SquareMetres sum;
  for (std::size_t i = 0; i < ring.points.size(); ++i)
    sum -= area_under(ring.points[i == 0 ? ring.points.size() - 1 : i - 1], ring.points[i]);
  return sum;
}

SquareMetres ellipsoid_area(const DegreeShape& shape) {
  SquareMetres sum;
  for (const auto& polygon : shape.polygons) {
    sum += SquareMetres(std::abs(ellipsoid_area(polygon.shell).value()));
    for (const auto& hole : polygon.holes) sum -= SquareMetres(std::abs(ellipsoid_area(hole).value()));
  }
  return sum;
}

Metres local_length(DegreePoint from, DegreePoint to) {
  const double latitude = (static_cast<double>(from.y) + to.y) / 2 * radians_per_unit;
  const double sine = std::sin(latitude);
  const double shape = 1 - eccentricity_squared * sine * sine;
  const double east_radius = semi_major / std::sqrt(shape) * std::cos(latitude);
  const double north_radius = semi_major * (1 - eccentricity_squared) / (shape * std::sqrt(shape));
  return Metres(std::hypot((static_cast<double>(to.x) - from.x) * radians_per_unit * east_radius,
                           (static_cast<double>(to.y) - from.y) * radians_per_unit * north_radius));
}

}  // namespace geoprio
