#include "geo/loading/near_limit.hpp"

#include <algorithm>
#include <string>

#include "geo/projection/metric_crs.hpp"

namespace geoprio::loading {
void refuse_distances_out_of_reach(const AtlasFile& file, const LoadedEdition& edition, LoadReport& report,
                                   Language language) {
  const auto crs = projection::MetricCrs::make(file.metric_crs);
  if (!crs || !(file.kiosk.near_limit.value() > 0)) return;
  const auto source = std::find_if(report.sources.begin(), report.sources.end(),
                                   [&](const auto& one) { return one.set == edition.settings.id; });
  const auto name = source == report.sources.end() ? edition.settings.id : source->file;
  for (const auto& quarter : edition.quarters) {
    if (crs->contains(quarter.perimeter.shape)) continue;
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
