#include "geo/partition/arrangement.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "geo/core/error.hpp"
#include "geo/core/parallel.hpp"
#include "geo/partition/sweep.hpp"

namespace geoprio::partition {
namespace {

constexpr std::uint32_t unset = 0xffffffffU;

/// Each half-edge bounds the cycle on its left.
struct Cycles {
  std::vector<std::uint32_t> of_half_edge;
  std::vector<std::uint32_t> westernmost_vertex;  ///< per cycle
};

Cycles traced_cycles(std::span<const Piece> pieces, const std::vector<std::uint32_t>& next) {
  Cycles cycles;
  cycles.of_half_edge.assign(next.size(), unset);
  for (std::uint32_t start = 0; start < next.size(); ++start) {
    if (cycles.of_half_edge[start] != unset) continue;
    const auto cycle = static_cast<std::uint32_t>(cycles.westernmost_vertex.size());
    std::uint32_t westernmost = unset;
    for (std::uint32_t half_edge = start; cycles.of_half_edge[half_edge] == unset; half_edge = next[half_edge]) {
      cycles.of_half_edge[half_edge] = cycle;
      westernmost = std::min(westernmost, pieces[half_edge / 2].from);
    }
    cycles.westernmost_vertex.push_back(westernmost);
  }
  return cycles;
}

/// The face that each cycle bounds. A component's outer cycle is the one west of its westernmost vertex; it bounds the
/// face above the piece below that vertex, which belongs to a component that begins further west and is known already:
/// one pass, however deep enclaves go. All other cycles bound a face of their own.
std::vector<FaceId> faces_of_cycles(const Cycles& cycles, const std::vector<WesternEnd>& ends, const Stars& stars) {
  std::vector<std::uint32_t> outer_at(cycles.westernmost_vertex.size(), unset);
  for (std::uint32_t i = 0; i < ends.size(); ++i) {
    const auto cycle = cycles.of_half_edge[2 * stars.starting(ends[i].vertex).back()];
    if (cycles.westernmost_vertex[cycle] == ends[i].vertex) outer_at[cycle] = i;
  }
  std::vector<FaceId> faces(outer_at.size(), unset);
  FaceId count = 1;
  for (std::size_t cycle = 0; cycle < faces.size(); ++cycle)
    if (outer_at[cycle] == unset) faces[cycle] = count++;
  for (std::uint32_t i = 0; i < ends.size(); ++i) {
    const auto cycle = cycles.of_half_edge[2 * stars.starting(ends[i].vertex).back()];
    if (outer_at[cycle] != i) continue;
    const auto below = ends[i].piece_below;
    faces[cycle] = below == no_piece ? unbounded_face : faces[cycles.of_half_edge[2 * below]];
  }
  return faces;
}

/// For each face the numbers of the edges around it.
class Borders {
 public:
  Borders(std::span<const Edge> edges, std::size_t face_count) : starts_(face_count + 1, 0), edges_(2 * edges.size()) {
    for (const auto& edge : edges) {
      ++starts_[edge.left + 1];
      ++starts_[edge.right + 1];
    }
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    auto next = starts_;
    for (std::uint32_t i = 0; i < edges.size(); ++i) {
      edges_[next[edges[i].left]++] = i;
      edges_[next[edges[i].right]++] = i;
    }
  }
  [[nodiscard]] std::span<const std::uint32_t> of(FaceId face) const {
    return std::span(edges_).subspan(starts_[face], starts_[face + 1] - starts_[face]);
  }

 private:
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> edges_;
};

}  // namespace

Arrangement Arrangement::make(std::span<const PlaneRings> perimeters, const NodingOptions& options) {
  std::vector<OwnedSegment> segments;
  std::size_t count = 0;
  for (const auto& perimeter : perimeters)
    for (const auto& ring : perimeter.rings) count += ring.size();
  segments.reserve(count);
  for (const auto& perimeter : perimeters)
    for (const auto& ring : perimeter.rings)
      for (std::size_t i = 0; i < ring.size(); ++i)
        segments.push_back({ring[i == 0 ? ring.size() - 1 : i - 1], ring[i], perimeter.owner});
  return make(std::move(segments), options);
}

Arrangement Arrangement::make(std::vector<OwnedSegment> segments, const NodingOptions& options) {
  auto linework = noded(std::move(segments), options);
  Arrangement arrangement;
  arrangement.vertices_ = std::move(linework.vertices);
  arrangement.owner_sets_ = std::move(linework.owner_sets);
  arrangement.find_faces(linework.pieces);
  arrangement.edge_owners_.reserve(linework.pieces.size());
  for (const auto& piece : linework.pieces) arrangement.edge_owners_.push_back(piece.owners);
  std::vector<Piece>().swap(linework.pieces);
  arrangement.find_owners();
  arrangement.check_owners();
  return arrangement;
}

void Arrangement::find_faces(std::span<const Piece> pieces) {
  Cycles cycles;
  std::vector<FaceId> faces;
  {  // the stars are gone before the edges are made
    const Stars stars(vertices_, pieces);
    std::vector<WesternEnd> ends;
    both([&] { ends = proven(vertices_, pieces, stars); },
         [&] { cycles = traced_cycles(pieces, stars.next_half_edges()); });
    faces = faces_of_cycles(cycles, ends, stars);
  }
  edges_.reserve(pieces.size());
  FaceId highest = unbounded_face;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Edge edge{pieces[i].from, pieces[i].to, faces[cycles.of_half_edge[2 * i]],
                    faces[cycles.of_half_edge[2 * i + 1]]};
    highest = std::max({highest, edge.left, edge.right});
    edges_.push_back(edge);
  }
  face_owners_.assign(std::size_t{highest} + 1, unset);
}

void Arrangement::find_owners() {
  const Borders borders(edges_, face_count());
  face_owners_[unbounded_face] = OwnerSets::empty;
  std::vector<FaceId> reached{unbounded_face};
  std::vector<std::uint32_t> toggled;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const auto number : borders.of(reached[i])) {
      const Edge& edge = edges_[number];
      const FaceId other = edge.left == reached[i] ? edge.right : edge.left;
      if (face_owners_[other] != unset) continue;
      toggle(owners_of(reached[i]), owners_along(number), toggled);
      face_owners_[other] = owner_sets_.interned(toggled);
      reached.push_back(other);
    }
  }
}

void Arrangement::check_owners() const {
  constexpr std::size_t at_once = 100'000;
  in_parallel((edges_.size() + at_once - 1) / at_once, [&](std::size_t chunk) {
    std::vector<std::uint32_t> toggled;
    for (auto i = chunk * at_once; i < std::min(edges_.size(), (chunk + 1) * at_once); ++i) check_owners(i, toggled);
  });
}

void Arrangement::check_owners(std::size_t number, std::vector<std::uint32_t>& toggled) const {
  const Edge& edge = edges_[number];
  if (face_owners_[edge.left] != unset && face_owners_[edge.right] != unset) {
    toggle(owners_of(edge.left), owners_along(number), toggled);
    if (std::ranges::equal(toggled, owners_of(edge.right))) return;
  }
  const PlanePoint place = vertices_[edge.from];
  throw Error(
      "a face of the partition near (" + std::to_string(place.x) + ", " + std::to_string(place.y) +
      ") in grid units has two different sets of perimeters. This is a defect of Géoprio; please report it with "
      "the sources loaded");
}

}  // namespace geoprio::partition
