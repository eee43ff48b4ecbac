#include "geo/projection/geodesic.hpp"

#include <geodesic.h>

#include <cmath>

#include "geo/projection/densification.hpp"

namespace geoprio::projection {

namespace {

const geod_geodesic& wgs84() {
  static const geod_geodesic ellipsoid = [] {
    geod_geodesic made{};
    geod_init(&made, 6378137.0, 1 / 298.257223563);
    return made;
  }();
  return ellipsoid;
}

struct Measured {
  double area = 0;
  double perimeter = 0;
};

Measured measured(const Ring<DegreePoint>& ring, Metres step) {
  geod_polygon polygon;
  geod_polygon_init(&polygon, 0);
  const auto add = [&polygon](Place at) { geod_polygon_addpoint(&wgs84(), &polygon, at.northing, at.easting); };
  for (std::size_t index = 0; index < ring.points.size(); ++index) {
    const auto here = ring.points[index];
    const auto next = ring.points[(index + 1) % ring.points.size()];
    const Place from{longitude_of(here), latitude_of(here)};
    const Place to{longitude_of(next), latitude_of(next)};
    add(from);
    cut_edge(from, to, metres_between_degrees(from, to), step.value(), add);
  }
  Measured result;
  // not reversed; signed, so that clockwise is negative
  geod_polygon_compute(&wgs84(), &polygon, 0, 1, &result.area, &result.perimeter);
  return result;
}

}  // namespace

SquareMetres geodesic_area(const Ring<DegreePoint>& ring, Metres step) {
  return SquareMetres(measured(ring, step).area);
}

SquareMetres geodesic_area(const DegreeShape& shape, Metres step) {
  double sum = 0;
  for (const auto& polygon : shape.polygons) {
    sum += std::abs(measured(polygon.shell, step).area);
    for (const auto& hole : polygon.holes) sum -= std::abs(measured(hole, step).area);
  }
  return SquareMetres(sum);
}

Metres geodesic_length(const Ring<DegreePoint>& ring, Metres step) { return Metres(measured(ring, step).perimeter); }

Metres geodesic_distance(LonLat from, LonLat to) {
  double metres = 0;
  geod_inverse(&wgs84(), from.lat.degrees(), from.lon.degrees(), to.lat.degrees(), to.lon.degrees(), &metres, nullptr,
               nullptr);
  return Metres(metres);
}

}  // namespace geoprio::projection
