// A projection as a table of places: what a request needs of PROJ, without PROJ.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "geo/core/box.hpp"
#include "geo/core/coordinate.hpp"
#include "geo/core/flat_array.hpp"
#include "geo/core/lon_lat.hpp"

namespace geoprio::projection {

/// From degrees to the metric system, by cubic interpolation between nodes a tenth of a degree apart (farther on boxes
/// of over 50 degrees): within 0.1 mm of PROJ for every offered projected system (tests/geo/projection). A table, not
/// one PROJ object a worker: those take milliseconds to make, and a snapshot must not hold one.
/// Thread safety: immutable.
class MetricTable {
 public:
  MetricTable() = default;
  /// Over the part of `box` that lies in the system's area of use. Nothing when there is no such part, or PROJ does not
  /// know the system, or gives a place of it no image.
  static std::optional<MetricTable> make(const std::string& metric_crs, const DegreeBox& box);

  /// Nothing outside the box.
  [[nodiscard]] std::optional<MetricCoordinate> at(LonLat place) const;

  static auto members(auto& self) {
    return std::tie(self.box_, self.step_x_, self.step_y_, self.columns_, self.nodes_);
  }

 private:
  struct Node {
    std::int64_t easting = 0, northing = 0;  ///< micrometres
  };

  DegreeBox box_{};
  std::int32_t step_x_ = 1, step_y_ = 1;  ///< units of the degree grid
  std::uint32_t columns_ = 0;
  FlatArray<Node> nodes_;  ///< row by row from the south-west, with one more around the box
};

}  // namespace geoprio::projection
