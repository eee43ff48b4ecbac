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
  arrangement.check_owners();
  return arrangement;
}

void Arrangement::find_faces(std::vector<Piece>& pieces) {
  std::vector<FaceId> beside;  // per half-edge, on its left
  {                            // the stars are gone before the edges are made
    const Stars stars(vertices_, pieces);
    Cycles cycles;
    std::vector<WesternEnd> ends;
    both([&] { ends = proven(vertices_, pieces, stars); },
         [&] { cycles = traced_cycles(pieces, stars.next_half_edges()); });
    const auto faces = faces_of_cycles(cycles, ends, stars);
    beside = std::move(cycles.of_half_edge);
    in_ranges(beside.size(), [&](std::size_t first, std::size_t end) {
      for (auto half_edge = first; half_edge < end; ++half_edge) beside[half_edge] = faces[beside[half_edge]];
    });
    face_owners_.assign(std::size_t{faces.empty() ? unbounded_face : std::ranges::max(faces)} + 1, unset);
    find_owners(pieces, stars, beside);
  }
  edges_.resize(pieces.size());
  edge_owners_.resize(pieces.size());
  in_ranges(pieces.size(), [&](std::size_t first, std::size_t end) {
    for (auto i = first; i < end; ++i) {
      edges_[i] = {pieces[i].from, pieces[i].to, beside[2 * i], beside[2 * i + 1]};
      edge_owners_[i] = pieces[i].owners;
    }
  });
  std::vector<Piece>().swap(pieces);
}

/// From west to east, and upwards at each vertex: the face below a piece either reaches further west, or is the one
/// above the piece before. So its owners are known when those of the face above are asked for.
void Arrangement::find_owners(std::span<const Piece> pieces, const Stars& stars, std::span<const FaceId> beside) {
  face_owners_[unbounded_face] = OwnerSets::empty;
  std::vector<std::uint32_t> toggled;
  for (std::uint32_t vertex = 0; vertex < vertices_.size(); ++vertex)
    for (const auto piece : stars.starting(vertex)) {
      const auto above = beside[2 * piece];
      const auto below = beside[2 * piece + 1];
      if (face_owners_[above] != unset || face_owners_[below] == unset) continue;
      toggle(owners_of(below), owner_sets_[pieces[piece].owners], toggled);
      face_owners_[above] = owner_sets_.interned(toggled);
    }
}

void Arrangement::check_owners() const {
  in_ranges(edges_.size(), [&](std::size_t first, std::size_t end) {
    std::vector<std::uint32_t> toggled;
    for (auto i = first; i < end; ++i) check_owners(i, toggled);
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
