// Which face holds a point: the edges sorted into vertical strips, and by height in each.
#pragma once

#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

#include "geo/core/flat_array.hpp"

#include "geo/partition/arrangement.hpp"

namespace geoprio::partition {

/// Strips hold about as many vertices each, so that overseas departments cost metropolitan France nothing; a strip
/// holds the edges that enter it, by their lower ends. A question looks downwards from the point until no edge of the
/// strip can reach as high as the best one found. Strips, not a hierarchy (Kirkpatrick's, trapezoids): an index of some
/// 8 bytes an edge, made in one pass. Thread safety: immutable.
class PointLocation {
 public:
  PointLocation() = default;
  /// `vertices` and `edges` sorted as an arrangement's.
  PointLocation(std::span<const PlanePoint> vertices, std::span<const Edge> edges);

  /// The face at `point` among the vertices and edges that this was made of. Right of the point by an infinitely small
  /// step, then above it by a smaller one: so a point on an edge belongs to the face above, on a vertical edge to the
  /// one east.
  [[nodiscard]] FaceId face_at(std::span<const PlanePoint> vertices, std::span<const Edge> edges,
                               PlanePoint point) const;

  static auto members(auto& self) { return std::tie(self.wests_, self.tallest_edges_, self.starts_, self.edges_); }

 private:
  [[nodiscard]] std::size_t strip_of(std::int32_t x) const;

  FlatArray<std::int32_t> wests_;          ///< where each strip begins
  FlatArray<std::int64_t> tallest_edges_;  ///< per strip: the largest difference of latitude of an edge
  FlatArray<std::uint32_t> starts_;
  FlatArray<std::uint32_t> edges_;
};

}  // namespace geoprio::partition
