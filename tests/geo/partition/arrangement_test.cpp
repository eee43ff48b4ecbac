#include "geo/partition/arrangement.hpp"

#include <string>

#include "geo/partition/point_location.hpp"
#include "tests/geo/partition/brute_force.hpp"
#include "tests/geo/partition/soups.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using namespace geoprio::partition;
using namespace geoprio::tests;

namespace {

std::vector<PlanePoint> square(std::int32_t x, std::int32_t y, std::int32_t side) {
  return {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}};
}

std::vector<std::uint32_t> owners_at(const Arrangement& made, PlanePoint point) {
  const auto owners =
      made.owners_of(PointLocation(made.vertices(), made.edges()).face_at(made.vertices(), made.edges(), point));
  return {owners.begin(), owners.end()};
}

using Owners = std::vector<std::uint32_t>;

struct NamedSoup {
  std::string name;
  Soup soup;
};

constexpr std::int64_t lowest = INT32_MIN;
constexpr std::int64_t highest = INT32_MAX;

std::vector<NamedSoup> small_soups() {
  std::vector<NamedSoup> soups{
      {"40 triangles in 1,000 units", triangles(1, 40, 0, 1000)},
      {"40 triangles in 30 units", triangles(2, 40, 0, 30)},
      {"40 triangles over all of int32", triangles(3, 30, lowest, highest)},
      {"needles", needles(4, 4, 1000000, 30, 0)},
      {"oblique needles", needles(5, 4, 1000000, 30, 333331)},
      {"a lattice", lattice(6, 40, 100, 6)},
      {"a lattice at both ends of int32", lattice(7, 30, 715827882, 3)},
      {"stars with spikes", stars(8, 12, 5000)},
      {"stars over most of int32", stars(9, 8, 700000000)},
  };
  Soup corners;
  for (std::uint32_t i = 0; i < 12; ++i) {
    Dice dice(i);
    const auto end = [&] {
      return static_cast<std::int32_t>(dice.between(0, 1) == 0 ? lowest + dice.between(0, 2)
                                                               : highest - dice.between(0, 2));
    };
    corners.push_back({i, {{{end(), end()}, {end(), end()}, {end(), end()}}}});
  }
  soups.push_back({"triangles between the corners of int32", corners});
  return soups;
}

void check_soup(const Soup& soup, const NodingOptions& options, std::uint64_t seed) {
  const auto made = Arrangement::make(soup, options);
  const double pixel = std::ldexp(1.0, static_cast<int>(options.pixel_bits));
  CHECK(conflicts(made) == 0);
  // Half a diagonal of a pixel; brought inside the last pixel first, up to half a pixel more.
  CHECK(largest_displacement(made, soup) <= (options.pixel_bits == 0 ? 0.7072 : 1.2072) * pixel);
  for (const auto& vertex : made.vertices()) {
    CHECK((std::int64_t{vertex.x} & ((std::int64_t{1} << options.pixel_bits) - 1)) == 0);
    CHECK((std::int64_t{vertex.y} & ((std::int64_t{1} << options.pixel_bits) - 1)) == 0);
  }
  // Euler's formula for planar graphs.
  CHECK(made.vertices().size() + made.face_count() == made.edges().size() + 1 + components(made));
  if (made.vertices().empty()) return;
  Dice dice(seed);
  const PointLocation location(made.vertices(), made.edges());
  std::size_t asked = 0;
  for (int i = 0; i < 200; ++i) {
    const PlanePoint near = made.vertices()[static_cast<std::size_t>(
        dice.between(0, static_cast<std::int64_t>(made.vertices().size()) - 1))];
    const auto reach = static_cast<std::int64_t>(pixel * (i % 2 == 0 ? 6 : 100));
    const auto moved = [&](std::int64_t value) {
      return static_cast<std::int32_t>(std::clamp(value + dice.between(-reach, reach), lowest, highest));
    };
    const PlanePoint point{moved(near.x), moved(near.y)};
    if (distance_to_linework(soup, point) <= 1.3 * pixel) continue;
    ++asked;
    const auto owners = made.owners_of(location.face_at(made.vertices(), made.edges(), point));
    CHECK(Owners(owners.begin(), owners.end()) == surrounding(soup, point));
  }
  if (made.edges().size() > 20 && options.pixel_bits == 0) CHECK(asked > 10);
}

}  // namespace

TEST_CASE("a square has one face beside the unbounded one", "[partition]") {
  const auto made = Arrangement::make(std::vector<PlaneRings>{{0, {square(0, 0, 10)}}});
  CHECK(made.face_count() == 2);
  CHECK(made.edges().size() == 4);
  CHECK(owners_at(made, {5, 5}) == Owners{0});
  CHECK(owners_at(made, {15, 5}).empty());
}

TEST_CASE("nothing in, nothing out", "[partition]") {
  const auto made = Arrangement::make(std::vector<PlaneRings>{});
  CHECK(made.face_count() == 1);
  CHECK(made.owners_of(unbounded_face).empty());
}

TEST_CASE("two overlapping squares make three faces, the middle one in both", "[partition]") {
  const auto made = Arrangement::make(std::vector<PlaneRings>{{0, {square(0, 0, 10)}}, {1, {square(5, 5, 10)}}});
  CHECK(made.face_count() == 4);
  CHECK(owners_at(made, {7, 7}) == Owners{0, 1});
  CHECK(owners_at(made, {2, 2}) == Owners{0});
  CHECK(owners_at(made, {12, 12}) == Owners{1});
}

TEST_CASE("equal rings are one piece of land with both owners", "[partition]") {
  const auto made = Arrangement::make(std::vector<PlaneRings>{{0, {square(0, 0, 10)}}, {1, {square(0, 0, 10)}}});
  CHECK(made.face_count() == 2);
  CHECK(made.edges().size() == 4);
  CHECK(owners_at(made, {5, 5}) == Owners{0, 1});
}

TEST_CASE("enclaves four deep know every perimeter around them", "[partition]") {
  std::vector<PlaneRings> nested;
  for (std::uint32_t i = 0; i < 5; ++i)
    nested.push_back({i,
                      {square(static_cast<std::int32_t>(10 * i), static_cast<std::int32_t>(10 * i),
                              static_cast<std::int32_t>(100 - 20 * i))}});
  const auto made = Arrangement::make(nested);
  CHECK(made.face_count() == 6);
  CHECK(owners_at(made, {50, 50}) == Owners{0, 1, 2, 3, 4});
  CHECK(owners_at(made, {35, 50}) == Owners{0, 1, 2, 3});
  CHECK(owners_at(made, {5, 50}) == Owners{0});
}

TEST_CASE("a hole is land of nobody, and an island in it belongs to its own", "[partition]") {
  const auto made = Arrangement::make(
      std::vector<PlaneRings>{{0, {square(0, 0, 100), square(20, 20, 60)}}, {1, {square(40, 40, 20)}}});
  CHECK(owners_at(made, {10, 50}) == Owners{0});
  CHECK(owners_at(made, {30, 50}).empty());
  CHECK(owners_at(made, {50, 50}) == Owners{1});
  CHECK(made.face_count() == 4);
}

TEST_CASE("a hundred islands in one face are all found in it", "[partition]") {
  std::vector<PlaneRings> islands{{0, {square(-5, -5, 1005)}}};
  for (std::uint32_t i = 0; i < 100; ++i)
    islands.push_back(
        {i + 1, {square(static_cast<std::int32_t>(i % 10 * 100), static_cast<std::int32_t>(i / 10 * 100), 50)}});
  const auto made = Arrangement::make(islands);
  CHECK(made.face_count() == 102);
  CHECK(owners_at(made, {525, 325}) == Owners{0, 36});
  CHECK(owners_at(made, {575, 325}) == Owners{0});
}

TEST_CASE("a point on an edge belongs to the face above, on a vertical edge to the one east", "[partition]") {
  const auto made = Arrangement::make(
      std::vector<PlaneRings>{{0, {square(0, 0, 10)}}, {1, {square(10, 0, 10)}}, {2, {square(0, 10, 10)}}});
  CHECK(owners_at(made, {5, 0}) == Owners{0});
  CHECK(owners_at(made, {10, 5}) == Owners{1});
  CHECK(owners_at(made, {5, 10}) == Owners{2});
  CHECK(owners_at(made, {20, 5}).empty());
  CHECK(owners_at(made, {0, 0}) == Owners{0});
}

TEST_CASE("soups give clean linework, near its input, whose faces know their owners", "[partition][soup]") {
  for (const auto& [name, soup] : small_soups())
    for (const unsigned bits : {0U, 4U, 10U, 20U}) {
      INFO(name << ", pixel_bits " << bits);
      check_soup(soup, {.pixel_bits = bits}, bits + 77);
    }
}

TEST_CASE("with cut lines no piece crosses a line, and all else holds", "[partition][soup]") {
  for (const auto& [name, soup] : small_soups())
    for (const unsigned bits : {4U, 10U, 20U}) {
      const CutLines lines{std::int64_t{1} << (bits + 9), std::int64_t{64} << (bits > 6 ? bits - 6 : bits)};
      // Over all of int32 a line every 2^13 units would cut each segment half a million times.
      const auto spacing =
          std::max<std::int64_t>(lines.spacing, std::int64_t{1} << (name.find("int32") != std::string::npos ? 28 : 0));
      const NodingOptions options{bits, CutLines{spacing, lines.margin}};
      INFO(name << ", pixel_bits " << bits);
      check_soup(soup, options, bits);
      const auto made = Arrangement::make(soup, options);
      const auto tile_of = [&](std::int64_t value, std::int64_t offset) {
        return (value - lowest - offset) / spacing + (value - lowest - offset < 0 ? -1 : 0);
      };
      const auto on_line = [&](std::int64_t value, std::int64_t offset) {
        return (value - lowest - offset) % spacing == 0;
      };
      std::size_t crossing = 0;
      for (const auto& edge : made.edges())
        for (const auto offset : {lines.margin, -lines.margin}) {
          const auto a = made.vertices()[edge.from];
          const auto b = made.vertices()[edge.to];
          const auto crosses = [&](std::int64_t low, std::int64_t high) {
            if (low > high) std::swap(low, high);
            // The open interval between the ends holds no line.
            return low != high && (tile_of(high, offset) - (on_line(high, offset) ? 1 : 0)) != tile_of(low, offset);
          };
          if (crosses(a.x, b.x) || crosses(a.y, b.y)) ++crossing;
        }
      CHECK(crossing == 0);
    }
}

TEST_CASE("500 triangles in a square of 100,000 units: Euler's formula and memberships hold", "[partition][soup]") {
  const auto soup = triangles(42, 500, 0, 100000);
  const auto made = Arrangement::make(soup);
  CHECK(made.vertices().size() + made.face_count() == made.edges().size() + 1 + components(made));
  Dice dice(43);
  const PointLocation location(made.vertices(), made.edges());
  for (int i = 0; i < 1000; ++i) {
    const PlanePoint point{dice.coordinate(-10, 100010), dice.coordinate(-10, 100010)};
    if (distance_to_linework(soup, point) <= 1) continue;
    const auto owners = made.owners_of(location.face_at(made.vertices(), made.edges(), point));
    REQUIRE(Owners(owners.begin(), owners.end()) == surrounding(soup, point));
  }
}

TEST_CASE("a vertex where ten thousand edges meet is no trap", "[partition]") {
  std::vector<PlaneRings> fan;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    const auto at = [](double k) {
      return PlanePoint{static_cast<std::int32_t>(1e9 * std::cos(k * 6.2831853 / 10000)),
                        static_cast<std::int32_t>(1e9 * std::sin(k * 6.2831853 / 10000))};
    };
    fan.push_back({i, {{{0, 0}, at(2.0 * i), at(2.0 * i + 1)}}});
  }
  CHECK(Arrangement::make(fan).face_count() == 5001);
}
