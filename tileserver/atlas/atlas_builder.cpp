#include "tileserver/atlas/atlas_builder.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "geo/analysis/overlaps.hpp"
#include "geo/analysis/population.hpp"
#include "geo/core/error.hpp"
#include "tileserver/atlas/bands.hpp"
#include "tileserver/atlas/network_tiles.hpp"
#include "tileserver/atlas/ranking.hpp"
#include "tileserver/atlas/records.hpp"

namespace geoprio::atlas {
namespace {

/// What a perimeter's number in the partition stands for, to name it in a report.
struct PerimeterNames {
  std::vector<std::string> sets, codes;
};

void plan_sets(CutAtlas& cut, Plan& plan, PerimeterNames& names, PlannedSet& cells) {
  const auto add = [&](PlannedSet& set, const std::string& set_id, const std::string& code, const DegreeShape& shape) {
    plan.add(set, shape);
    names.sets.push_back(set_id);
    names.codes.push_back(code);
  };
  for (const auto& context : cut.loaded->sets) {
    auto& set = cut.context_sets.emplace_back(plan.begin_set());
    for (const auto& perimeter : context.perimeters) add(set, context.settings.id, perimeter.code, perimeter.shape);
  }
  for (const auto& edition : cut.editions) {
    auto& set = cut.edition_sets.emplace_back(plan.begin_set());
    for (const auto& quarter : edition.loaded->quarters)
      add(set, edition.id(), quarter.perimeter.code, quarter.perimeter.shape);
  }
  for (auto& band : cut.bands) {
    band.set = plan.begin_set();
    add(band.set, band_id(cut.editions[band.edition].id(), band.tier, band.metres), band.tier, band.shape);
  }
  if (cut.loaded->population) {
    cells = plan.begin_set();
    for (const auto& cell : *cut.loaded->population) add(cells, loading::population_set_id, cell.code, cell.shape);
  }
}

void make_bands(CutAtlas& cut, Language language) {
  for (std::size_t place = 0; place < cut.editions.size(); ++place) {
    const auto& edition = cut.editions[place];
    for (const auto& wanted : edition.loaded->settings.bands) {
      std::vector<DegreeShape> quarters;
      for (std::size_t quarter = 0; quarter < edition.loaded->quarters.size(); ++quarter)
        if (edition.assignments[quarter].tier() == wanted.tier)
          quarters.push_back(edition.loaded->quarters[quarter].perimeter.shape);
      PlannedBand band;
      band.edition = place;
      band.tier = wanted.tier;
      band.metres = wanted.metres;
      band.shape = land_within(quarters, wanted.metres, cut.loaded->file.metric_crs, language);
      cut.bands.push_back(std::move(band));
    }
  }
}

partition::SliverRules sliver_rules(const CutAtlas& cut) {
  partition::SliverRules rules;
  rules.width = cut.loaded->file.sliver_width;
  for (std::size_t set = 0; set < cut.context_sets.size(); ++set)
    if (cut.loaded->sets[set].settings.source.snap) rules.adjustable_sets |= cut.context_sets[set].mask();
  for (std::size_t edition = 0; edition < cut.edition_sets.size(); ++edition) {
    rules.protected_sets |= cut.edition_sets[edition].mask();
    if (cut.editions[edition].loaded->settings.quarters.source.snap)
      rules.adjustable_sets |= cut.edition_sets[edition].mask();
  }
  return rules;
}

void report_overlaps(CutAtlas& cut) {
  for (std::size_t place = 0; place < cut.editions.size(); ++place) {
    const auto& set = cut.edition_sets[place];
    const auto& quarters = cut.editions[place].loaded->quarters;
    for (const auto& overlap : analysis::overlaps(*cut.partition, set.number))
      cut.overlaps.push_back({cut.editions[place].id(), quarters[overlap.a - set.first].perimeter.code,
                              quarters[overlap.b - set.first].perimeter.code, overlap.area});
  }
}

/// Gives each face its people, and tells how many of them lie where.
void place_population(CutAtlas& cut, const PlannedSet& cells) {
  PopulationMatched matched;
  auto& counts = cut.cell_counts;
  for (std::uint32_t cell = 0; cell < cells.count; ++cell) {
    const analysis::People people((*cut.loaded->population)[cell].count);
    counts.push_back({cells.first + cell, people});
    matched.read += people;
  }
  auto placed = analysis::population_of_faces(*cut.partition, counts);
  matched.unplaced = placed.unplaced;
  cut.people_of_face = std::move(placed.people);
  const auto tell = [&](const std::string& id, const PlannedSet& set) {
    matched.sets.push_back({id, people_in(*cut.partition, cut.people_of_face, set)});
  };
  for (std::size_t set = 0; set < cut.context_sets.size(); ++set)
    tell(cut.loaded->sets[set].settings.id, cut.context_sets[set]);
  for (std::size_t edition = 0; edition < cut.edition_sets.size(); ++edition)
    tell(cut.editions[edition].id(), cut.edition_sets[edition]);
  cut.population = std::move(matched);
}

/// Per quarter of an edition: its land, and how much of it lies in each commune.
struct LandByCommune {
  SquareMetres whole;
  std::map<std::uint32_t, SquareMetres> parts;
};

std::vector<LandByCommune> land_by_commune(const CutAtlas& cut, std::size_t edition, const PlannedSet& communes) {
  std::vector<LandByCommune> land(cut.edition_sets[edition].count);
  for (std::uint32_t face = 0; face < cut.partition->face_count(); ++face)
    for (const auto quarter : members_of(*cut.partition, face, cut.edition_sets[edition])) {
      land[quarter].whole += cut.partition->area(face);
      for (const auto commune : members_of(*cut.partition, face, communes))
        land[quarter].parts[commune] += cut.partition->area(face);
    }
  return land;
}

/// INSEE codes of each quarter; where its source does not say, every commune that holds at least 1 % of it (DESIGN §8).
void complete_communes(CutAtlas& cut) {
  for (auto& edition : cut.editions)
    for (const auto& quarter : edition.loaded->quarters) edition.communes.push_back(quarter.communes);
  const auto set = cut.loaded->commune_set();
  if (!set) return;
  for (std::size_t place = 0; place < cut.editions.size(); ++place) {
    const auto land = land_by_commune(cut, place, cut.context_sets[*set]);
    for (std::size_t quarter = 0; quarter < land.size(); ++quarter) {
      auto& codes = cut.editions[place].communes[quarter];
      if (!codes.empty()) continue;
      for (const auto& [commune, area] : land[quarter].parts)
        if (area / land[quarter].whole >= 0.01) codes.push_back(cut.loaded->sets[*set].perimeters[commune].code);
    }
  }
}

}  // namespace

bool in_band(const CutAtlas& cut, const PlannedBand& band, std::uint32_t face) {
  if (members_of(*cut.partition, face, band.set).empty()) return false;
  const auto& edition = cut.editions[band.edition];
  const auto quarters = members_of(*cut.partition, face, cut.edition_sets[band.edition]);
  return quarters.empty() || edition.tiers.tiers()[edition.tiers.winner(quarters)].code != band.tier;
}

CutAtlas cut_atlas(const loading::LoadedAtlas& loaded, Audience audience, Language language) {
  CutAtlas cut;
  cut.loaded = &loaded;
  cut.audience = audience;
  cut.editions = ranked_editions(loaded, audience, language, cut.warnings);
  make_bands(cut, language);
  Plan plan;
  PerimeterNames names;
  PlannedSet cells;
  plan_sets(cut, plan, names, cells);
  cut.partition = partition::Partition::make(plan.inputs(), sliver_rules(cut));
  for (const auto& sliver : cut.partition->absorbed_slivers())
    cut.slivers.push_back({names.sets[sliver.perimeter], names.codes[sliver.perimeter], sliver.area});
  if (loaded.population) place_population(cut, cells);
  report_overlaps(cut);
  complete_communes(cut);
  return cut;
}

BuildReport report_of(const CutAtlas& cut) {
  BuildReport report{cut.loaded->fingerprint_whole, cut.loaded->report, cut.slivers, cut.overlaps, cut.population};
  report.load.warnings.insert(report.load.warnings.end(), cut.warnings.begin(), cut.warnings.end());
  return report;
}

}  // namespace geoprio::atlas
