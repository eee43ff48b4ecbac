// Who gets the land of groups that a zoom is not to show.
#pragma once

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "geo/tiling/chains.hpp"

namespace geoprio::tiling {

/// Each absent group's land goes to the neighbour that it has most points with; to nobody when that is absent too.
class Heirs {
 public:
  /// `absent` is ascending.
  explicit Heirs(std::vector<Group> absent) : absent_(std::move(absent)) {}

  /// Hears of a border with so many points. All are told before `after` is asked.
  void count(Sides sides, std::size_t points);
  /// The sides of a border once the land is given away: equal when the border goes.
  [[nodiscard]] Sides after(Sides sides) const { return {heir(sides.left), heir(sides.right)}; }
  /// The group itself when it is not absent.
  [[nodiscard]] Group heir(Group group) const;

 private:
  [[nodiscard]] bool is_absent(Group group) const;

  std::vector<Group> absent_;
  std::map<Group, std::map<Group, std::size_t>> shared_;  ///< points with each neighbour that stays
};

}  // namespace geoprio::tiling
