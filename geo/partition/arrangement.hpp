// A planar subdivision: vertices, edges, faces, and for every face the perimeters it lies in.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/partition/noding.hpp"

namespace geoprio::partition {

/// The number of a face; 0 is the unbounded one.
using FaceId = std::uint32_t;
inline constexpr FaceId unbounded_face = 0;

/// One perimeter's boundary. What an odd number of its rings surrounds is inside.
struct PlaneRings {
  std::uint32_t owner = 0;
  std::vector<std::vector<PlanePoint>> rings;
};

/// A straight piece between two vertices, `from` < `to`, with no vertex between them. `left` and `right` as seen from
/// `from`, with y up: `left` is above. They always differ.
struct Edge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  FaceId left = unbounded_face;
  FaceId right = unbounded_face;
};

class Stars;

/// Thread safety: immutable.
class Arrangement {
 public:
  /// Nodes the rings, proves the result, finds the faces and their owners. Rings need not be closed, simple or
  /// oriented. The same input gives the same numbers. About 1 microsecond and 100 bytes a segment.
  /// @throws Error that names the place, when the linework or the memberships are not sound.
  static Arrangement make(std::span<const PlaneRings> perimeters, const NodingOptions& options = {});
  static Arrangement make(std::vector<OwnedSegment> segments, const NodingOptions& options = {});

  /// Sorted by x, then y; each is the end of an edge.
  [[nodiscard]] std::span<const PlanePoint> vertices() const { return vertices_; }
  /// Sorted by `from`, then `to`.
  [[nodiscard]] std::span<const Edge> edges() const { return edges_; }
  [[nodiscard]] std::size_t face_count() const { return face_owners_.size(); }
  /// The perimeters that the face lies in, sorted.
  [[nodiscard]] std::span<const std::uint32_t> owners_of(FaceId face) const { return owner_sets_[face_owners_[face]]; }
  /// The perimeters whose boundary runs along the edge, sorted; never none.
  [[nodiscard]] std::span<const std::uint32_t> owners_along(std::size_t edge) const {
    return owner_sets_[edge_owners_[edge]];
  }
  /// Equal for two faces exactly when their owners are equal: cheap to compare.
  [[nodiscard]] OwnerSetId owner_set_of(FaceId face) const { return face_owners_[face]; }

 private:
  Arrangement() = default;
  /// Takes the pieces.
  void find_faces(std::vector<Piece>& pieces);
  void find_owners(std::span<const Piece> pieces, const Stars& stars, std::span<const FaceId> beside);
  void check_owners() const;
  /// Of one edge; `toggled` is overwritten.
  void check_owners(std::size_t number, std::vector<std::uint32_t>& toggled) const;

  std::vector<PlanePoint> vertices_;
  std::vector<Edge> edges_;
  std::vector<OwnerSetId> edge_owners_;
  std::vector<OwnerSetId> face_owners_;
  OwnerSets owner_sets_;
};

}  // namespace geoprio::partition
