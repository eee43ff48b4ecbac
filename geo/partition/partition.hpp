// The land, cut once: every perimeter of the atlas in one planar subdivision on the degree grid.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/core/grid_point.hpp"
#include "geo/core/quantity.hpp"
#include "geo/core/shape.hpp"
#include "geo/partition/arrangement.hpp"
#include "geo/partition/face_chains.hpp"
#include "geo/partition/slivers.hpp"

namespace geoprio::partition {

/// One perimeter: what an odd number of its rings surrounds. Its index in the span is its number.
struct PartitionInput {
  std::uint32_t set = 0;  ///< under 64
  std::vector<Ring<DegreePoint>> rings;
};

/// The rings of a shape, as a partition takes them.
std::vector<Ring<DegreePoint>> rings_of(const DegreeShape& shape);

/// Thread safety: immutable.
class Partition {
 public:
  static constexpr std::uint32_t most_sets = 64;

  /// @throws Error when a set's number is 64 or more, or when the linework is not sound.
  static Partition make(std::span<const PartitionInput> perimeters, const SliverRules& slivers = {});

  /// Face 0 is the unbounded one.
  [[nodiscard]] std::size_t face_count() const { return arrangement_.face_count(); }
  /// The numbers of the perimeters that the face lies in, sorted, slivers absorbed.
  [[nodiscard]] std::span<const std::uint32_t> perimeters_of(FaceId face) const {
    return arrangement_.owners_of(source_of_[face]);
  }
  /// On the WGS 84 ellipsoid, edges straight in longitude and latitude. The unbounded face's is minus the sum of all.
  [[nodiscard]] SquareMetres area(FaceId face) const { return areas_[face]; }
  [[nodiscard]] std::uint32_t set_of(std::uint32_t perimeter) const { return set_of_perimeter_[perimeter]; }
  [[nodiscard]] std::size_t perimeter_count() const { return set_of_perimeter_.size(); }

  /// Sorted by x, then y.
  [[nodiscard]] std::span<const PlanePoint> vertices() const { return arrangement_.vertices(); }
  [[nodiscard]] std::span<const Edge> edges() const { return arrangement_.edges(); }
  [[nodiscard]] DegreePoint place_of(std::uint32_t vertex) const {
    return {vertices()[vertex].x, vertices()[vertex].y};
  }
  /// Bit s: set s has a vertex of its sources there, and not only a crossing.
  [[nodiscard]] std::uint64_t vertex_sets(std::uint32_t vertex) const { return vertex_sets_[vertex]; }

  /// The edges strung together, for dissolving.
  [[nodiscard]] const FaceChains& chains() const { return chains_; }

  /// What the slivers did, for the report.
  [[nodiscard]] std::span<const AbsorbedSliver> absorbed_slivers() const { return slivers_; }
  /// The subdivision itself; its owners are those before slivers were absorbed.
  [[nodiscard]] const Arrangement& arrangement() const { return arrangement_; }

 private:
  explicit Partition(Arrangement arrangement) : arrangement_(std::move(arrangement)) {}
  void measure_faces();
  void mark_source_vertices(std::span<const PartitionInput> perimeters);

  Arrangement arrangement_;
  FaceChains chains_;
  std::vector<std::uint32_t> set_of_perimeter_;
  std::vector<SquareMetres> areas_;
  std::vector<std::uint64_t> vertex_sets_;
  std::vector<FaceId> source_of_;
  std::vector<AbsorbedSliver> slivers_;
};

}  // namespace geoprio::partition
