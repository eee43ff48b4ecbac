#include "geo/projection/metric_crs.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/projection/proj.hpp"
#include "geo/projection/reprojector.hpp"

namespace geoprio::projection {

namespace {

std::optional<DegreeBox> stated_area(PJ_CONTEXT* context, const PJ* crs) {
  double west = 0, south = 0, east = 0, north = 0;
  if (proj_get_area_of_use(context, crs, &west, &south, &east, &north, nullptr) == 0) return std::nullopt;
  const auto low = LonLat::make(west, south);
  const auto high = LonLat::make(east, north);
  if (!low || !high) return std::nullopt;  // PROJ writes -1000 for a bound that is not stated
  return DegreeBox{on_grid(*low), on_grid(*high)};
}

bool is_web_mercator(PJ_CONTEXT* context, const PJ* crs) {
  const ObjectHandle conversion(proj_crs_get_coordoperation(context, crs));
  const char* method = nullptr;
  if (!conversion || proj_coordoperation_get_method_info(context, conversion.get(), &method, nullptr, nullptr) == 0 ||
      method == nullptr)
    return false;
  return std::string(method).find("Popular Visualisation") != std::string::npos;
}

}  // namespace

MetricCrs::MetricCrs(std::string definition, std::string name, std::optional<DegreeBox> area_of_use)
    : definition_(std::move(definition)), name_(std::move(name)), area_of_use_(area_of_use) {}

Result<MetricCrs, BilingualText> MetricCrs::make(const std::string& definition) {
  auto* const context = asking_context();
  ObjectHandle crs;
  try {
    crs = crs_object(context, definition);
  } catch (const CrsError& error) {
    return Unexpected{error.text()};
  }
  const std::string quoted = "« " + definition + " »";
  if (kind_of(context, crs.get()) != CrsKind::projected)
    return Unexpected{BilingualText{
        quoted + " n'est pas un système projeté : les distances se mesurent en mètres, par exemple en EPSG:2154",
        quoted + " is not a projected CRS: distances are measured in metres, in EPSG:2154 say"}};
  if (std::abs(unit_of(context, crs.get()) - 1) > 1e-12)
    return Unexpected{BilingualText{quoted + " ne compte pas en mètres", quoted + " does not count in metres"}};
  if (is_web_mercator(context, crs.get()))
    return Unexpected{BilingualText{
        quoted + " déforme les distances : 300 m y valent 210 m à Saint-Étienne ; écrire par exemple EPSG:2154",
        quoted + " distorts distances: 300 m there are 210 m in Saint-Étienne; write EPSG:2154, say"}};
  const char* name = proj_get_name(crs.get());
  return MetricCrs(definition, name == nullptr ? definition : name, stated_area(context, crs.get()));
}

bool MetricCrs::contains(const DegreeBox& box) const noexcept {
  if (!area_of_use_) return true;
  const auto& area = *area_of_use_;
  if (box.low.y < area.low.y || box.high.y > area.high.y) return false;
  if (area.low.x <= area.high.x) return box.low.x >= area.low.x && box.high.x <= area.high.x;
  return box.low.x >= area.low.x || box.high.x <= area.high.x;  // over the date line: on one side of it or the other
}

bool MetricCrs::contains(const DegreeShape& shape) const noexcept {
  return std::ranges::all_of(shape.polygons, [this](const auto& polygon) {
    const auto& points = polygon.shell.points;
    if (points.empty()) return true;
    auto box = DegreeBox::around(points.front());
    for (const auto& point : points) box.extend(point);
    return contains(box);
  });
}

}  // namespace geoprio::projection
