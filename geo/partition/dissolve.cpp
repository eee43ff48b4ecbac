#include "geo/partition/dissolve.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "geo/core/error.hpp"

namespace geoprio::partition {
namespace {

constexpr std::uint32_t no_group = Grouping::no_group;
constexpr std::uint32_t unset = 0xffffffffU;

[[noreturn]] void refuse() {
  throw Error(
      "a piece of land came out with several shells, or with none: this is a defect of Géoprio; please report it with "
      "the sources loaded");
}

/// Which chains are borders between groups, and which faces are one piece of land of one group: the smallest face of
/// each piece stands for it.
class Lands {
 public:
  Lands(const FaceChains& chains, std::span<const std::uint32_t> group_of_face)
      : is_border_(chains.size()), face_(group_of_face.size()) {
    std::iota(face_.begin(), face_.end(), 0U);
    for (std::uint32_t chain = 0; chain < chains.size(); ++chain) {
      const auto left = chains.left(2 * chain);
      const auto right = chains.right(2 * chain);
      is_border_[chain] = group_of_face[left] != group_of_face[right];
      if (!is_border_[chain] && group_of_face[left] != no_group) join(left, right);
    }
  }
  [[nodiscard]] bool is_border(std::uint32_t chain) const { return is_border_[chain] != 0; }
  [[nodiscard]] FaceId of(FaceId face) {
    while (face_[face] != face) face = face_[face] = face_[face_[face]];
    return face;
  }

 private:
  void join(FaceId a, FaceId b) {
    a = of(a);
    b = of(b);
    face_[std::max(a, b)] = std::min(a, b);
  }
  std::vector<std::uint8_t> is_border_;  // not bits: it is asked at random
  std::vector<FaceId> face_;
};

/// `numbers` by their keys, which are under `key_count`; those of one key stay in the order they are in.
template <class KeyOf>
std::vector<std::uint32_t> sorted_by(const std::vector<std::uint32_t>& numbers, std::size_t key_count, KeyOf key_of) {
  std::vector<std::uint32_t> places(key_count + 1, 0);
  for (const auto number : numbers) ++places[key_of(number) + 1];
  for (std::size_t key = 1; key < places.size(); ++key) places[key] += places[key - 1];
  std::vector<std::uint32_t> sorted(numbers.size());
  for (const auto number : numbers) sorted[places[key_of(number)]++] = number;
  return sorted;
}

/// Follows the borders with each group's land on the left, and cuts each cycle wherever it comes back to a junction.
class Dissolving {
 public:
  Dissolving(const FaceChains& chains, const Grouping& grouping)
      : chains_(chains),
        groups_(grouping.group_of_face),
        group_count_(grouping.group_count),
        lands_(chains, groups_),
        followed_(2 * chains.size(), false),
        place_on_path_(chains.junction_count(), unset) {}

  DissolvedChains run() {
    for (HalfChain half = 0; half < 2 * chains_.size(); ++half)
      if (is_border(half) && !followed_[half] && groups_[chains_.left(half)] != no_group) follow(half);
    return in_polygons();
  }

 private:
  struct Ring {
    FaceId land = 0;
    bool hole = false;
    std::uint32_t first = 0;  ///< in `half_chains_`
    std::uint32_t count = 0;
  };

  [[nodiscard]] bool is_border(HalfChain half) const { return lands_.is_border(chain_of(half)); }

  void follow(HalfChain half) {
    const auto land = lands_.of(chains_.left(half));
    path_.clear();
    for (;;) {
      if (const auto place = place_on_path_[chains_.start(half)]; place != unset) cut_ring(place, land);
      if (followed_[half]) return;
      followed_[half] = true;
      place_on_path_[chains_.start(half)] = static_cast<std::uint32_t>(path_.size());
      path_.push_back(half);
      // Through the land on the left, up to its next border.
      half = chains_.clockwise(turned(half));
      while (!is_border(half)) half = chains_.clockwise(half);
    }
  }

  /// What the path did since that place is a ring.
  void cut_ring(std::uint32_t place, FaceId land) {
    Ring ring{land, false, static_cast<std::uint32_t>(half_chains_.size()), 0};
    int128 doubled_area = 0;
    for (std::size_t at = place; at < path_.size(); ++at) {
      doubled_area += chains_.doubled_area(path_[at]);
      place_on_path_[chains_.start(path_[at])] = unset;
      half_chains_.push_back(path_[at]);
    }
    ring.count = static_cast<std::uint32_t>(path_.size()) - place;
    ring.hole = doubled_area < 0;
    rings_.push_back(ring);
    path_.resize(place);
  }

  /// The numbers of the rings by group, then by land, the shell of each land before its holes.
  [[nodiscard]] std::vector<std::uint32_t> rings_in_order() const {
    std::vector<std::uint32_t> numbers(rings_.size());
    std::iota(numbers.begin(), numbers.end(), 0U);
    numbers = sorted_by(numbers, 2, [&](std::uint32_t number) { return rings_[number].hole ? 1U : 0U; });
    numbers = sorted_by(numbers, groups_.size(), [&](std::uint32_t number) { return rings_[number].land; });
    return sorted_by(numbers, group_count_, [&](std::uint32_t number) { return groups_[rings_[number].land]; });
  }

  /// Rings around the same land are one polygon, its shell first.
  DissolvedChains in_polygons() {
    DissolvedChains result;
    result.half_chains.reserve(half_chains_.size());
    FaceId land = unset;
    for (const auto number : rings_in_order()) {
      const auto& ring = rings_[number];
      const bool first = ring.land != std::exchange(land, ring.land);
      if (first == ring.hole) refuse();
      if (first) result.polygons.push_back({groups_[ring.land], static_cast<std::uint32_t>(result.rings.size())});
      result.rings.push_back(static_cast<std::uint32_t>(result.half_chains.size()));
      const auto begin = half_chains_.begin() + ring.first;
      result.half_chains.insert(result.half_chains.end(), begin, begin + ring.count);
    }
    result.polygons.push_back({no_group, static_cast<std::uint32_t>(result.rings.size())});
    result.rings.push_back(static_cast<std::uint32_t>(result.half_chains.size()));
    return result;
  }

  const FaceChains& chains_;
  std::span<const std::uint32_t> groups_;
  std::size_t group_count_;
  Lands lands_;
  std::vector<bool> followed_;
  std::vector<std::uint32_t> place_on_path_;  ///< of each junction
  std::vector<HalfChain> path_;
  std::vector<HalfChain> half_chains_;
  std::vector<Ring> rings_;
};

/// From its westernmost vertex on.
geoprio::Ring<DegreePoint> points_of(const FaceChains& chains, std::span<const HalfChain> ring,
                                     std::span<const PlanePoint> places) {
  geoprio::Ring<DegreePoint> result;
  for (const auto half : ring) {
    // The last vertex is the next one's first.
    const auto run = chains.vertices(chain_of(half));
    for (std::size_t step = 0; step + 1 < run.size(); ++step) {
      const auto& place = places[half % 2 == 0 ? run[step] : run[run.size() - 1 - step]];
      result.points.push_back({place.x, place.y});
    }
  }
  // Not std::ranges::rotate: clang 14, which builds the fuzzers, does not compile the subrange of libstdc++ 12.
  std::rotate(result.points.begin(), std::ranges::min_element(result.points), result.points.end());
  return result;
}

std::vector<DegreeShape> shapes_of(const FaceChains& chains, std::span<const PlanePoint> places,
                                   const Grouping& grouping) {
  const auto whole = dissolved(chains, grouping);
  std::vector<DegreeShape> shapes(grouping.group_count);
  for (std::size_t number = 0; number + 1 < whole.polygons.size(); ++number) {
    const auto& polygon = whole.polygons[number];
    auto& made = shapes[polygon.group].polygons.emplace_back();
    made.shell = points_of(chains, whole.ring(polygon.first_ring), places);
    for (auto ring = polygon.first_ring + 1; ring < whole.polygons[number + 1].first_ring; ++ring)
      made.holes.push_back(points_of(chains, whole.ring(ring), places));
    std::ranges::sort(made.holes, {}, [](const auto& hole) { return hole.points.front(); });
  }
  for (auto& shape : shapes)
    std::ranges::sort(shape.polygons, {}, [](const auto& polygon) { return polygon.shell.points.front(); });
  return shapes;
}

/// Straightened parts may touch each other: they are noded again, with the groups as owners.
std::vector<DegreeShape> noded_shapes(const Partition& partition, const std::vector<BorderPart>& parts,
                                      std::uint32_t group_count) {
  std::vector<OwnedSegment> segments;
  for (const auto& part : parts)
    for (const auto group : {part.left, part.right})
      if (group != no_group)
        segments.push_back({partition.vertices()[part.from], partition.vertices()[part.to], group});
  const auto arrangement = Arrangement::make(std::move(segments));
  Grouping grouping{std::vector<std::uint32_t>(arrangement.face_count(), no_group), group_count};
  for (FaceId face = 0; face < arrangement.face_count(); ++face)
    if (const auto owners = arrangement.owners_of(face); !owners.empty()) grouping.group_of_face[face] = owners.front();
  return shapes_of(FaceChains::of(arrangement), arrangement.vertices(), grouping);
}

}  // namespace

DissolvedChains dissolved(const FaceChains& chains, const Grouping& grouping) {
  return Dissolving(chains, grouping).run();
}

std::vector<DegreeShape> dissolve(const Partition& partition, const Grouping& grouping, std::uint64_t kept_sets) {
  if (kept_sets != every_set)
    if (const auto border = border_parts(partition, grouping, kept_sets); border.melted)
      return noded_shapes(partition, border.parts, grouping.group_count);
  return shapes_of(partition.chains(), partition.vertices(), grouping);
}

}  // namespace geoprio::partition
