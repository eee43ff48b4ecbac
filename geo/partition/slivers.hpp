// Slivers: the thin faces between two digitisations of one border, and which neighbour each of them joins.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/core/quantity.hpp"
#include "geo/partition/arrangement.hpp"

namespace geoprio::partition {

struct SliverRules {
  /// Bit s: set s may give way (`snap = true`). Sets without it are references: they never move.
  std::uint64_t adjustable_sets = 0;
  /// A face is a sliver when 2 · area / perimeter, in local metres, is under this. Zero: nothing is.
  Metres width{0};
  /// Bit s: set s is an edition. A thin face between borders of two of these is a change, not a sliver.
  std::uint64_t protected_sets = 0;
};

/// One perimeter's gain or loss by a face that was absorbed.
struct AbsorbedSliver {
  std::uint32_t set = 0;
  std::uint32_t perimeter = 0;
  FaceId face = 0;
  SquareMetres area;    ///< of the face
  bool gained = false;  ///< the perimeter gained the face, or lost it
};

struct Absorption {
  std::vector<FaceId> source_of;        ///< per face: the face whose perimeters it has; itself unless absorbed
  std::vector<AbsorbedSliver> slivers;  ///< by face, then by perimeter
};

/// A sliver joins the neighbour with the longest common border among those that differ from it only in adjustable sets;
/// ties go to the smaller face. Each face joins once. A sliver among slivers waits until a neighbour is settled; a
/// patch of nothing but slivers stays as it is. Where a protected set would gain or lose land, at least half of the
/// rest of the sliver's border must run along that same set or an unprotected one. `set_of_perimeter` is indexed by
/// owner.
Absorption absorbed_slivers(const Arrangement& arrangement, std::span<const SquareMetres> areas,
                            std::span<const std::uint32_t> set_of_perimeter, const SliverRules& rules);

}  // namespace geoprio::partition
