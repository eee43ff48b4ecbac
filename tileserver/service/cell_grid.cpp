#include "tileserver/service/cell_grid.hpp"

#include <cmath>

namespace geoprio::service {

std::optional<LonLat> CellGrid::centre_around(LonLat place) const {
  const std::lock_guard lock(mutex_);
  const auto metric = to_metric_.to_metric(place);
  if (!metric) return std::nullopt;
  const auto centre = [](double metres) { return (std::floor(metres / side.value()) + 0.5) * side.value(); };
  const auto degrees = to_degrees_.to_degrees(MetricCoordinate{centre(metric->easting), centre(metric->northing)});
  if (!degrees) return std::nullopt;
  constexpr double units = 1e7;
  return LonLat::make(std::round(degrees->lon.degrees() * units) / units,
                      std::round(degrees->lat.degrees() * units) / units);
}

}  // namespace geoprio::service
