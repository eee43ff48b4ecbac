// Where a place lies: in which perimeters, in which tier, and how far from the border of the priority geography.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "geo/analysis/nearest_border.hpp"
#include "geo/core/flat_array.hpp"
#include "geo/core/lon_lat.hpp"
#include "geo/core/quantity.hpp"
#include "geo/partition/group_location.hpp"
#include "geo/projection/metric_table.hpp"

namespace geoprio::analysis {

/// What a resident is told.
enum class LocationAnswer { inside, outside, near_limit, unavailable };

/// The code that clients read.
[[nodiscard]] constexpr std::string_view code_of(LocationAnswer answer) noexcept {
  switch (answer) {
    case LocationAnswer::inside:
      return "inside";
    case LocationAnswer::outside:
      return "outside";
    case LocationAnswer::near_limit:
      return "near_limit";
    case LocationAnswer::unavailable:
      return "unavailable";
  }
  return {};
}

struct Location {
  LocationAnswer answer = LocationAnswer::unavailable;
  /// To the border of the priority geography, from either side. Nothing when the answer is unavailable, when there is
  /// no such border, where the metric system is not made for the place or the border, and far outside all perimeters.
  std::optional<Metres> distance{};
  std::optional<std::string> tier{};         ///< of the land there, `outside` in no quarter; nothing without tiers
  std::span<const std::uint32_t> members{};  ///< perimeters by the numbers they were given; a loan from the Locator
};

/// Perimeters that have consecutive numbers: a set's.
struct NumberedSet {
  std::uint32_t first = 0, count = 0;
  [[nodiscard]] bool holds(std::uint32_t number) const { return number >= first && number - first < count; }
  static auto members(auto& self) { return std::tie(self.first, self.count); }
};

/// What of an edition decides on which side of the border a place is.
struct EditionToLocate {
  static constexpr std::uint32_t no_quarter = 0xffffffffU;

  /// Per group of faces, the place in `tiers` of the land's tier, or `no_quarter`.
  std::vector<std::uint32_t> tier_of_group;
  /// Codes, one at least. An unranked edition has one with an empty code: whoever is in one of its quarters is inside.
  std::vector<std::string> tiers;
};

struct LandToLocate {
  const partition::Partition& partition;
  const partition::Grouping& grouping;              ///< faces in exactly the same perimeters
  std::vector<std::vector<std::uint32_t>> members;  ///< per group, the numbers of its perimeters, ascending
  std::optional<NumberedSet> communes;              ///< nothing: no place is outside every commune
  std::vector<EditionToLocate> editions;
  std::string metric_crs;
  Metres near_limit;
};

/// The priority geography of an edition is the land whose tier is neither `outside` nor `undetermined`, and its border
/// is wherever that land ends: at the outer border of a group of quarters (a border between two tiers of priority
/// concerns nobody who asks whether he is in), towards a quarter that is `outside`, and towards an `undetermined` one.
/// Thread safety: immutable.
class Locator {
 public:
  Locator() = default;
  explicit Locator(const LandToLocate& land);

  /// Inside, outside, or near the limit when that border is at most the near-limit distance away, on either side. Not
  /// available outside every commune, where there are communes, and in an `undetermined` quarter.
  /// A place exactly on a border lies north of it. `edition` is the place in `LandToLocate::editions`. Microseconds.
  [[nodiscard]] Location locate(LonLat place, std::size_t edition) const;

  static auto members(auto& self) {
    return std::tie(self.groups_, self.first_member_, self.members_, self.communes_, self.table_, self.editions_,
                    self.near_limit_);
  }

 private:
  struct Edition {
    FlatArray<std::uint32_t> tier_of_group;
    std::vector<std::string> tiers;
    NearestBorder border;
    static auto members(auto& self) { return std::tie(self.tier_of_group, self.tiers, self.border); }
  };
  [[nodiscard]] NearestBorder border_of(const LandToLocate& land, const EditionToLocate& edition) const;
  [[nodiscard]] bool in_a_commune(std::span<const std::uint32_t> members) const;

  partition::GroupLocation groups_;
  FlatArray<std::uint32_t> first_member_;  ///< per group, in `members_`, and one more
  FlatArray<std::uint32_t> members_;
  std::optional<NumberedSet> communes_;
  std::optional<projection::MetricTable> table_;
  std::vector<Edition> editions_;
  Metres near_limit_;
};

}  // namespace geoprio::analysis
