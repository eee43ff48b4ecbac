#include "geo/loading/near_limit.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "geo/core/box.hpp"
#include "geo/projection/metric_crs.hpp"

namespace geoprio::loading {
namespace {

std::optional<DegreeBox> box_around(const DegreeShape& shape) {
  std::optional<DegreeBox> box;
  for (const auto& polygon : shape.polygons)
    for (const auto& point : polygon.shell.points) {
      if (!box) box = DegreeBox::around(point);
      box->extend(point);
    }
  return box;
}

}  // namespace

void refuse_distances_out_of_reach(const AtlasFile& file, const LoadedEdition& edition, LoadReport& report,
                                   Language language) {
  const auto crs = projection::MetricCrs::make(file.metric_crs);
  if (!crs || !(file.kiosk.near_limit.value() > 0)) return;
  const auto source = std::find_if(report.sources.begin(), report.sources.end(),
                                   [&](const auto& one) { return one.set == edition.settings.id; });
  const auto name = source == report.sources.end() ? edition.settings.id : source->file;
  for (const auto& quarter : edition.quarters) {
    const auto box = box_around(quarter.perimeter.shape);
    if (!box || crs->contains(*box)) continue;
    report.refusals.push_back(
        {name, std::to_string(quarter.perimeter.row) + " (" + quarter.perimeter.code + ")",
         in(language, {"aucune distance à la limite : le quartier est hors du domaine d'emploi de " + file.metric_crs,
                       "no distance to the limit: the quarter is outside the area of use of " + file.metric_crs}),
         in(language, {"Donnez à metric_crs un système projeté dont le domaine d'emploi contient les quartiers, ou "
                       "renoncez à cette distance par near_limit_m = 0 sous [kiosk]. Le quartier est publié sans elle.",
                       "Give metric_crs a projected system whose area of use holds the quarters, or give this distance "
                       "up by near_limit_m = 0 under [kiosk]. The quarter is published without it."})});
  }
}

}  // namespace geoprio::loading
