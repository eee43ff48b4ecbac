// Dissolving: the polygons of each group of faces, from the chains whose two sides differ.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/core/shape.hpp"
#include "geo/partition/border_parts.hpp"
#include "geo/partition/face_chains.hpp"
#include "geo/partition/grouping.hpp"
#include "geo/partition/partition.hpp"

namespace geoprio::partition {

/// Polygons made of chains. Valid by OGC 06-103r4 §6.1.11: rings simple, interiors connected, holes in the shell of
/// their polygon, shells anticlockwise and holes clockwise with y up.
struct DissolvedChains {
  struct Polygon {
    std::uint32_t group = 0;
    std::uint32_t first_ring = 0;  ///< its shell; its rings end where the next polygon's begin
  };
  std::vector<HalfChain> half_chains;
  std::vector<std::uint32_t> rings;  ///< the first half-chain of each, and one more
  std::vector<Polygon> polygons;     ///< by group, and one more

  [[nodiscard]] std::span<const HalfChain> ring(std::uint32_t number) const {
    return std::span(half_chains).subspan(rings[number], rings[number + 1] - rings[number]);
  }
};

/// The polygons of each group of `grouping`, which groups the faces that `chains` run between. Linear in the chains;
/// no geometry is looked at but the sign of areas.
DissolvedChains dissolved(const FaceChains& chains, const Grouping& grouping);

/// One valid multipolygon per group, empty for a group without faces. Neighbours share their border's vertices exactly.
/// Polygons are in the order of their westernmost vertices, and so are their holes; each ring starts at its own.
///
/// `kept_sets` as in border_parts(). The border moves by at most 0.71 unit where it leaves out a vertex; should it then
/// touch another, it is snap rounded again, so that the result stays valid.
std::vector<DegreeShape> dissolve(const Partition& partition, const Grouping& grouping,
                                  std::uint64_t kept_sets = every_set);

}  // namespace geoprio::partition
