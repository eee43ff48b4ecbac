#include "tileserver/atlas/surroundings.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "geo/analysis/neighbours.hpp"
#include "geo/projection/metric_table.hpp"
#include "tileserver/atlas/layers.hpp"

namespace geoprio::atlas {
namespace {

/// The metric system over the edition's quarters; nothing where it is not made for any of them.
std::optional<projection::MetricTable> table_over(const RankedEdition& edition, const std::string& metric_crs) {
  std::optional<DegreeBox> box;
  for (const auto& quarter : edition.loaded->quarters) {
    const auto bounds = bounds_of(quarter.perimeter.shape);
    if (!bounds) continue;
    if (!box) box = bounds;
    box->extend(bounds->low);
    box->extend(bounds->high);
  }
  return box ? projection::MetricTable::make(metric_crs, *box) : std::nullopt;
}

void add_neighbours(const CutAtlas& cut, std::size_t edition, EditionRecord& record) {
  const auto& set = cut.edition_sets[edition];
  const auto table = table_over(cut.editions[edition], cut.loaded->file.metric_crs);
  for (const auto& [pair, border] : analysis::shared_borders(*cut.partition, set.number, table ? &*table : nullptr)) {
    auto& one = record.quarters[pair.first - set.first];
    auto& other = record.quarters[pair.second - set.first];
    one.neighbours.push_back({other.code, border});
    other.neighbours.push_back({one.code, border});
  }
  for (auto& quarter : record.quarters)
    std::ranges::stable_sort(quarter.neighbours, [](const auto& a, const auto& b) { return a.border > b.border; });
}

void add_population_ranges(const CutAtlas& cut, std::size_t edition, EditionRecord& record) {
  if (cut.cell_counts.empty()) return;
  const auto& set = cut.edition_sets[edition];
  const auto ranges = analysis::population_ranges(*cut.partition, cut.cell_counts, set.first, set.count);
  for (std::size_t quarter = 0; quarter < record.quarters.size(); ++quarter)
    record.quarters[quarter].population_range = PopulationRangeRecord{ranges[quarter].low, ranges[quarter].high};
}

}  // namespace

void add_surroundings(const CutAtlas& cut, std::size_t edition, EditionRecord& record) {
  add_neighbours(cut, edition, record);
  add_population_ranges(cut, edition, record);
}

}  // namespace geoprio::atlas
