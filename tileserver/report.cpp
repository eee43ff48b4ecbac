#include "tileserver/report.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "geo/loading/report_table.hpp"

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
    list.push_back(
        {{"file", refusal.file}, {"feature", refusal.feature}, {"reason", refusal.reason}, {"remedy", refusal.remedy}});
  return list;
}

/// A part of the people who were read; of nobody, all.
double share_of(analysis::People people, const atlas::PopulationMatched& population) {
  return population.read.value() > 0 ? people / population.read : 1;
}

ordered_json population_of(const atlas::PopulationMatched& population) {
  auto sets = ordered_json::array();
  for (const auto& matched : population.sets)
    sets.push_back(
        {{"set", matched.set}, {"people", matched.people.value()}, {"share", share_of(matched.people, population)}});
  return {{"read", population.read.value()}, {"unplaced", population.unplaced.value()}, {"sets", sets}};
}

std::string population_table(const atlas::PopulationMatched& population, Language language) {
  std::vector<std::vector<std::string>> rows{
      {in(language, {"dans", "in"}), in(language, {"habitants", "people"}), in(language, {"part", "share"})}};
  const auto add = [&](const std::string& where, analysis::People people) {
    rows.push_back(
        {where, fmt::format("{:.0f}", people.value()), fmt::format("{:.1f} %", share_of(people, population) * 100)});
  };
  add(in(language, {"carreaux lus", "cells read"}), population.read);
  if (population.unplaced.value() > 0)
    add(in(language, {"carreaux sans surface", "cells without land"}), population.unplaced);
  for (const auto& matched : population.sets) add(matched.set, matched.people);
  return "\n" + in(language, {"Population rattachée", "Population matched"}) + "\n" + loading::aligned_table(rows);
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
  document["population"] = report.population ? population_of(*report.population) : ordered_json();
  document["warnings"] = report.load.warnings;
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

std::string report_text(const atlas::BuildReport& report, Language language) {
  std::string text = loading::report_table(report.load, language);
  if (!report.slivers.empty()) {
    std::vector<std::vector<std::string>> rows{{in(language, {"couche", "set"}), "code", "m²"}};
    for (const auto& sliver : report.slivers)
      rows.push_back({sliver.set, sliver.code, fmt::format("{:.1f}", sliver.area.value())});
    text += "\n" + in(language, {"Échardes absorbées", "Slivers absorbed"}) + "\n" + loading::aligned_table(rows);
  }
  if (!report.overlaps.empty()) {
    std::vector<std::vector<std::string>> rows{{in(language, {"édition", "edition"}),
                                                in(language, {"quartier", "quarter"}), in(language, {"et", "and"}),
                                                "m²"}};
    for (const auto& overlap : report.overlaps)
      rows.push_back({overlap.edition, overlap.a, overlap.b, fmt::format("{:.1f}", overlap.area.value())});
    text += "\n" + in(language, {"Quartiers qui se recouvrent", "Overlapping quarters"}) + "\n" +
            loading::aligned_table(rows);
  }
  if (report.population) text += population_table(*report.population, language);
  return text + "\n" + in(language, {"Empreinte : ", "Fingerprint: "}) + report.fingerprint + "\n";
}

}  // namespace geoprio
