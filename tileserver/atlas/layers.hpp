// Features of each kind of layer: properties under the names that clients rely on (DESIGN §6), sums, shapes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/analysis/alternatives.hpp"
#include "geo/domain/layer.hpp"
#include "geo/loading/loaded_atlas.hpp"
#include "tileserver/atlas/groupings.hpp"
#include "tileserver/atlas/tier_order.hpp"

namespace geoprio::atlas {

/// One edition, loaded and ranked.
struct RankedEdition {
  const loading::LoadedEdition* loaded = nullptr;                ///< a loan; never null
  std::vector<analysis::Assignment> assignments;                 ///< one per quarter, in order
  std::vector<std::vector<analysis::Alternative>> alternatives;  ///< likewise
  std::vector<std::vector<std::string>> communes;                ///< INSEE codes of each quarter
  TierOrder tiers{{}, {}};

  /// Every quarter has a tier, computed or adopted.
  [[nodiscard]] bool ranked() const { return !tiers.tiers().empty(); }
  [[nodiscard]] const std::string& id() const { return loaded->settings.id; }
};

/// What one commune contributes to `tiers_by_commune`.
struct CommuneFacts {
  std::string code, name;
  SquareMetres area;
};

/// A (tier, commune) pair that holds land.
struct TierInCommune {
  std::uint32_t tier;     ///< place in the edition's TierOrder
  std::uint32_t commune;  ///< place in the commune set
};

/// `people` says whether a population was loaded: without it every population is unknown.
domain::Layer quarters_layer(const RankedEdition& edition, const std::vector<Sums>& sums, bool people);
domain::Layer tiers_layer(const RankedEdition& edition, const std::vector<Sums>& sums, std::vector<DegreeShape> shapes,
                          bool people);
domain::Layer tiers_by_commune_layer(const RankedEdition& edition, const std::vector<TierInCommune>& pairs,
                                     const std::vector<CommuneFacts>& communes, const std::vector<Sums>& sums,
                                     std::vector<DegreeShape> shapes, bool people);
domain::Layer band_layer(const RankedEdition& edition, const std::string& tier, Metres metres, Sums sums,
                         DegreeShape shape, bool people);
/// A feature for each two of `sides` (tiers, then `outside`) that have a border in common, with `left` < `right`.
struct TierBorder {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
  DegreeLines lines;
};
domain::Layer borders_layer(const RankedEdition& edition, const std::vector<std::string>& sides,
                            std::vector<TierBorder> borders);
domain::Layer labels_layer(const RankedEdition& edition);
domain::Layer context_layer(const loading::LoadedSet& set);

/// `2014.band_priority_1_300m`: whole metres without a decimal point.
std::string band_id(const std::string& edition, const std::string& tier, Metres metres);

/// The box around a shape; nothing when it is empty.
std::optional<DegreeBox> bounds_of(const DegreeShape& shape);

}  // namespace geoprio::atlas
