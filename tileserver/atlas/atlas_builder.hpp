// From what was loaded to what is served: rank, make bands, cut the land once, group, publish whole.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "geo/analysis/population.hpp"
#include "geo/loading/loaded_atlas.hpp"
#include "geo/partition/partition.hpp"
#include "tileserver/atlas/atlas.hpp"
#include "tileserver/atlas/groupings.hpp"
#include "tileserver/atlas/layers.hpp"
#include "tileserver/atlas/population_matched.hpp"

namespace geoprio::atlas {

struct SliverRecord {
  std::string set, code;
  SquareMetres area;

  static auto members(auto& self) { return std::tie(self.set, self.code, self.area); }
};

struct OverlapRecord {
  std::string edition, a, b;
  SquareMetres area;

  static auto members(auto& self) { return std::tie(self.edition, self.a, self.b, self.area); }
};

/// What `check` reports: the load, and what the partition found.
struct BuildReport {
  std::string fingerprint;  ///< the whole atlas's
  loading::LoadReport load;
  std::vector<SliverRecord> slivers;
  std::vector<OverlapRecord> overlaps;
  std::optional<PopulationMatched> population;  ///< nothing without `[population]`

  static auto members(auto& self) {
    return std::tie(self.fingerprint, self.load, self.slivers, self.overlaps, self.population);
  }
};

/// A band as it entered the partition: with the tier's own land, which `in_band` leaves out.
struct PlannedBand {
  std::size_t edition = 0;  ///< place in `RankedAtlas::editions`
  std::string tier;
  Metres metres;
  PlannedSet set;
  DegreeShape shape;
};

/// Which editions are in it: the public atlas is computed without drafts and prefigurations, staff's with them.
enum class Audience { everyone, staff };

/// Everything ranked and cut, before it is grouped: what layers are made from and what verification recomputes.
struct CutAtlas {
  const loading::LoadedAtlas* loaded = nullptr;  ///< a loan; never null
  Audience audience = Audience::everyone;
  std::vector<RankedEdition> editions;
  std::vector<PlannedSet> edition_sets;  ///< one per edition
  std::vector<PlannedSet> context_sets;  ///< one per loaded set
  std::vector<PlannedBand> bands;
  std::optional<partition::Partition> partition;  ///< always there after `cut_atlas`
  std::vector<analysis::CellCount> cell_counts;   ///< empty without a population
  std::vector<analysis::People> people_of_face;   ///< likewise
  std::optional<PopulationMatched> population;    ///< nothing without a population
  std::vector<SliverRecord> slivers;
  std::vector<OverlapRecord> overlaps;
  std::vector<std::string> warnings;  ///< of the ranking
};

/// Whether the face is in the band: near the tier, and not of the tier.
bool in_band(const CutAtlas& cut, const PlannedBand& band, std::uint32_t face);

/// Ranks, makes the bands and cuts the land. `loaded` must outlive the result.
/// @throws Error when an edition cannot be ranked or a band cannot be made.
CutAtlas cut_atlas(const loading::LoadedAtlas& loaded, Audience audience, Language language);

/// What `check` prints: the load's report with what ranking and cutting found.
BuildReport report_of(const CutAtlas& cut);

/// Groups and publishes. The atlas keeps nothing of `cut`.
std::shared_ptr<const Atlas> published_atlas(const CutAtlas& cut);
/// The same layers and tiles without what only a server is asked for: records, names, places. Of the layers with these
/// ids, or of all when there is no id; a layer that is not among them has no tiles to cut.
std::shared_ptr<const Atlas> published_tiles(const CutAtlas& cut, std::span<const std::string> layers);

/// The atlas that everyone sees, and staff's where it is another one.
struct PublishedAtlases {
  std::shared_ptr<const Atlas> everyone;  ///< never null
  std::shared_ptr<const Atlas> staff;  ///< null without a draft or prefiguration, and without a store: nobody signs in
};

/// Both, one after the other: what the first was cut from is gone before the second is cut.
/// @throws Error as `cut_atlas`.
PublishedAtlases published_atlases(const loading::LoadedAtlas& loaded, Language language);

/// With the report of all that staff see.
struct ReportedAtlases {
  PublishedAtlases atlases;
  BuildReport report;
};

/// @throws Error as `cut_atlas`.
ReportedAtlases reported_atlases(const loading::LoadedAtlas& loaded, Language language);

}  // namespace geoprio::atlas
