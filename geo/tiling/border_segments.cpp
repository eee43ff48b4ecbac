#include "geo/tiling/border_segments.hpp"

#include <algorithm>
#include <functional>
#include <span>
#include <utility>

#include "geo/core/parallel.hpp"
#include "geo/partition/border_parts.hpp"
#include "geo/partition/sweep.hpp"
#include "geo/projection/web_mercator.hpp"

namespace geoprio::tiling {
namespace {

/// The ends of some parts, on the Mercator grid and in its order: by x, then y.
struct ProjectedEnds {
  std::vector<partition::PlanePoint> places;
  std::vector<std::uint32_t> number_of_vertex;  ///< by the numbers of the partition's vertices; of ends alone
};

/// The partition's order, but that latitude and y grow against each other: each run of the same x is turned around. Two
/// vertices of the partition are two here, as a unit of its grid is more than one of this, but for those beyond the
/// square's latitudes and at its eastern side.
ProjectedEnds projected(const partition::Partition& partition, std::span<const partition::BorderPart> parts) {
  std::vector<bool> is_end(partition.vertices().size());
  for (const auto& part : parts) is_end[part.from] = is_end[part.to] = true;
  std::vector<std::uint32_t> vertices;
  for (std::uint32_t vertex = 0; vertex < is_end.size(); ++vertex)
    if (is_end[vertex]) vertices.push_back(vertex);
  for (auto column = vertices.begin(); column != vertices.end();) {
    const auto x = partition.place_of(*column).x;
    const auto end =
        std::find_if(column, vertices.end(), [&](auto vertex) { return partition.place_of(vertex).x != x; });
    std::reverse(column, end);
    column = end;
  }
  ProjectedEnds ends{std::vector<partition::PlanePoint>(vertices.size()), std::vector<std::uint32_t>(is_end.size())};
  in_ranges(vertices.size(), [&](std::size_t first, std::size_t end) {
    for (auto number = first; number < end; ++number) {
      const auto place = projection::on_mercator_grid(partition.place_of(vertices[number]));
      ends.places[number] = {place.x, place.y};
      ends.number_of_vertex[vertices[number]] = static_cast<std::uint32_t>(number);
    }
  });
  return ends;
}

/// The parts between projected ends, in their order. North is down here: what was left is right.
std::vector<BorderPiece> projected(std::span<const partition::BorderPart> parts, const ProjectedEnds& ends) {
  std::vector<BorderPiece> pieces;
  pieces.reserve(parts.size());
  for (const auto& part : parts) {
    const auto from = ends.number_of_vertex[part.from];
    const auto to = ends.number_of_vertex[part.to];
    const Sides sides{part.right, part.left};
    pieces.push_back(from < to ? BorderPiece{from, to, sides} : BorderPiece{to, from, sides.turned()});
  }
  sort_by_buckets(
      pieces, ends.places.size(), [](const BorderPiece& piece) { return piece.from; },
      [](const BorderPiece& a, const BorderPiece& b) { return std::pair(a.from, a.to) < std::pair(b.from, b.to); });
  return pieces;
}

/// Each piece as a border of the groups on its sides.
std::vector<partition::OwnedSegment> segments_of(std::span<const partition::PlanePoint> places,
                                                 std::span<const BorderPiece> pieces) {
  std::vector<partition::OwnedSegment> segments;
  segments.reserve(2 * pieces.size());
  for (const auto& piece : pieces)
    for (const auto group : {piece.sides.left, piece.sides.right})
      if (group != no_group) segments.push_back({places[piece.from], places[piece.to], group});
  return segments;
}

/// Whether the pieces meet only at their ends, by the partition's proof.
bool are_clean(std::span<const partition::PlanePoint> places, std::span<const BorderPiece> pieces) {
  std::vector<partition::Piece> plain;
  plain.reserve(pieces.size());
  for (const auto& piece : pieces) plain.push_back({piece.from, piece.to, partition::OwnerSets::empty});
  const bool distinct = std::ranges::adjacent_find(places, std::not_fn(std::ranges::less())) == places.end();
  return distinct && partition::swept(places, plain, partition::Stars(places, plain)).has_value();
}

}  // namespace

ProjectedBorders projected_borders(const partition::Partition& partition, const partition::Grouping& grouping,
                                   std::uint64_t kept_sets) {
  const auto parts = partition::border_parts(partition, grouping, kept_sets).parts;
  const auto ends = projected(partition, parts);
  const auto pieces = projected(parts, ends);
  ProjectedBorders borders;
  if (are_clean(ends.places, pieces)) {
    borders.clean = Chains::of(ends.places, pieces);
    return borders;
  }
  borders.segments = segments_of(ends.places, pieces);
  return borders;
}

std::vector<partition::OwnedSegment> border_segments(const partition::Partition& partition,
                                                     const partition::Grouping& grouping, std::uint64_t kept_sets) {
  const auto parts = partition::border_parts(partition, grouping, kept_sets).parts;
  const auto ends = projected(partition, parts);
  return segments_of(ends.places, projected(parts, ends));
}

}  // namespace geoprio::tiling
