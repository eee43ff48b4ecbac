// People per face: cells of a grid (or any set with counts) spread over the faces they were cut into, by area.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/core/quantity.hpp"
#include "geo/partition/grouping.hpp"
#include "geo/partition/partition.hpp"

namespace geoprio::analysis {

/// Fractions are normal: a cell's people are shared out, and official counts are themselves made blurred.
using People = Quantity<struct PersonUnit>;

/// What a cell counts. A cell whose count is unknown is not in the list.
struct CellCount {
  std::uint32_t perimeter = 0;  ///< the cell's number in the partition
  People people;
};

struct FacePopulation {
  std::vector<People> people;  ///< for each face of the partition
  People unplaced;             ///< of cells that have no land left in the partition
};

/// people(face) = sum over its cells of count × area(face) / area(cell), where a cell's area is the sum of its faces',
/// so that the parts of a cell sum to its count.
[[nodiscard]] FacePopulation population_of_faces(const partition::Partition& partition,
                                                 std::span<const CellCount> cells);

/// Between which numbers the people of a perimeter lie, wherever in its cells people live.
struct PopulationRange {
  People low;   ///< of the cells that lie wholly in it
  People high;  ///< of the cells that have land in it
};

/// For each perimeter of a set, whose numbers begin with `first`. A cell lies wholly in a perimeter when all of its
/// faces do, and has land in it when one of them does, however small.
[[nodiscard]] std::vector<PopulationRange> population_ranges(const partition::Partition& partition,
                                                             std::span<const CellCount> cells, std::uint32_t first,
                                                             std::uint32_t count);

/// The people of each group; a face without a group counts nowhere.
[[nodiscard]] std::vector<People> people_of_groups(std::span<const People> people_of_faces,
                                                   const partition::Grouping& grouping);

/// The land of each group, on the ellipsoid.
[[nodiscard]] std::vector<SquareMetres> areas_of_groups(const partition::Partition& partition,
                                                        const partition::Grouping& grouping);

}  // namespace geoprio::analysis
