#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>

#include "geo/core/ellipsoid_area.hpp"
#include "geo/geometry/verification.hpp"
#include "geo/partition/dissolve.hpp"
#include "geo/projection/geodesic.hpp"
#include "tests/geo/partition/real_shapes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/real_files.hpp"

using namespace geoprio;
using namespace geoprio::partition;
using namespace geoprio::tests;

namespace {

void check(const geometry::Verification& verification) {
  INFO(verification.name << ": " << verification.area << " against " << verification.expected_area << ", differing "
                         << verification.land_differing << ", bound " << verification.bound << " "
                         << verification.defect);
  CHECK(verification.ok);
}

/// Every dissolved perimeter against its own source: what other boundaries cut must add up to it again.
void check_every_perimeter(const Partition& made, std::uint32_t set, std::uint32_t first,
                           const std::vector<DegreeShape>& sources) {
  Grouping grouping{std::vector<std::uint32_t>(made.face_count(), Grouping::no_group), 1};
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    for (FaceId face = 0; face < made.face_count(); ++face)
      grouping.group_of_face[face] =
          std::ranges::binary_search(made.perimeters_of(face), first + i) ? 0 : Grouping::no_group;
    check(geometry::verify_union("perimeter " + std::to_string(i) + " of set " + std::to_string(set),
                                 dissolve(made, grouping)[0], std::span(&sources[i], 1)));
  }
}

/// The process's largest resident size so far, in MB; 0 where /proc says nothing.
long peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("VmHWM:", 0) == 0) return std::stol(line.substr(6)) / 1024;
  return 0;
}

}  // namespace

TEST_CASE("Lille: quarters, communes and 9,096 cells in one partition agree with GEOS", "[partition][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  const auto quarters = real_shapes(folder / "lille.gpkg", "qpvs");
  const auto communes = real_shapes(folder / "lille.gpkg", "cities");
  const auto cells = real_shapes(folder / "lille.gpkg", "enriched_grid");
  // ../shared/data/README.md: 26 quarters, 121 communes, 9,096 cells.
  REQUIRE(quarters.size() == 26);
  REQUIRE(communes.size() == 121);
  REQUIRE(cells.size() == 9096);
  std::vector<PartitionInput> inputs;
  add_set(inputs, 0, quarters);
  add_set(inputs, 1, communes);
  add_set(inputs, 2, cells);
  const auto made = Partition::make(inputs);
  check_every_perimeter(made, 0, 0, quarters);
  check_every_perimeter(made, 1, 26, communes);

  // Sets: the union of quarters in and out of the communes' union.
  Grouping grouping{std::vector<std::uint32_t>(made.face_count(), Grouping::no_group), 2};
  for (FaceId face = 0; face < made.face_count(); ++face) {
    bool quarter = false;
    bool cell = false;
    for (const auto perimeter : made.perimeters_of(face)) {
      quarter = quarter || made.set_of(perimeter) == 0;
      cell = cell || made.set_of(perimeter) == 2;
    }
    if (quarter) grouping.group_of_face[face] = cell ? 0 : 1;
  }
  const auto parts = dissolve(made, grouping);
  check(geometry::verify_crossing("quarters on cells", parts[0], quarters, cells));
  check(geometry::verify_difference("quarters off cells", parts[1], quarters, cells));
}

TEST_CASE("Lille: a face's area is PROJ's, and faces sum to their perimeters", "[partition][area][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  const auto quarters = real_shapes(folder / "lille.gpkg", "qpvs");
  const auto communes = real_shapes(folder / "lille.gpkg", "cities");
  std::vector<PartitionInput> inputs;
  add_set(inputs, 0, quarters);
  add_set(inputs, 1, communes);
  const auto made = Partition::make(inputs);
  std::vector<SquareMetres> sums(inputs.size());
  for (FaceId face = 0; face < made.face_count(); ++face)
    for (const auto perimeter : made.perimeters_of(face)) sums[perimeter] += made.area(face);
  for (std::size_t i = 0; i < communes.size(); ++i) {
    double border = 0;
    for (const auto& ring : rings_of(communes[i])) border += projection::geodesic_length(ring).value();
    // A geodesic bulges north of our straight edge: s³ tan φ / 12 R for a piece of s metres, 1.6e-6 m² a metre for s
    // = 10.
    const double expected = projection::geodesic_area(communes[i], Metres(10)).value();
    CHECK(std::abs(ellipsoid_area(communes[i]).value() - expected) <= 1e-9 * expected + 1.6e-6 * border);
    // Where quarters cross the border it moves by half a pixel's diagonal, 8 mm, at most.
    CHECK(std::abs(sums[26 + i].value() - expected) <= 0.0080 * border);
  }
}

TEST_CASE("Occitanie: quarters and communes agree with GEOS", "[partition][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  const auto quarters = real_shapes(folder / "occitanie/qp.geojson");
  const auto communes = real_shapes(folder / "occitanie/communes.geojson");
  REQUIRE(quarters.size() == 105);
  REQUIRE(communes.size() == 48);
  std::vector<PartitionInput> inputs;
  add_set(inputs, 0, quarters);
  add_set(inputs, 1, communes);
  const auto made = Partition::make(inputs);
  check_every_perimeter(made, 0, 0, quarters);
  check_every_perimeter(made, 1, 105, communes);
}

TEST_CASE("the Loire: statistical cells of another vintage snap to the communes, slivers reported", "[slivers][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  const auto communes = real_shapes(folder / "communes-42-loire.geojson");
  const auto cells = real_shapes(folder / "iris-42.geojson");
  REQUIRE(communes.size() == 326);
  REQUIRE(cells.size() == 497);
  std::vector<PartitionInput> inputs;
  add_set(inputs, 0, communes);
  add_set(inputs, 1, cells);
  const auto raw = Partition::make(inputs);
  const auto snapped = Partition::make(inputs, {0b10, Metres(1)});
  CHECK(raw.absorbed_slivers().empty());
  CHECK_FALSE(snapped.absorbed_slivers().empty());
  for (const auto& sliver : snapped.absorbed_slivers()) CHECK(sliver.set == 1);
  // The communes are the reference: not one face changes its commune.
  for (FaceId face = 0; face < raw.face_count(); ++face) {
    const auto commune = [](std::span<const std::uint32_t> perimeters) {
      return !perimeters.empty() && perimeters[0] < 326 ? perimeters[0] : 326;
    };
    CHECK(commune(raw.perimeters_of(face)) == commune(snapped.perimeters_of(face)));
  }
}

TEST_CASE("the nation: 35,357 communes in one partition", "[partition][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(folder);
  std::vector<PartitionInput> inputs;
  add_set(inputs, 0, real_shapes(folder / "communes-france-2018.shp.zip"));
  REQUIRE(inputs.size() == 35357);
  const auto before = peak_memory();
  const auto start = std::chrono::steady_clock::now();
  const auto made = Partition::make(inputs);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  const auto after = peak_memory();
  std::vector<bool> found(inputs.size(), false);
  for (FaceId face = 0; face < made.face_count(); ++face)
    for (const auto perimeter : made.perimeters_of(face)) found[perimeter] = true;
  CHECK(std::ranges::count(found, true) == 35357);
  const auto dissolve_start = std::chrono::steady_clock::now();
  const auto shapes = dissolve(made, by_perimeter(made, 0, 0, 35357));
  const std::chrono::duration<double> dissolve_seconds = std::chrono::steady_clock::now() - dissolve_start;
  CHECK(std::ranges::none_of(shapes, [](const DegreeShape& shape) { return shape.polygons.empty(); }));
  std::printf(
      "nation: %zu vertices, %zu edges, %zu faces in %.1f s; peak %ld MB after reading, %ld MB in all; dissolved again "
      "in %.1f s\n",
      made.vertices().size(), made.edges().size(), made.face_count(), seconds.count(), before, after,
      dissolve_seconds.count());
}
