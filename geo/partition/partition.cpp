#include "geo/partition/partition.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "geo/core/ellipsoid_area.hpp"
#include "geo/core/error.hpp"
#include "geo/core/parallel.hpp"

namespace geoprio::partition {
namespace {

std::vector<OwnedSegment> segments_of(std::span<const PartitionInput> perimeters) {
  std::size_t count = 0;
  for (const auto& perimeter : perimeters)
    for (const auto& ring : perimeter.rings) count += ring.points.size();
  std::vector<OwnedSegment> segments;
  segments.reserve(count);
  for (std::uint32_t owner = 0; owner < perimeters.size(); ++owner)
    for (const auto& ring : perimeters[owner].rings)
      for (std::size_t i = 0; i < ring.points.size(); ++i) {
        const auto& from = ring.points[i == 0 ? ring.points.size() - 1 : i - 1];
        const auto& to = ring.points[i];
        segments.push_back({{from.x, from.y}, {to.x, to.y}, owner});
      }
  return segments;
}

}  // namespace

std::vector<Ring<DegreePoint>> rings_of(const DegreeShape& shape) {
  std::vector<Ring<DegreePoint>> rings;
  for (const auto& polygon : shape.polygons) {
    rings.push_back(polygon.shell);
    rings.insert(rings.end(), polygon.holes.begin(), polygon.holes.end());
  }
  return rings;
}

Partition Partition::make(std::span<const PartitionInput> perimeters, const SliverRules& slivers) {
  for (const auto& perimeter : perimeters)
    if (perimeter.set >= most_sets)
      throw Error("a partition holds at most " + std::to_string(most_sets) +
                  " sets of perimeters, and this atlas has more: "
                  "take context sets out of atlas.toml");
  Partition partition(Arrangement::make(segments_of(perimeters)));
  for (const auto& perimeter : perimeters) partition.set_of_perimeter_.push_back(perimeter.set);
  both(
      [&] {
        partition.mark_source_vertices(perimeters);
        partition.chains_ = FaceChains::of(partition.arrangement_);
      },
      [&] {
        partition.measure_faces();
        partition.location_ = PointLocation(partition.arrangement_);
      });
  auto absorption =
      partition::absorbed_slivers(partition.arrangement_, partition.areas_, partition.set_of_perimeter_, slivers);
  partition.source_of_ = std::move(absorption.source_of);
  partition.slivers_ = std::move(absorption.slivers);
  return partition;
}

void Partition::measure_faces() {
  areas_.assign(face_count(), SquareMetres(0));
  for (const auto& edge : edges()) {
    const auto under = area_under(place_of(edge.from), place_of(edge.to));
    areas_[edge.left] -= under;
    areas_[edge.right] += under;
  }
}

void Partition::mark_source_vertices(std::span<const PartitionInput> perimeters) {
  vertex_sets_.assign(vertices().size(), 0);
  for (const auto& perimeter : perimeters)
    for (const auto& ring : perimeter.rings)
      for (const auto& point : ring.points) {
        const PlanePoint place{point.x, point.y};
        const auto found = std::ranges::lower_bound(vertices(), place);
        if (found == vertices().end() || *found != place) continue;  // a spike's tip, gone with it
        vertex_sets_[static_cast<std::size_t>(found - vertices().begin())] |= std::uint64_t{1} << perimeter.set;
      }
}

}  // namespace geoprio::partition
