// Perimeters of real files on the degree grid, as loading would hand them to the partition.
#pragma once

#include <string>
#include <vector>

#include "geo/geometry/repair.hpp"
#include "geo/ogr/source.hpp"
#include "geo/partition/grouping.hpp"
#include "geo/partition/partition.hpp"
#include "geo/projection/reprojector.hpp"

namespace geoprio::tests {

/// Every feature that has polygons, repaired before and after rounding; throws when one is refused.
inline std::vector<DegreeShape> real_shapes(const std::string& location, const std::string& layer = {}) {
  auto source = ogr::Source::open({location, layer, {}});
  const auto projected = projection::Reprojector::make(source.crs().value().definition, projection::degrees_crs);
  std::vector<DegreeShape> shapes;
  source.for_each([&](ogr::SourceFeature&& feature) {
    if (!feature.geometry) return;
    const auto repaired = geometry::repair(*feature.geometry);
    if (!repaired) throw Error(location + ": " + repaired.error().text().english);
    const auto degrees = projected.to_degrees(repaired->shape);
    if (!degrees) throw Error(location + ": " + degrees.error().text().english);
    auto rounded = geometry::repair(*degrees);
    if (!rounded) throw Error(location + ": " + rounded.error().text().english);
    shapes.push_back(std::move(rounded->shape));
  });
  return shapes;
}

inline void add_set(std::vector<partition::PartitionInput>& inputs, std::uint32_t set,
                    const std::vector<DegreeShape>& shapes) {
  for (const auto& shape : shapes) inputs.push_back({set, partition::rings_of(shape)});
}

/// One group per perimeter of a set, in the set's order; where two overlap the first has the land.
inline partition::Grouping by_perimeter(const partition::Partition& made, std::uint32_t set, std::uint32_t first,
                                        std::uint32_t count) {
  partition::Grouping grouping{std::vector<std::uint32_t>(made.face_count(), partition::Grouping::no_group), count};
  for (partition::FaceId face = 0; face < made.face_count(); ++face)
    for (const auto perimeter : made.perimeters_of(face))
      if (made.set_of(perimeter) == set) {
        grouping.group_of_face[face] = perimeter - first;
        break;
      }
  return grouping;
}

}  // namespace geoprio::tests
