#include "tileserver/atlas/bands.hpp"

#include <fmt/format.h>

#include "geo/core/error.hpp"
#include "geo/geometry/buffers.hpp"
#include "geo/geometry/repair.hpp"
#include "geo/projection/reprojector.hpp"

namespace geoprio::atlas {
namespace {

[[noreturn]] void refuse(Metres metres, const std::string& metric_crs, const std::string& why) {
  throw Error(fmt::format("La bande de {} m ne peut pas être calculée dans {} : {}. Donnez à metric_crs un système "
                          "projeté dont le domaine d'emploi contient les quartiers.",
                          metres.value(), metric_crs, why));
}

}  // namespace

DegreeShape band_around(const std::vector<DegreeShape>& quarters, Metres metres, const std::string& metric_crs) {
  if (quarters.empty()) return {};
  const auto to_metric = projection::Reprojector::make(projection::degrees_crs, metric_crs);
  const auto to_degrees = projection::Reprojector::make(metric_crs, projection::degrees_crs);
  std::vector<MetricShape> tier;
  for (const auto& quarter : quarters) {
    auto shape = to_metric.to_metric(quarter);
    if (!shape) refuse(metres, metric_crs, shape.error().text());
    tier.push_back(std::move(shape).value());
  }
  const auto on_ground = to_degrees.to_degrees(geometry::band(tier, metres));
  if (!on_ground) refuse(metres, metric_crs, on_ground.error().text());
  auto repaired = geometry::repair(*on_ground);
  if (!repaired) refuse(metres, metric_crs, repaired.error().text());
  return std::move(repaired).value().shape;
}

}  // namespace geoprio::atlas
