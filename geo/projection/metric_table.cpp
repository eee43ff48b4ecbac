#include "geo/projection/metric_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "geo/core/grid_point.hpp"
#include "geo/projection/metric_crs.hpp"
#include "geo/projection/reprojector.hpp"

namespace geoprio::projection {
namespace {

constexpr std::int64_t usual_step = 1'000'000;
constexpr std::int64_t most_steps = 500;
constexpr double micrometres = 1e6;

std::int32_t step_over(std::int64_t span) {
  return static_cast<std::int32_t>(std::max(usual_step, (span + most_steps - 1) / most_steps));
}

/// The part of the box that the system is made for.
std::optional<DegreeBox> usable_part(const MetricCrs& crs, const DegreeBox& box) {
  const auto& area = crs.area_of_use();
  if (!area) return box;
  if (area->low.x > area->high.x || !box.intersects(*area)) return std::nullopt;
  return DegreeBox{{std::max(box.low.x, area->low.x), std::max(box.low.y, area->low.y)},
                   {std::min(box.high.x, area->high.x), std::min(box.high.y, area->high.y)}};
}

/// Lagrange's weights of four nodes at -1, 0, 1, 2 for a place between the two in the middle.
std::array<double, 4> weights(double t) {
  return {-t * (t - 1) * (t - 2) / 6, (t + 1) * (t - 1) * (t - 2) / 2, -(t + 1) * t * (t - 2) / 2,
          (t + 1) * t * (t - 1) / 6};
}

}  // namespace

std::optional<MetricTable> MetricTable::make(const std::string& metric_crs, const DegreeBox& box) {
  const auto crs = MetricCrs::make(metric_crs);
  if (!crs) return std::nullopt;
  const auto part = usable_part(*crs, box);
  if (!part) return std::nullopt;
  MetricTable table;
  table.box_ = *part;
  const auto width = std::int64_t{part->high.x} - part->low.x;
  const auto height = std::int64_t{part->high.y} - part->low.y;
  table.step_x_ = step_over(width);
  table.step_y_ = step_over(height);
  // Beside the nodes of each place's own cell, one more on every side.
  table.columns_ = static_cast<std::uint32_t>(width / table.step_x_ + 4);
  const auto rows = static_cast<std::uint32_t>(height / table.step_y_ + 4);
  const auto to_metric = Reprojector::make(degrees_crs, metric_crs);
  std::vector<Node> nodes;
  for (std::uint32_t row = 0; row < rows; ++row)
    for (std::uint32_t column = 0; column < table.columns_; ++column) {
      const auto place = LonLat::make((part->low.x + (column - 1.0) * table.step_x_) / degree_units,
                                      (part->low.y + (row - 1.0) * table.step_y_) / degree_units);
      const auto node = place ? std::optional(to_metric.to_metric(*place)) : std::nullopt;
      if (!node || !*node) return std::nullopt;
      nodes.push_back({std::llround((*node)->easting * micrometres), std::llround((*node)->northing * micrometres)});
    }
  table.nodes_ = FlatArray(std::move(nodes));
  return table;
}

std::optional<MetricCoordinate> MetricTable::at(LonLat place) const {
  const double east = place.lon.degrees() * degree_units - box_.low.x;
  const double north = place.lat.degrees() * degree_units - box_.low.y;
  const auto width = static_cast<double>(std::int64_t{box_.high.x} - box_.low.x);
  const auto height = static_cast<double>(std::int64_t{box_.high.y} - box_.low.y);
  if (nodes_.empty() || !(east >= 0 && east <= width && north >= 0 && north <= height)) return std::nullopt;
  const double column = std::floor(east / step_x_);
  const double row = std::floor(north / step_y_);
  const auto across = weights(east / step_x_ - column);
  const auto up = weights(north / step_y_ - row);
  MetricCoordinate sum;
  for (std::size_t j = 0; j < 4; ++j)
    for (std::size_t i = 0; i < 4; ++i) {
      const auto& node = nodes_[(static_cast<std::size_t>(row) + j) * columns_ + static_cast<std::size_t>(column) + i];
      sum.easting += across[i] * up[j] * static_cast<double>(node.easting);
      sum.northing += across[i] * up[j] * static_cast<double>(node.northing);
    }
  return MetricCoordinate{sum.easting / micrometres, sum.northing / micrometres};
}

}  // namespace geoprio::projection
