#include "tileserver/atlas/bands.hpp"

#include <fmt/format.h>

#include "geo/core/error.hpp"
#include "geo/geometry/buffers.hpp"
#include "geo/geometry/repair.hpp"
#include "geo/projection/metric_crs.hpp"
#include "geo/projection/reprojector.hpp"
#include "tileserver/atlas/layers.hpp"

namespace geoprio::atlas {
namespace {

[[noreturn]] void refuse(Metres metres, const std::string& metric_crs, const BilingualText& why, Language language) {
  const BilingualText text{
      fmt::format(
          "La bande de {} m ne peut pas être calculée dans {} : {} Donnez à metric_crs un système projeté dont le "
          "domaine d'emploi contient les quartiers.",
          metres.value(), metric_crs, why.french),
      fmt::format(
          "The band of {} m cannot be made in {}: {} Give metric_crs a projected system whose area of use holds the "
          "quarters.",
          metres.value(), metric_crs, why.english)};
  throw Error(in(language, text));
}

/// PROJ extrapolates outside a system's area of use without a word, and metres there are not metres.
void check_area_of_use(const std::vector<DegreeShape>& quarters, Metres metres, const std::string& metric_crs,
                       Language language) {
  const auto crs = projection::MetricCrs::make(metric_crs);
  if (!crs) refuse(metres, metric_crs, crs.error(), language);
  for (const auto& quarter : quarters)
    if (!crs->contains(quarter))
      refuse(metres, metric_crs,
             {"un quartier est hors de son domaine d'emploi.", "a quarter is outside its area of use."}, language);
}

}  // namespace

DegreeShape land_within(const std::vector<DegreeShape>& quarters, Metres metres, const std::string& metric_crs,
                        Language language) {
  if (quarters.empty()) return {};
  check_area_of_use(quarters, metres, metric_crs, language);
  const auto to_metric = projection::Reprojector::make(projection::degrees_crs, metric_crs);
  const auto to_degrees = projection::Reprojector::make(metric_crs, projection::degrees_crs);
  std::vector<MetricShape> tier;
  for (const auto& quarter : quarters) {
    auto shape = to_metric.to_metric(quarter);
    if (!shape) refuse(metres, metric_crs, shape.error().text(), language);
    tier.push_back(std::move(shape).value());
  }
  const auto on_ground = to_degrees.to_degrees(geometry::buffer(tier, metres));
  if (!on_ground) refuse(metres, metric_crs, on_ground.error().text(), language);
  auto repaired = geometry::repair(*on_ground);
  if (!repaired) refuse(metres, metric_crs, repaired.error().text(), language);
  return std::move(repaired).value().shape;
}

}  // namespace geoprio::atlas
