// Which face holds a point: the edges sorted into vertical strips of equal width.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/partition/arrangement.hpp"

namespace geoprio::partition {

/// A strip holds the edges that enter it; a question reads one strip. Strips, not a hierarchy (Kirkpatrick's or trapezoids):
/// an index of 4 bytes an edge that is built in one pass, and a nation's question reads some hundred edges.
/// Thread safety: immutable.
class PointLocation {
 public:
  explicit PointLocation(const Arrangement& arrangement);

  /// The face at `point` of the arrangement that this was made of. Right of the point by an infinitely small step, then
  /// above it by a smaller one: so a point on an edge belongs to the face above, on a vertical edge to the one east.
  [[nodiscard]] FaceId face_at(const Arrangement& arrangement, PlanePoint point) const;

 private:
  [[nodiscard]] std::size_t strip_of(std::int32_t x) const;

  std::int64_t west_ = 0;
  std::int64_t width_ = 1;  ///< of a strip
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> edges_;
};

}  // namespace geoprio::partition
