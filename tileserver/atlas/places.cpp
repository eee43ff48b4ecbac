#include "tileserver/atlas/places.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "tileserver/atlas/layers.hpp"
#include "tileserver/atlas/places_of.hpp"

namespace geoprio::atlas {
namespace {

/// Numbers the perimeters of one layer after another.
class Numbering {
 public:
  explicit Numbering(std::span<const domain::Layer> layers) : layers_(layers) {}

  analysis::NumberedSet add(const std::string& layer, std::uint32_t count) {
    const auto found = std::ranges::find(layers_, layer, &domain::Layer::id);
    const analysis::NumberedSet numbers{next_, count};
    sets_.push_back({numbers, static_cast<std::uint32_t>(found - layers_.begin())});
    next_ += count;
    return numbers;
  }
  [[nodiscard]] std::vector<Places::Set> sets() && { return std::move(sets_); }

 private:
  std::span<const domain::Layer> layers_;
  std::vector<Places::Set> sets_;
  std::uint32_t next_ = 0;
};

/// Each set of perimeters that a place may lie in, with the first number that its perimeters have.
struct NumberedSets {
  std::vector<std::uint32_t> first_of_edition, first_of_band, first_of_context;
};

std::vector<std::uint32_t> numbers_of(const CutAtlas& cut, const NumberedSets& sets, std::uint32_t face) {
  std::vector<std::uint32_t> numbers;
  const auto add = [&](const PlannedSet& set, std::uint32_t first) {
    for (const auto member : members_of(*cut.partition, face, set)) numbers.push_back(first + member);
  };
  for (std::size_t place = 0; place < cut.edition_sets.size(); ++place)
    add(cut.edition_sets[place], sets.first_of_edition[place]);
  for (std::size_t place = 0; place < cut.bands.size(); ++place)
    if (in_band(cut, cut.bands[place], face)) numbers.push_back(sets.first_of_band[place]);
  for (std::size_t place = 0; place < cut.context_sets.size(); ++place)
    add(cut.context_sets[place], sets.first_of_context[place]);
  return numbers;
}

analysis::EditionToLocate edition_to_locate(const RankedEdition& edition, const analysis::NumberedSet& quarters,
                                            const std::vector<std::vector<std::uint32_t>>& members) {
  analysis::EditionToLocate result;
  for (const auto& tier : edition.tiers.tiers()) result.tiers.push_back(tier.code);
  if (!edition.ranked()) result.tiers.emplace_back();
  for (const auto& numbers : members) {
    std::vector<std::uint32_t> inside;
    for (const auto number : numbers)
      if (quarters.holds(number)) inside.push_back(number - quarters.first);
    const bool nowhere = inside.empty();
    result.tier_of_group.push_back(nowhere            ? analysis::EditionToLocate::no_quarter
                                   : edition.ranked() ? edition.tiers.winner(inside)
                                                      : 0);
  }
  return result;
}

}  // namespace

Places places_of(const CutAtlas& cut, std::span<const domain::Layer> layers) {
  Numbering numbering(layers);
  NumberedSets firsts;
  std::vector<analysis::NumberedSet> quarters;
  for (std::size_t place = 0; place < cut.editions.size(); ++place) {
    quarters.push_back(numbering.add(cut.editions[place].id() + ".quarters", cut.edition_sets[place].count));
    firsts.first_of_edition.push_back(quarters.back().first);
  }
  for (const auto& band : cut.bands)
    firsts.first_of_band.push_back(
        numbering.add(band_id(cut.editions[band.edition].id(), band.tier, band.metres), 1).first);
  std::optional<analysis::NumberedSet> communes;
  for (std::size_t place = 0; place < cut.context_sets.size(); ++place) {
    const auto numbers = numbering.add(cut.loaded->sets[place].settings.id, cut.context_sets[place].count);
    if (cut.loaded->commune_set() == place) communes = numbers;
    firsts.first_of_context.push_back(numbers.first);
  }
  auto groups = grouped(*cut.partition, [&](std::uint32_t face) { return numbers_of(cut, firsts, face); });
  analysis::LandToLocate land{.partition = *cut.partition,
                              .grouping = groups.grouping,
                              .members = std::move(groups.members),
                              .communes = communes,
                              .editions = {},
                              .metric_crs = cut.loaded->file.metric_crs,
                              .near_limit = cut.loaded->file.kiosk.near_limit};
  for (std::size_t place = 0; place < cut.editions.size(); ++place)
    land.editions.push_back(edition_to_locate(cut.editions[place], quarters[place], land.members));
  return {analysis::Locator(land), std::move(numbering).sets()};
}

}  // namespace geoprio::atlas
