#include "geo/partition/rings.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "geo/core/error.hpp"
#include "geo/core/int128.hpp"
#include "geo/partition/sweep.hpp"

namespace geoprio::partition {
namespace {

constexpr std::uint32_t unset = 0xffffffffU;

[[noreturn]] void refuse(PlanePoint place) {
  throw Error(
      "the edges of an area do not close near (" + std::to_string(place.x) + ", " + std::to_string(place.y) +
      ") in grid units: the area would lie on both sides or on none. This is a defect of Géoprio; please report it "
      "with the sources loaded");
}

/// The edges without those that cancel, each from its lower to its higher end; `forward` when the area is left of that.
struct Boundary {
  std::vector<PlanePoint> vertices;
  std::vector<Piece> pieces;
  std::vector<bool> forward;
};

struct OrientedSegment {
  PlanePoint low;
  PlanePoint high;
  int count = 0;  ///< how often it runs from low to high, less how often back
};

std::vector<OrientedSegment> without_opposites(std::span<const DirectedEdge> edges) {
  std::vector<OrientedSegment> segments;
  segments.reserve(edges.size());
  for (const auto& edge : edges)
    segments.push_back(edge.from < edge.to ? OrientedSegment{edge.from, edge.to, 1}
                                           : OrientedSegment{edge.to, edge.from, -1});
  std::ranges::sort(segments,
                    [](const auto& a, const auto& b) { return std::tie(a.low, a.high) < std::tie(b.low, b.high); });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < segments.size();) {
    OrientedSegment segment = segments[i];
    for (++i; i < segments.size() && segments[i].low == segment.low && segments[i].high == segment.high; ++i)
      segment.count += segments[i].count;
    if (segment.count == 0 || segment.low == segment.high) continue;
    if (segment.count != 1 && segment.count != -1) refuse(segment.low);
    segments[kept++] = segment;
  }
  segments.resize(kept);
  return segments;
}

Boundary boundary_of(std::span<const DirectedEdge> edges) {
  const auto segments = without_opposites(edges);
  Boundary boundary;
  boundary.vertices.reserve(2 * segments.size());
  for (const auto& segment : segments) {
    boundary.vertices.push_back(segment.low);
    boundary.vertices.push_back(segment.high);
  }
  auto& vertices = boundary.vertices;
  std::ranges::sort(vertices);
  vertices.erase(std::unique(vertices.begin(), vertices.end()), vertices.end());
  boundary.pieces.reserve(segments.size());
  const auto number_of = [&](PlanePoint point) {
    return static_cast<std::uint32_t>(std::ranges::lower_bound(vertices, point) - vertices.begin());
  };
  std::uint32_t low = 0;
  for (const auto& segment : segments) {
    while (vertices[low] != segment.low) ++low;
    boundary.pieces.push_back({low, number_of(segment.high), OwnerSets::empty});
    boundary.forward.push_back(segment.count > 0);
  }
  return boundary;
}

/// Traces each connected interior and cuts its cycle wherever it comes back to a vertex.
class Assembly {
 public:
  explicit Assembly(const Boundary& boundary)
      : boundary_(boundary),
        stars_(boundary.vertices, boundary.pieces),
        next_(stars_.next_half_edges()),
        cycle_of_piece_(boundary.pieces.size(), unset),
        place_on_path_(boundary.vertices.size(), unset) {}

  std::vector<PlanePolygon> run() {
    for (std::uint32_t piece = 0; piece < boundary_.pieces.size(); ++piece)
      if (cycle_of_piece_[piece] == unset) trace(piece);
    if (!floating_.empty()) place_floating_holes();
    std::ranges::sort(polygons_, {}, [](const PlanePolygon& polygon) { return polygon.shell.points.front(); });
    for (auto& polygon : polygons_)
      std::ranges::sort(polygon.holes, {}, [](const Ring<PlanePoint>& hole) { return hole.points.front(); });
    return std::move(polygons_);
  }

 private:
  /// A cycle of holes only: the component that it surrounds touches nothing of its polygon's other rings.
  struct FloatingHoles {
    std::uint32_t westernmost_vertex;
    std::uint32_t cycle;
    std::vector<Ring<PlanePoint>> rings;
  };

  [[nodiscard]] bool is_boundary(std::uint32_t half_edge) const {
    return boundary_.forward[half_edge / 2] == (half_edge % 2 == 0);
  }
  [[nodiscard]] std::uint32_t origin(std::uint32_t half_edge) const {
    const Piece& piece = boundary_.pieces[half_edge / 2];
    return half_edge % 2 == 0 ? piece.from : piece.to;
  }

  void trace(std::uint32_t first_piece) {
    const auto cycle = static_cast<std::uint32_t>(polygon_of_cycle_.size());
    polygon_of_cycle_.push_back(unset);
    std::vector<Ring<PlanePoint>> holes;
    path_.clear();
    std::uint32_t westernmost = unset;
    std::uint32_t half_edge = 2 * first_piece + (boundary_.forward[first_piece] ? 0 : 1);
    for (; cycle_of_piece_[half_edge / 2] == unset; half_edge = next_[half_edge]) {
      if (!is_boundary(half_edge)) refuse(boundary_.vertices[origin(half_edge)]);
      cycle_of_piece_[half_edge / 2] = cycle;
      westernmost = std::min(westernmost, origin(half_edge));
      close_ring_at(origin(half_edge), cycle, holes);
      place_on_path_[origin(half_edge)] = static_cast<std::uint32_t>(path_.size());
      path_.push_back(origin(half_edge));
    }
    if (!is_boundary(half_edge) || cycle_of_piece_[half_edge / 2] != cycle)
      refuse(boundary_.vertices[origin(half_edge)]);
    close_ring_at(origin(half_edge), cycle, holes);
    if (polygon_of_cycle_[cycle] == unset)
      floating_.push_back({westernmost, cycle, std::move(holes)});
    else
      add_holes(polygon_of_cycle_[cycle], std::move(holes));
  }

  /// When the path has been at `vertex`, what it did since is a ring.
  void close_ring_at(std::uint32_t vertex, std::uint32_t cycle, std::vector<Ring<PlanePoint>>& holes) {
    const auto place = place_on_path_[vertex];
    if (place == unset) return;
    const auto begin = path_.begin() + place;
    for (auto point = begin; point != path_.end(); ++point) place_on_path_[*point] = unset;
    std::rotate(begin, std::min_element(begin, path_.end()), path_.end());
    Ring<PlanePoint> ring;
    for (auto point = begin; point != path_.end(); ++point) ring.points.push_back(boundary_.vertices[*point]);
    path_.erase(begin, path_.end());
    if (doubled_area(ring.points) < 0) {
      holes.push_back(std::move(ring));
      return;
    }
    if (polygon_of_cycle_[cycle] != unset) refuse(ring.points.front());
    polygon_of_cycle_[cycle] = static_cast<std::uint32_t>(polygons_.size());
    polygons_.push_back({std::move(ring), {}});
  }

  /// The area west of the holes' westernmost vertex is the one above the piece below it; that piece's component begins
  /// further west, so its polygon is known by then.
  void place_floating_holes() {
    std::ranges::sort(floating_, {}, &FloatingHoles::westernmost_vertex);
    const auto ends = proven(boundary_.vertices, boundary_.pieces, stars_);
    for (auto& holes : floating_) {
      const auto end = std::ranges::lower_bound(ends, holes.westernmost_vertex, {}, &WesternEnd::vertex);
      if (end == ends.end() || end->vertex != holes.westernmost_vertex || end->piece_below == no_piece ||
          !boundary_.forward[end->piece_below])
        refuse(boundary_.vertices[holes.westernmost_vertex]);
      const auto polygon = polygon_of_cycle_[cycle_of_piece_[end->piece_below]];
      if (polygon == unset) refuse(boundary_.vertices[holes.westernmost_vertex]);
      polygon_of_cycle_[holes.cycle] = polygon;
      add_holes(polygon, std::move(holes.rings));
    }
  }

  void add_holes(std::uint32_t polygon, std::vector<Ring<PlanePoint>>&& holes) {
    for (auto& hole : holes) polygons_[polygon].holes.push_back(std::move(hole));
  }

  const Boundary& boundary_;
  Stars stars_;
  std::vector<std::uint32_t> next_;
  std::vector<std::uint32_t> cycle_of_piece_;
  std::vector<std::uint32_t> place_on_path_;
  std::vector<std::uint32_t> path_;
  std::vector<std::uint32_t> polygon_of_cycle_;
  std::vector<PlanePolygon> polygons_;
  std::vector<FloatingHoles> floating_;
};

}  // namespace

std::vector<PlanePolygon> assembled(std::span<const DirectedEdge> edges) {
  const auto boundary = boundary_of(edges);
  return Assembly(boundary).run();
}

double doubled_area(std::span<const PlanePoint> ring) {
  int128 sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const auto& a = ring[i];
    const auto& b = ring[i + 1 == ring.size() ? 0 : i + 1];
    sum += int128{a.x} * b.y - int128{b.x} * a.y;
  }
  return static_cast<double>(sum);
}

}  // namespace geoprio::partition
