// Cells of 200 m, to which a place is rounded so that it tells no house.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "geo/core/lon_lat.hpp"
#include "geo/core/quantity.hpp"
#include "geo/projection/reprojector.hpp"

namespace geoprio::service {

/// Thread safety: any thread; one at a time computes, for microseconds.
class CellGrid {
 public:
  static constexpr Metres side{200};

  /// @throws projection::CrsError for a system that PROJ does not know.
  explicit CellGrid(const std::string& metric_crs)
      : to_metric_(projection::Reprojector::make(projection::degrees_crs, metric_crs)),
        to_degrees_(projection::Reprojector::make(metric_crs, projection::degrees_crs)) {}

  /// The centre of the cell that holds the place, on the grid of 1e-7 degree; nothing where the system has no image.
  [[nodiscard]] std::optional<LonLat> centre_around(LonLat place) const;

 private:
  mutable std::mutex mutex_;
  projection::Reprojector to_metric_, to_degrees_;
};

}  // namespace geoprio::service
