#include "geo/analysis/locate.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/core/grid_point.hpp"
#include "geo/domain/tier.hpp"
#include "geo/partition/border_parts.hpp"

namespace geoprio::analysis {
namespace {

bool is_priority(const std::string& tier) { return tier != domain::outside_tier && tier != domain::undetermined_tier; }

std::optional<LonLat> degrees_of(DegreePoint point) { return LonLat::make(longitude_of(point), latitude_of(point)); }

/// The straight line from one place to another, in pieces: straight in degrees is not straight in metres.
bool append_pieces(DegreePoint from, DegreePoint to, const projection::MetricTable& table,
                   std::vector<MetricSegment>& segments) {
  constexpr double longest_piece = 500;
  const auto start = table.at(*degrees_of(from));
  const auto end = table.at(*degrees_of(to));
  if (!start || !end) return false;
  const double length = std::hypot(end->easting - start->easting, end->northing - start->northing);
  const auto pieces = static_cast<std::size_t>(std::max(1.0, std::ceil(length / longest_piece)));
  auto last = *start;
  for (std::size_t piece = 1; piece <= pieces; ++piece) {
    const double share = static_cast<double>(piece) / static_cast<double>(pieces);
    const auto next = table.at(*LonLat::make(longitude_of(from) + share * (longitude_of(to) - longitude_of(from)),
                                             latitude_of(from) + share * (latitude_of(to) - latitude_of(from))));
    if (!next) return false;
    segments.push_back({last, *next});
    last = *next;
  }
  return true;
}

/// The land, and some 10 km around it: places outside are asked for too.
DegreeBox box_around(const partition::Partition& partition) {
  auto box = DegreeBox::around(partition.place_of(0));
  for (std::uint32_t vertex = 0; vertex < partition.vertices().size(); ++vertex) box.extend(partition.place_of(vertex));
  constexpr std::int32_t margin = 1'000'000;
  constexpr auto farthest_east = static_cast<std::int32_t>(180 * degree_units);
  constexpr auto farthest_north = static_cast<std::int32_t>(90 * degree_units);
  return {{std::max(box.low.x - margin, -farthest_east), std::max(box.low.y - margin, -farthest_north)},
          {std::min(box.high.x + margin, farthest_east), std::min(box.high.y + margin, farthest_north)}};
}

}  // namespace

Locator::Locator(const LandToLocate& land)
    : groups_(land.partition, land.grouping), communes_(land.communes), near_limit_(land.near_limit) {
  std::vector<std::uint32_t> firsts{0};
  std::vector<std::uint32_t> members;
  for (const auto& list : land.members) {
    members.insert(members.end(), list.begin(), list.end());
    firsts.push_back(static_cast<std::uint32_t>(members.size()));
  }
  first_member_ = FlatArray(std::move(firsts));
  members_ = FlatArray(std::move(members));
  if (!land.partition.vertices().empty())
    table_ = projection::MetricTable::make(land.metric_crs, box_around(land.partition));
  for (const auto& edition : land.editions)
    editions_.push_back({FlatArray(std::vector(edition.tier_of_group)), edition.tiers, border_of(land, edition)});
}

NearestBorder Locator::border_of(const LandToLocate& land, const EditionToLocate& edition) const {
  if (!table_) return {};
  partition::Grouping inside = land.grouping;
  for (auto& group : inside.group_of_face) {
    if (group == partition::Grouping::no_group) continue;
    const auto tier = edition.tier_of_group[group];
    group = tier != EditionToLocate::no_quarter && is_priority(edition.tiers[tier]) ? 0 : partition::Grouping::no_group;
  }
  inside.group_count = 1;
  std::vector<MetricSegment> segments;
  for (const auto& part : partition::border_parts(land.partition, inside).parts)
    // Half a border would give distances that are too long: better none.
    if (!append_pieces(land.partition.place_of(part.from), land.partition.place_of(part.to), *table_, segments))
      return {};
  return NearestBorder(segments);
}

bool Locator::in_a_commune(std::span<const std::uint32_t> members) const {
  return !communes_ || std::ranges::any_of(members, [&](std::uint32_t number) { return communes_->holds(number); });
}

Location Locator::locate(LonLat place, std::size_t edition) const {
  Location location;
  const auto group = groups_.group_at(on_grid(place));
  if (group) location.members = members_.between(first_member_[*group], first_member_[*group + 1]);
  if (edition >= editions_.size() || !in_a_commune(location.members)) return location;

  const auto& land = editions_[edition];
  const auto number = group ? land.tier_of_group[*group] : EditionToLocate::no_quarter;
  const bool in_quarter = number != EditionToLocate::no_quarter;
  const auto tier = in_quarter ? land.tiers[number] : std::string(domain::outside_tier);
  if (!land.tiers.front().empty()) location.tier = tier;
  if (tier == domain::undetermined_tier) return location;
  const bool inside = in_quarter && is_priority(tier);
  location.answer = inside ? LocationAnswer::inside : LocationAnswer::outside;
  const auto metric = table_ ? table_->at(place) : std::nullopt;
  if (metric) location.distance = land.border.distance_from(*metric);
  if (location.distance && *location.distance <= near_limit_) location.answer = LocationAnswer::near_limit;
  return location;
}

}  // namespace geoprio::analysis
