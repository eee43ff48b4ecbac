// Grouping and publishing: the layers of an atlas and their tiles.

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "geo/domain/stage.hpp"
#include "geo/domain/tier.hpp"
#include "geo/partition/dissolve.hpp"
#include "geo/tiling/chains.hpp"
#include "tileserver/atlas/atlas_builder.hpp"
#include "tileserver/atlas/names.hpp"
#include "tileserver/atlas/network_tiles.hpp"
#include "tileserver/atlas/places_of.hpp"
#include "tileserver/atlas/records.hpp"
#include "tileserver/atlas/surroundings.hpp"

namespace geoprio::atlas {
namespace {

using FeatureLists = std::vector<std::vector<std::uint32_t>>;

/// Collects layers and, beside each, where its tiles come from.
class Publication {
 public:
  explicit Publication(const CutAtlas& cut) : cut_(cut), people_(!cut.people_of_face.empty()) {}

  void publish_context(std::size_t number);
  void publish_edition(std::size_t place);
  void publish_band(const PlannedBand& band);

  /// Layers and tiles alone: tiles of the layers with these ids, or of all when there is no id.
  std::shared_ptr<Atlas> tiled(std::span<const std::string> ids) &&;
  std::shared_ptr<const Atlas> whole() &&;

 private:
  struct PlannedNetwork {
    partition::Grouping grouping;
    std::uint64_t kept_sets = 0;
  };
  /// The number of a network.
  using NetworkNumber = std::uint32_t;
  void add(domain::Layer layer, NetworkNumber network, const FeatureLists& features) {
    layers_.push_back(std::move(layer));
    tiles_.push_back({network, tiling::FeatureGroups(features)});
  }
  void add_points(domain::Layer layer);
  void publish_borders(std::size_t place, const MemberGroups& quarters, NetworkNumber network);
  NetworkNumber network(const partition::Grouping& grouping, std::uint64_t kept_sets) {
    networks_.push_back({grouping, kept_sets});
    return static_cast<NetworkNumber>(networks_.size() - 1);
  }
  [[nodiscard]] std::vector<tiling::Network> made_networks(std::span<const std::string> ids) const;
  [[nodiscard]] std::vector<Sums> sums(const MemberGroups& groups, const FeatureLists& features,
                                       std::size_t count) const {
    return sums_of(*cut_.partition, groups.grouping, features, count, cut_.people_of_face);
  }
  [[nodiscard]] std::vector<DegreeShape> shapes(const MemberGroups& groups, const FeatureLists& features,
                                                std::size_t count, std::uint64_t kept_sets) const;
  void publish_tiers(std::size_t place, const MemberGroups& quarters, NetworkNumber network);
  void publish_tiers_by_commune(std::size_t place);

  const CutAtlas& cut_;
  bool people_;
  std::vector<domain::Layer> layers_;
  std::vector<PlannedNetwork> networks_;
  std::vector<LayerTiles> tiles_;
};

/// Dissolves features that share no land: each group belongs to one feature at most.
std::vector<DegreeShape> Publication::shapes(const MemberGroups& groups, const FeatureLists& features,
                                             std::size_t count, std::uint64_t kept_sets) const {
  partition::Grouping merged = groups.grouping;
  for (auto& group : merged.group_of_face)
    if (group != partition::Grouping::no_group) group = features[group].front();
  merged.group_count = static_cast<std::uint32_t>(count);
  return partition::dissolve(*cut_.partition, merged, kept_sets);
}

void Publication::add_points(domain::Layer layer) {
  std::vector<std::optional<DegreePoint>> places(layer.features.size());
  for (std::size_t feature = 0; feature < places.size(); ++feature) {
    const auto geometry = layer.features.geometry(feature);
    if (const auto* place = std::get_if<DegreePoint>(&geometry)) places[feature] = *place;
  }
  layers_.push_back(std::move(layer));
  tiles_.push_back({std::nullopt, tiling::PointFeatures(places)});
}

void Publication::publish_context(std::size_t number) {
  const auto& set = cut_.context_sets[number];
  const auto groups =
      grouped(*cut_.partition, [&](std::uint32_t face) { return members_of(*cut_.partition, face, set); });
  add(context_layer(cut_.loaded->sets[number]), network(groups.grouping, set.mask()), groups.members);
}

void Publication::publish_edition(std::size_t place) {
  const auto& edition = cut_.editions[place];
  const auto& set = cut_.edition_sets[place];
  const auto groups =
      grouped(*cut_.partition, [&](std::uint32_t face) { return members_of(*cut_.partition, face, set); });
  const auto shared = network(groups.grouping, set.mask());
  add(quarters_layer(edition, sums(groups, groups.members, edition.loaded->quarters.size()), people_), shared,
      groups.members);
  if (edition.ranked()) {
    publish_tiers(place, groups, shared);
    publish_borders(place, groups, shared);
    publish_tiers_by_commune(place);
    for (const auto& band : cut_.bands)
      if (band.edition == place) publish_band(band);
  }
  add_points(labels_layer(edition));
}

void Publication::publish_tiers(std::size_t place, const MemberGroups& quarters, NetworkNumber network) {
  const auto& edition = cut_.editions[place];
  FeatureLists tier_of_group;
  for (const auto& members : quarters.members) tier_of_group.push_back({edition.tiers.winner(members)});
  const std::size_t count = edition.tiers.tiers().size();
  add(tiers_layer(edition, sums(quarters, tier_of_group, count),
                  shapes(quarters, tier_of_group, count, cut_.edition_sets[place].mask()), people_),
      network, tier_of_group);
}

void Publication::publish_borders(std::size_t place, const MemberGroups& quarters, NetworkNumber network) {
  const auto& edition = cut_.editions[place];
  // Land in no quarter and quarters that the rules leave outside are one side.
  std::vector<std::string> sides;
  for (const auto& tier : edition.tiers.tiers())
    if (tier.code != domain::outside_tier) sides.push_back(tier.code);
  const auto beyond = static_cast<std::uint32_t>(sides.size());
  sides.emplace_back(domain::outside_tier);
  std::vector<std::uint32_t> side_of_group;
  for (const auto& members : quarters.members)
    side_of_group.push_back(std::min(edition.tiers.winner(members), beyond));  // `outside` is the last tier

  tiling::BorderFeatures features(std::move(side_of_group), beyond);
  std::vector<TierBorder> borders;
  std::vector<tiling::BorderPiece> pieces;
  for (const auto& part :
       partition::border_parts(*cut_.partition, quarters.grouping, cut_.edition_sets[place].mask()).parts)
    pieces.push_back({part.from, part.to, {part.left, part.right}});
  const auto chains = tiling::Chains::of(cut_.partition->vertices(), pieces);
  for (std::size_t chain = 0; chain < chains.size(); ++chain) {
    const auto [left, right] =
        std::pair(features.kind_of(chains.sides(chain).left), features.kind_of(chains.sides(chain).right));
    if (left == right) continue;
    const auto feature = features.add(std::min(left, right), std::max(left, right));
    if (feature == borders.size()) borders.push_back({std::min(left, right), std::max(left, right), {}});
    auto& line = borders[feature].lines.lines.emplace_back();
    for (const auto point : chains.points_of(chain)) line.push_back({point.x, point.y});
    // Seen along the line, north is up here: its left is the chain's.
    if (right < left) std::ranges::reverse(line);
  }
  layers_.push_back(borders_layer(edition, sides, std::move(borders)));
  tiles_.push_back({network, std::move(features)});
}

void Publication::publish_tiers_by_commune(std::size_t place) {
  const auto number = cut_.loaded->commune_set();
  if (!number) return;
  const auto& communes = cut_.context_sets[*number];
  const auto& edition = cut_.editions[place];

  std::vector<CommuneFacts> facts;
  for (const auto& commune : cut_.loaded->sets[*number].perimeters) facts.push_back({commune.code, commune.name, {}});
  // Where communes overlap (a faulty source), land counts for the first of them, so that parts sum to the whole.
  const auto groups = grouped(*cut_.partition, [&](std::uint32_t face) -> std::vector<std::uint32_t> {
    const auto in = members_of(*cut_.partition, face, communes);
    for (const auto commune : in) facts[commune].area += cut_.partition->area(face);
    const auto quarters = members_of(*cut_.partition, face, cut_.edition_sets[place]);
    if (in.empty() || quarters.empty()) return {};
    return {edition.tiers.winner(quarters), in.front()};
  });
  std::vector<TierInCommune> pairs;
  FeatureLists feature_of_group;
  for (const auto& members : groups.members) {
    feature_of_group.push_back({static_cast<std::uint32_t>(pairs.size())});
    pairs.push_back({members[0], members[1]});
  }
  const auto kept = cut_.edition_sets[place].mask() | communes.mask();
  add(tiers_by_commune_layer(edition, pairs, facts, sums(groups, feature_of_group, pairs.size()),
                             shapes(groups, feature_of_group, pairs.size(), kept), people_),
      network(groups.grouping, kept), feature_of_group);
}

void Publication::publish_band(const PlannedBand& band) {
  const auto groups = grouped(*cut_.partition, [&](std::uint32_t face) {
    return in_band(cut_, band, face) ? std::vector<std::uint32_t>{0} : std::vector<std::uint32_t>{};
  });
  const auto kept = band.set.mask() | cut_.edition_sets[band.edition].mask();
  auto dissolved = shapes(groups, groups.members, 1, kept);
  add(band_layer(cut_.editions[band.edition], band.tier, band.metres, sums(groups, groups.members, 1).front(),
                 std::move(dissolved.front()), people_),
      network(groups.grouping, kept), groups.members);
}

/// A draft's are not for everyone to count.
std::size_t refusals_of(const loading::LoadedAtlas& loaded, Audience audience) {
  auto refusals = loaded.report.refusals.size();
  if (audience == Audience::everyone)
    for (const auto& edition : loaded.editions)
      if (!domain::is_public(edition.settings.stage)) refusals -= edition.refusals;
  return refusals;
}

/// Those that layers with these ids need; the others hold nothing.
std::vector<tiling::Network> Publication::made_networks(std::span<const std::string> ids) const {
  std::vector<bool> needed(networks_.size(), false);
  for (std::size_t layer = 0; layer < layers_.size(); ++layer)
    if (tiles_[layer].network && (ids.empty() || std::ranges::find(ids, layers_[layer].id) != ids.end()))
      needed[*tiles_[layer].network] = true;
  std::vector<tiling::Network> made(networks_.size());
  for (std::size_t number = 0; number < made.size(); ++number)
    if (needed[number])
      made[number] =
          tiling::Network::make(*cut_.partition, networks_[number].grouping,
                                {.kept_sets = networks_[number].kept_sets, .max_zoom = cut_.loaded->file.max_zoom});
  return made;
}

std::shared_ptr<Atlas> Publication::tiled(std::span<const std::string> ids) && {
  auto atlas = std::make_shared<Atlas>();
  atlas->title = cut_.loaded->file.title;
  const bool for_staff = cut_.audience == Audience::staff;
  atlas->fingerprint = for_staff ? cut_.loaded->fingerprint_whole : cut_.loaded->fingerprint_public;
  atlas->max_zoom = cut_.loaded->file.max_zoom;
  auto networks = made_networks(ids);
  atlas->layers = std::move(layers_);
  atlas->tiles = std::make_shared<const NetworkTiles>(atlas->layers, std::move(networks), std::move(tiles_));
  return atlas;
}

std::shared_ptr<const Atlas> Publication::whole() && {
  auto atlas = std::move(*this).tiled({});
  atlas->refusals = refusals_of(*cut_.loaded, cut_.audience);
  atlas->crs = cut_.loaded->file.crs;
  atlas->metric_crs = cut_.loaded->file.metric_crs;
  atlas->consultation = cut_.loaded->file.consultation;
  atlas->kiosk = cut_.loaded->file.kiosk;
  atlas->basemap = cut_.loaded->file.basemap;
  atlas->has_addresses = cut_.loaded->file.addresses.has_value();
  for (std::size_t place = 0; place < cut_.editions.size(); ++place) {
    atlas->editions.push_back(edition_record(cut_.editions[place]));
    add_surroundings(cut_, place, atlas->editions.back());
  }
  atlas->current_edition = current_edition(atlas->editions);
  atlas->default_edition =
      cut_.loaded->file.default_edition.empty() ? atlas->current_edition : cut_.loaded->file.default_edition;
  atlas->names = names_of(cut_, atlas->default_edition);
  atlas->places = places_of(cut_, atlas->layers);
  return atlas;
}

Publication publication_of(const CutAtlas& cut) {
  Publication publication(cut);
  for (std::size_t edition = 0; edition < cut.editions.size(); ++edition) publication.publish_edition(edition);
  for (std::size_t set = 0; set < cut.context_sets.size(); ++set) publication.publish_context(set);
  return publication;
}

bool is_all_public(const loading::LoadedAtlas& loaded) {
  return std::ranges::all_of(loaded.editions,
                             [](const auto& edition) { return domain::is_public(edition.settings.stage); });
}

}  // namespace

std::shared_ptr<const Atlas> published_atlas(const CutAtlas& cut) { return publication_of(cut).whole(); }

std::shared_ptr<const Atlas> published_tiles(const CutAtlas& cut, std::span<const std::string> layers) {
  return publication_of(cut).tiled(layers);
}

PublishedAtlases published_atlases(const loading::LoadedAtlas& loaded, Language language) {
  PublishedAtlases published;
  published.everyone = published_atlas(cut_atlas(loaded, Audience::everyone, language));
  if (!is_all_public(loaded) && !loaded.file.consultation.store.empty())
    published.staff = published_atlas(cut_atlas(loaded, Audience::staff, language));
  return published;
}

ReportedAtlases reported_atlases(const loading::LoadedAtlas& loaded, Language language) {
  if (!is_all_public(loaded))
    return {published_atlases(loaded, language), report_of(cut_atlas(loaded, Audience::staff, language))};
  // Staff see what everyone sees: the land is cut once, which is most of the work.
  const auto cut = cut_atlas(loaded, Audience::everyone, language);
  return {{published_atlas(cut), nullptr}, report_of(cut)};
}

}  // namespace geoprio::atlas
