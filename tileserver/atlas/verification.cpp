#include "tileserver/atlas/verification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "geo/geometry/overlay.hpp"
#include "geo/loading/report_table.hpp"
#include "geo/partition/dissolve.hpp"

namespace geoprio::atlas {
namespace {

using geometry::UnroundedShape;
using geometry::Verification;

/// The quarters of each tier, by place in the edition's order.
std::vector<std::vector<DegreeShape>> quarters_by_tier(const RankedEdition& edition) {
  std::vector<std::vector<DegreeShape>> shapes(edition.tiers.tiers().size());
  for (std::uint32_t quarter = 0; quarter < edition.loaded->quarters.size(); ++quarter)
    shapes[edition.tiers.place_of_quarter(quarter)].push_back(edition.loaded->quarters[quarter].perimeter.shape);
  return shapes;
}

/// What the partition has for each tier, and for each tier in each commune.
std::vector<DegreeShape> made_tiers(const CutAtlas& cut, std::size_t place, const PlannedSet* communes,
                                    std::uint32_t commune) {
  const auto& edition = cut.editions[place];
  partition::Grouping grouping;
  grouping.group_count = static_cast<std::uint32_t>(edition.tiers.tiers().size());
  for (std::uint32_t face = 0; face < cut.partition->face_count(); ++face) {
    const auto quarters = members_of(*cut.partition, face, cut.edition_sets[place]);
    bool wanted = !quarters.empty();
    if (wanted && communes != nullptr) {
      const auto in = members_of(*cut.partition, face, *communes);
      wanted = std::find(in.begin(), in.end(), commune) != in.end();
    }
    grouping.group_of_face.push_back(wanted ? edition.tiers.winner(quarters) : partition::Grouping::no_group);
  }
  return partition::dissolve(*cut.partition, grouping);
}

/// Each tier in each commune, against the land of both; `tiers` are GEOS' own.
void verify_communes(const CutAtlas& cut, std::size_t place, std::size_t set, const std::vector<UnroundedShape>& tiers,
                     std::vector<Verification>& results) {
  const auto& edition = cut.editions[place];
  const auto& communes = cut.loaded->sets[set].perimeters;
  for (std::uint32_t commune = 0; commune < communes.size(); ++commune) {
    const auto land = geometry::unrounded(communes[commune].shape);
    std::vector<UnroundedShape> crossings;
    for (const auto& tier : tiers) crossings.push_back(geometry::intersection(tier, land));
    if (std::all_of(crossings.begin(), crossings.end(), [](const auto& shape) { return shape.polygons.empty(); }))
      continue;
    const auto parts = made_tiers(cut, place, &cut.context_sets[set], commune);
    for (std::size_t tier = 0; tier < parts.size(); ++tier)
      if (!parts[tier].polygons.empty() || !crossings[tier].polygons.empty())
        results.push_back(geometry::verify(
            edition.id() + ".tiers_by_commune " + edition.tiers.tiers()[tier].code + "." + communes[commune].code,
            parts[tier], crossings[tier]));
  }
}

/// Adds the edition's comparisons, none where it has no tiers; gives GEOS' own tiers.
std::vector<UnroundedShape> verify_edition(const CutAtlas& cut, std::size_t place, std::vector<Verification>& results) {
  const auto& edition = cut.editions[place];
  if (!edition.ranked()) return {};
  const auto sources = quarters_by_tier(edition);
  const auto made = made_tiers(cut, place, nullptr, 0);
  std::vector<UnroundedShape> expected;
  std::vector<DegreeShape> higher;
  for (std::size_t tier = 0; tier < sources.size(); ++tier) {
    expected.push_back(geometry::difference(geometry::union_of(sources[tier]), geometry::union_of(higher)));
    results.push_back(
        geometry::verify(edition.id() + ".tiers " + edition.tiers.tiers()[tier].code, made[tier], expected.back()));
    higher.insert(higher.end(), sources[tier].begin(), sources[tier].end());
  }
  if (const auto set = cut.loaded->commune_set()) verify_communes(cut, place, *set, expected, results);
  return expected;
}

}  // namespace

std::vector<Verification> verified_overlays(const CutAtlas& cut) {
  std::vector<Verification> results;
  std::vector<std::vector<UnroundedShape>> tiers_of_editions;
  for (std::size_t place = 0; place < cut.editions.size(); ++place)
    tiers_of_editions.push_back(verify_edition(cut, place, results));
  for (const auto& band : cut.bands) {
    partition::Grouping grouping;
    grouping.group_count = 1;
    for (std::uint32_t face = 0; face < cut.partition->face_count(); ++face)
      grouping.group_of_face.push_back(in_band(cut, band, face) ? 0 : partition::Grouping::no_group);
    const auto made = partition::dissolve(*cut.partition, grouping);
    const auto& tiers = cut.editions[band.edition].tiers.tiers();
    const auto tier =
        std::find_if(tiers.begin(), tiers.end(), [&](const auto& candidate) { return candidate.code == band.tier; });
    const auto itself = tier == tiers.end()
                            ? UnroundedShape{}
                            : tiers_of_editions[band.edition][static_cast<std::size_t>(tier - tiers.begin())];
    results.push_back(geometry::verify(band_id(cut.editions[band.edition].id(), band.tier, band.metres), made.front(),
                                       geometry::difference(geometry::unrounded(band.shape), itself)));
  }
  return results;
}

std::string verification_table(const std::vector<Verification>& overlays, Language language) {
  if (overlays.empty())
    return in(language, {"Rien à vérifier par GEOS : aucune édition n'a de niveaux.\n",
                         "Nothing to be verified by GEOS: no edition has tiers.\n"});
  std::vector<std::vector<std::string>> rows{
      {in(language, {"croisement", "overlay"}), in(language, {"écart d'aire", "area difference"}),
       in(language, {"écart relatif", "relative"}),
       in(language, {"terrain différent / borne", "land differing / bound"}), ""}};
  double largest = 0;
  for (const auto& overlay : overlays) {
    const double relative = overlay.expected_area > 0 ? overlay.area_difference / overlay.expected_area : 0;
    largest = std::max(largest, relative);
    rows.push_back({overlay.name, fmt::format("{:.3g}", overlay.area_difference), fmt::format("{:.2e}", relative),
                    fmt::format("{:.3f}", overlay.bound > 0 ? overlay.land_differing / overlay.bound : 0),
                    overlay.ok ? "ok" : in(language, {"DIFFÈRE ", "DIFFERS "}) + overlay.defect});
  }
  return loading::aligned_table(rows) +
         in(language, {"Vérification par GEOS ; plus grand écart relatif : ",
                       "Verified by GEOS; largest relative difference: "}) +
         fmt::format("{:.2e}\n", largest);
}

}  // namespace geoprio::atlas
