#include "geo/partition/face_chains.hpp"

#include <algorithm>
#include <utility>

#include "geo/partition/exact.hpp"

namespace geoprio::partition {
namespace {

constexpr std::uint32_t unset = 0xffffffffU;

/// Whether a direction points down or straight left of upwards: the half that comes second, anticlockwise from straight
/// down (excluded).
bool goes_left(PlanePoint from, PlanePoint to) { return to < from; }

}  // namespace

FaceChains FaceChains::of(const Arrangement& arrangement) {
  FaceChains chains;
  chains.trace(arrangement);
  chains.sort_around(arrangement.vertices());
  return chains;
}

void FaceChains::trace(const Arrangement& arrangement) {
  const auto edges = arrangement.edges();
  const auto places = arrangement.vertices();
  // Where two edges meet, each is the other's number with the sum of both: no list of edges at vertices is needed.
  std::vector<std::uint32_t> both(places.size(), 0);
  std::vector<std::uint8_t> degree(places.size(), 0);
  for (std::uint32_t edge = 0; edge < edges.size(); ++edge)
    for (const auto vertex : {edges[edge].from, edges[edge].to}) {
      both[vertex] ^= edge;
      if (degree[vertex] < 3) ++degree[vertex];
    }
  std::vector<std::uint32_t> junction_of(places.size(), unset);
  const auto junction_at = [&](std::uint32_t vertex) {
    if (junction_of[vertex] == unset) junction_of[vertex] = junction_count_++;
    return junction_of[vertex];
  };
  std::vector<bool> traced(edges.size(), false);
  vertices_.reserve(edges.size() + edges.size() / 4);
  const auto trace_from = [&](std::uint32_t edge, std::uint32_t start) {
    const bool forward = edges[edge].from == start;
    left_.push_back(forward ? edges[edge].left : edges[edge].right);
    right_.push_back(forward ? edges[edge].right : edges[edge].left);
    starts_.push_back(junction_at(start));
    vertices_.push_back(start);
    int128 doubled_area = 0;
    for (auto vertex = start;;) {
      traced[edge] = true;
      const auto from = places[vertex];
      vertex = edges[edge].from ^ edges[edge].to ^ vertex;
      const auto to = places[vertex];
      doubled_area += int128{from.x} * to.y - int128{to.x} * from.y;
      vertices_.push_back(vertex);
      if (vertex == start || degree[vertex] != 2) {
        starts_.push_back(junction_at(vertex));
        break;
      }
      edge ^= both[vertex];
    }
    doubled_areas_.push_back(doubled_area);
    firsts_.push_back(static_cast<std::uint32_t>(vertices_.size()));
  };
  for (std::uint32_t edge = 0; edge < edges.size(); ++edge)
    for (const auto start : {edges[edge].from, edges[edge].to})
      if (!traced[edge] && degree[start] != 2) trace_from(edge, start);
  // What is left are closed ones; edges are in the order of their western ends, so each starts at its westernmost.
  for (std::uint32_t edge = 0; edge < edges.size(); ++edge)
    if (!traced[edge]) trace_from(edge, edges[edge].from);
  vertices_.shrink_to_fit();
}

void FaceChains::sort_around(std::span<const PlanePoint> places) {
  // The half-chains that begin at a junction, side by side.
  std::vector<std::uint32_t> firsts(std::size_t{junction_count_} + 1, 0);
  for (const auto start : starts_) ++firsts[start + 1];
  for (std::size_t junction = 1; junction < firsts.size(); ++junction) firsts[junction] += firsts[junction - 1];
  std::vector<HalfChain> halves(starts_.size());
  auto next = firsts;
  for (HalfChain half = 0; half < starts_.size(); ++half) halves[next[starts_[half]]++] = half;
  const auto ends_of = [&](HalfChain half) {
    const auto run = vertices(chain_of(half));
    return half % 2 == 0 ? std::pair(places[run[0]], places[run[1]])
                         : std::pair(places[run[run.size() - 1]], places[run[run.size() - 2]]);
  };
  clockwise_.resize(starts_.size());
  for (std::uint32_t junction = 0; junction < junction_count_; ++junction) {
    const auto begin = halves.begin() + firsts[junction];
    const auto end = halves.begin() + firsts[junction + 1];
    std::sort(begin, end, [&](HalfChain a, HalfChain b) {
      const auto [centre, to_a] = ends_of(a);
      const auto to_b = ends_of(b).second;
      const bool a_left = goes_left(centre, to_a);
      const bool b_left = goes_left(centre, to_b);
      return a_left != b_left ? b_left : cross(centre, to_a, to_b) > 0;
    });
    // Sorted anticlockwise: the one before is next.
    for (auto half = begin; half != end; ++half) clockwise_[*half] = *(half == begin ? end - 1 : half - 1);
  }
}

}  // namespace geoprio::partition
