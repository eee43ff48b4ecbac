#include "geo/analysis/population.hpp"

#include <cstddef>
#include <map>
#include <utility>

namespace geoprio::analysis {
namespace {

// Calls `visit(face)` for every face but the unbounded one, which is in no perimeter.
template <class Visit>
void for_each_bounded_face(const partition::Partition& partition, Visit visit) {
  for (std::size_t face = 1; face < partition.face_count(); ++face) visit(static_cast<partition::FaceId>(face));
}

template <class Amount, class AmountOfFace>
std::vector<Amount> sums_of_groups(const partition::Grouping& grouping, AmountOfFace amount_of_face) {
  std::vector<Amount> sums(grouping.group_count);
  for (std::size_t face = 0; face < grouping.group_of_face.size(); ++face)
    if (const auto group = grouping.group_of_face[face]; group != partition::Grouping::no_group)
      sums[group] += amount_of_face(face);
  return sums;
}

}  // namespace

FacePopulation population_of_faces(const partition::Partition& partition, std::span<const CellCount> cells) {
  std::vector<SquareMetres> areas(partition.perimeter_count());
  for_each_bounded_face(partition, [&](partition::FaceId face) {
    for (const auto perimeter : partition.perimeters_of(face)) areas[perimeter] += partition.area(face);
  });
  FacePopulation population{.people = std::vector<People>(partition.face_count()), .unplaced = People()};
  std::vector<double> density(partition.perimeter_count());  // people per square metre; 0 for what is no cell
  for (const auto& cell : cells) {
    const double area = areas[cell.perimeter].value();
    if (area > 0)
      density[cell.perimeter] += cell.people.value() / area;
    else
      population.unplaced += cell.people;
  }
  for_each_bounded_face(partition, [&](partition::FaceId face) {
    for (const auto perimeter : partition.perimeters_of(face))
      population.people[face] += People(density[perimeter] * partition.area(face).value());
  });
  return population;
}

std::vector<PopulationRange> population_ranges(const partition::Partition& partition, std::span<const CellCount> cells,
                                               std::uint32_t first, std::uint32_t count) {
  std::map<std::uint32_t, People> people;
  for (const auto& cell : cells) people[cell.perimeter] += cell.people;
  std::map<std::uint32_t, std::size_t> faces;                             // of each cell
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> shared;  // of each perimeter and cell
  for_each_bounded_face(partition, [&](partition::FaceId face) {
    for (const auto cell : partition.perimeters_of(face)) {
      if (!people.contains(cell)) continue;
      ++faces[cell];
      for (const auto perimeter : partition.perimeters_of(face))
        if (perimeter >= first && perimeter - first < count) ++shared[{perimeter, cell}];
    }
  });
  std::vector<PopulationRange> ranges(count);
  for (const auto& [pair, number] : shared) {
    auto& range = ranges[pair.first - first];
    range.high += people[pair.second];
    if (number == faces[pair.second]) range.low += people[pair.second];
  }
  return ranges;
}

std::vector<People> people_of_groups(std::span<const People> people_of_faces, const partition::Grouping& grouping) {
  return sums_of_groups<People>(grouping, [&](std::size_t face) { return people_of_faces[face]; });
}

std::vector<SquareMetres> areas_of_groups(const partition::Partition& partition, const partition::Grouping& grouping) {
  return sums_of_groups<SquareMetres>(
      grouping, [&](std::size_t face) { return partition.area(static_cast<partition::FaceId>(face)); });
}

}  // namespace geoprio::analysis
