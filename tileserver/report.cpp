#include "tileserver/report.hpp"

#include <nlohmann/json.hpp>

namespace geoprio {
namespace {

using nlohmann::ordered_json;

ordered_json sources_of(const loading::LoadReport& load) {
  auto list = ordered_json::array();
  for (const auto& source : load.sources)
    list.push_back({{"set", source.set},
                    {"file", source.file},
                    {"layer", source.layer},
                    {"read", source.read},
                    {"repaired", source.repaired},
                    {"refused", source.refused}});
  return list;
}

ordered_json repairs_of(const loading::LoadReport& load) {
  auto list = ordered_json::array();
  for (const auto& repair : load.repairs)
    list.push_back({{"file", repair.file},
                    {"feature", repair.feature},
                    {"code", repair.code},
                    {"area_changed_m2", repair.area_changed_m2},
                    {"share", repair.share}});
  return list;
}

ordered_json refusals_of(const loading::LoadReport& load) {
  auto list = ordered_json::array();
  for (const auto& refusal : load.refusals)
    list.push_back({{"file", refusal.file},
                    {"feature", refusal.feature},
                    {"reason", refusal.reason},
                    {"remedy", refusal.remedy}});
  return list;
}

}  // namespace

std::string report_json(const atlas::BuildReport& report) {
  ordered_json document;
  document["fingerprint"] = report.fingerprint;
  document["sources"] = sources_of(report.load);
  document["repairs"] = repairs_of(report.load);
  document["refusals"] = refusals_of(report.load);
  auto slivers = ordered_json::array();
  for (const auto& sliver : report.slivers)
    slivers.push_back({{"set", sliver.set}, {"code", sliver.code}, {"area_m2", sliver.area.value()}});
  document["slivers"] = slivers;
  auto overlaps = ordered_json::array();
  for (const auto& overlap : report.overlaps)
    overlaps.push_back(
        {{"edition", overlap.edition}, {"a", overlap.a}, {"b", overlap.b}, {"area_m2", overlap.area.value()}});
  document["overlaps"] = overlaps;
  document["warnings"] = report.load.warnings;
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace geoprio
