// How the cells of [population] lie on the atlas: the figures that tell a shifted grid or a wrong commune list at once.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "geo/analysis/population.hpp"
#include "geo/partition/partition.hpp"
#include "tileserver/atlas/groupings.hpp"

namespace geoprio::atlas {

/// People who live in at least one perimeter of a set: whoever lives in two that overlap counts once.
struct PeopleOfSet {
  std::string set;  ///< a context set's or edition's id
  analysis::People people;

  static auto members(auto& self) { return std::tie(self.set, self.people); }
};

struct PopulationMatched {
  analysis::People read;          ///< of all cells that were kept
  analysis::People unplaced;      ///< of cells that have no land left in the partition
  std::vector<PeopleOfSet> sets;  ///< context sets, then editions, in the atlas's order

  static auto members(auto& self) { return std::tie(self.read, self.unplaced, self.sets); }
};

/// The sum over the faces that lie in `set`.
analysis::People people_in(const partition::Partition& partition, std::span<const analysis::People> people_of_face,
                           const PlannedSet& set);

}  // namespace geoprio::atlas
