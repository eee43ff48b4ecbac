// Places around squares of land side by side, along 45.4 degrees north, each 0.01 degree wide (some 783 m):
//
//   4.00   4.01   4.02   4.03   4.04   4.05   4.06
//    | P1   | P2   | und. | out. | free | beyond
//    |- - - - - - commune  - - - - - - -|
#include "geo/analysis/locate.hpp"

#include <cmath>

#include "tests/support/catch.hpp"

using namespace geoprio;
using namespace geoprio::analysis;

namespace {

constexpr std::int32_t south = 454000000;

Ring<DegreePoint> rectangle(double west, double east) {
  const auto w = static_cast<std::int32_t>(std::lround(west * degree_units));
  const auto e = static_cast<std::int32_t>(std::lround(east * degree_units));
  return {{{w, south}, {e, south}, {e, south + 100000}, {w, south + 100000}}};
}

/// The commune has the number 0, the quarters 1 to 4.
struct Squares {
  partition::Partition partition =
      partition::Partition::make(std::vector<partition::PartitionInput>{{0, {rectangle(4.0, 4.05)}},
                                                                        {1, {rectangle(4.0, 4.01)}},
                                                                        {1, {rectangle(4.01, 4.02)}},
                                                                        {1, {rectangle(4.02, 4.03)}},
                                                                        {1, {rectangle(4.03, 4.04)}}});
  partition::Grouping grouping;
  std::vector<std::vector<std::uint32_t>> members;
  std::vector<std::string> tiers{"priority_1", "watch", "undetermined", "outside"};

  Squares() {
    grouping.group_of_face.assign(partition.face_count(), partition::Grouping::no_group);
    for (partition::FaceId face = 1; face < partition.face_count(); ++face) {
      grouping.group_of_face[face] = static_cast<std::uint32_t>(members.size());
      const auto in = partition.perimeters_of(face);
      members.emplace_back(in.begin(), in.end());
    }
    grouping.group_count = static_cast<std::uint32_t>(members.size());
  }

  [[nodiscard]] Locator locator(bool communes = true, bool ranked = true) const {
    EditionToLocate edition;
    edition.tiers = ranked ? tiers : std::vector<std::string>{""};
    for (const auto& list : members) {
      const auto quarter = list.back();
      edition.tier_of_group.push_back(quarter == 0 ? EditionToLocate::no_quarter : ranked ? quarter - 1 : 0);
    }
    return Locator(LandToLocate{.partition = partition,
                                .grouping = grouping,
                                .members = members,
                                .communes = communes ? std::optional(NumberedSet{0, 1}) : std::nullopt,
                                .editions = {edition},
                                .metric_crs = "EPSG:2154",
                                .near_limit = Metres(15)});
  }
};

Location at(const Locator& locator, double lon, double lat = 45.405) {
  return locator.locate(*LonLat::make(lon, lat), 0);
}

/// Metres along the parallel of 45.405 N to degrees: 78,289 m a degree on the ellipsoid (PROJ's geod), and as much in
/// Lambert-93 but for its scale of 0.99924 there.
double degrees_of(double metres) { return metres / 78289; }

}  // namespace

TEST_CASE("a place in a quarter of a tier is inside, a place in none or in one that is outside is outside",
          "[locate]") {
  const auto locator = Squares().locator();
  const auto inside = at(locator, 4.005);
  CHECK(inside.answer == LocationAnswer::inside);
  CHECK(inside.tier == "priority_1");
  CHECK(std::vector(inside.members.begin(), inside.members.end()) == std::vector<std::uint32_t>{0, 1});
  // Half the quarter's width, 782.3 m, at Lambert-93's scale there.
  CHECK(inside.distance->value() == Approx(391.1).epsilon(0.002));
  const auto listed_outside = at(locator, 4.035);
  CHECK(listed_outside.answer == LocationAnswer::outside);
  CHECK(listed_outside.tier == "outside");
  const auto nowhere = at(locator, 4.045);
  CHECK(nowhere.answer == LocationAnswer::outside);
  CHECK(nowhere.tier == "outside");
  CHECK(nowhere.distance->value() == Approx(2.5 * 782.3).epsilon(0.002));
}

TEST_CASE("where data are missing, and outside every commune, nothing is claimed", "[locate]") {
  const auto locator = Squares().locator();
  const auto undetermined = at(locator, 4.0299);
  CHECK(undetermined.answer == LocationAnswer::unavailable);
  CHECK(undetermined.tier == "undetermined");
  CHECK_FALSE(undetermined.distance);
  const auto beyond = at(locator, 4.055);
  CHECK(beyond.answer == LocationAnswer::unavailable);
  CHECK_FALSE(beyond.tier);
  CHECK(beyond.members.empty());
  CHECK(at(locator, -120, -60).answer == LocationAnswer::unavailable);
}

TEST_CASE("without communes a place in no quarter is outside, and far away its distance is not known", "[locate]") {
  const auto locator = Squares().locator(false);
  CHECK(at(locator, 4.03, 45.395).answer == LocationAnswer::outside);
  const auto far = at(locator, 120, -60);
  CHECK(far.answer == LocationAnswer::outside);
  CHECK_FALSE(far.distance);
}

TEST_CASE("within the near-limit distance of the border, on either side, a place is near the limit", "[locate]") {
  const auto locator = Squares().locator(false);
  for (const double metres : {-14.5, -1.0, 0.0, 1.0, 14.5}) {
    INFO(metres);
    const auto near = at(locator, 4.0 + degrees_of(metres));
    CHECK(near.answer == LocationAnswer::near_limit);
    CHECK(near.distance->value() == Approx(std::abs(metres)).margin(0.05));
  }
  CHECK(at(locator, 4.0 + degrees_of(15.5)).answer == LocationAnswer::inside);
  CHECK(at(locator, 4.0, 45.39986).answer == LocationAnswer::outside);     // 15.6 m south of the corner
  CHECK(at(locator, 4.0, 45.39987).answer == LocationAnswer::near_limit);  // 14.4 m
}

TEST_CASE("the border between two tiers of priority is no limit, that towards missing data is one", "[locate]") {
  const auto locator = Squares().locator();
  CHECK(at(locator, 4.01 - degrees_of(1)).answer == LocationAnswer::inside);
  CHECK(at(locator, 4.01 + degrees_of(1)).answer == LocationAnswer::inside);
  CHECK(at(locator, 4.02 - degrees_of(1)).answer == LocationAnswer::near_limit);
  CHECK(at(locator, 4.02 + degrees_of(1)).answer == LocationAnswer::unavailable);
  // Between a quarter without data and one that is outside nobody's priority ends.
  CHECK(at(locator, 4.03 + degrees_of(1)).answer == LocationAnswer::outside);
}

TEST_CASE("in an unranked edition every quarter is inside, and no tier is told", "[locate]") {
  const auto locator = Squares().locator(true, false);
  const auto inside = at(locator, 4.025);
  CHECK(inside.answer == LocationAnswer::inside);
  CHECK_FALSE(inside.tier);
  CHECK_FALSE(at(locator, 4.045).tier);
}

TEST_CASE("an edition without priority land has no limit to be near", "[locate]") {
  Squares squares;
  squares.tiers = {"outside", "outside", "outside", "outside"};
  const auto outside = at(squares.locator(), 4.01);
  CHECK(outside.answer == LocationAnswer::outside);
  CHECK_FALSE(outside.distance);
}
