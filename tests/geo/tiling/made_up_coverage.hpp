// A made-up territory around 0° 0°: jittered cells with rough borders, enclaves, islands, slivers. The same everywhere.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "geo/partition/grouping.hpp"
#include "geo/partition/partition.hpp"
#include "tests/geo/partition/soups.hpp"

namespace geoprio::tests {

/// One group per perimeter, the last that holds the land having it: an enclave its cell's, a sliver its neighbours'.
inline partition::Grouping by_last_perimeter(const partition::Partition& made) {
  partition::Grouping grouping{std::vector<std::uint32_t>(made.face_count(), partition::Grouping::no_group),
                               static_cast<std::uint32_t>(made.perimeter_count())};
  for (partition::FaceId face = 1; face < made.face_count(); ++face)
    if (const auto perimeters = made.perimeters_of(face); !perimeters.empty())
      grouping.group_of_face[face] = perimeters.back();
  return grouping;
}

/// `side` × `side` cells in a square of 2 degrees around the point where tiles meet at every zoom. The borders along
/// longitude 0 and latitude 0 are straight: they lie on tiles' sides.
class MadeUpCoverage {
 public:
  explicit MadeUpCoverage(std::uint64_t seed, std::uint32_t side = 6) : dice_(seed), side_(side) {
    const auto line = ring({{-half, -half}, {half, -half}, {half, half}, {-half, half}});
    inputs_.push_back({territory_set, {line}});
    for (std::uint32_t row = 0; row < side_; ++row)
      for (std::uint32_t column = 0; column < side_; ++column) add_cell(column, row);
    add_enclaves();
    add_islands();
    add_slivers();
  }

  [[nodiscard]] const std::vector<partition::PartitionInput>& inputs() const { return inputs_; }

  static constexpr std::uint32_t territory_set = 0;
  static constexpr std::uint32_t cell_set = 1;
  static constexpr std::uint32_t other_set = 2;
  static constexpr std::int32_t half = 10'000'000;  // 1 degree

 private:
  using Points = std::vector<DegreePoint>;

  static Ring<DegreePoint> ring(Points points) { return {std::move(points)}; }

  DegreePoint corner(std::uint32_t column, std::uint32_t row) {
    const auto [found, added] = corners_.try_emplace({column, row});
    if (!added) return found->second;
    const std::int64_t step = 2 * half / side_;
    const auto place = [&](std::uint32_t number) -> std::int32_t {
      if (number == 0) return -half;
      if (number == side_) return half;
      if (2 * number == side_) return 0;
      return static_cast<std::int32_t>(-half + step * number + dice_.between(-step / 4, step / 4));
    };
    return found->second = {place(column), place(row)};
  }

  /// From one corner to another, roughened by displacing middles; straight along the territory's sides and axes.
  const Points& border(std::pair<std::uint32_t, std::uint32_t> from, std::pair<std::uint32_t, std::uint32_t> to) {
    const auto [found, added] = borders_.try_emplace({from, to});
    if (!added) return found->second;
    const auto a = corner(from.first, from.second);
    const auto b = corner(to.first, to.second);
    Points points{a};
    roughen(points, a, b, a.x == b.x || a.y == b.y ? 0 : 6);
    return found->second = points;
  }

  void roughen(Points& points, DegreePoint a, DegreePoint b, int times) {
    if (times == 0) {
      points.push_back(b);
      return;
    }
    const std::int64_t dx = (std::int64_t{b.x} - a.x) / 5;
    const std::int64_t dy = (std::int64_t{b.y} - a.y) / 5;
    const auto sideways = dice_.between(-100, 100);
    const DegreePoint middle{static_cast<std::int32_t>((std::int64_t{a.x} + b.x) / 2 - dy * sideways / 100),
                             static_cast<std::int32_t>((std::int64_t{a.y} + b.y) / 2 + dx * sideways / 100)};
    roughen(points, a, middle, times - 1);
    roughen(points, middle, b, times - 1);
  }

  void add_cell(std::uint32_t column, std::uint32_t row) {
    Points points;
    const auto along = [&](const Points& border) { points.insert(points.end(), border.begin(), border.end() - 1); };
    const auto against = [&](const Points& border) { points.insert(points.end(), border.rbegin(), border.rend() - 1); };
    along(border({column, row}, {column + 1, row}));
    along(border({column + 1, row}, {column + 1, row + 1}));
    against(border({column, row + 1}, {column + 1, row + 1}));
    against(border({column, row}, {column, row + 1}));
    inputs_.push_back({cell_set, {ring(points)}});
  }

  static Points square(std::int64_t x, std::int64_t y, std::int64_t radius) {
    const auto at = [&](int dx, int dy) {
      return DegreePoint{static_cast<std::int32_t>(x + dx * radius), static_cast<std::int32_t>(y + dy * radius)};
    };
    return {at(-1, 0), at(0, -1), at(1, 0), at(0, 1)};
  }

  /// Four deep, from 20 km to 200 m; and many of a few metres, which collapse at most zooms.
  void add_enclaves() {
    for (std::int64_t radius = 2'000'000; radius >= 2'000; radius /= 10)
      inputs_.push_back({other_set, {ring(square(4'000'000, 3'000'000, radius))}});
    for (int number = 0; number < 30; ++number) {
      const auto x = dice_.between(-half, half);
      const auto y = dice_.between(-half, half);
      inputs_.push_back({other_set, {ring(square(x, y, dice_.between(20, 20'000)))}});
    }
  }

  void add_islands() {
    for (int number = 0; number < 20; ++number) {
      const auto x = half + dice_.between(500'000, 5'000'000);
      const auto y = dice_.between(-half, half);
      inputs_.push_back({other_set, {ring(square(x, y, dice_.between(20, 200'000)))}});
    }
  }

  /// Two digitisations of one line from west to east, a few units to a few thousand apart, crossing each other.
  void add_slivers() {
    for (const std::int64_t width : {3, 300, 30'000}) {
      Points points;
      const auto y = dice_.between(-half / 2, half / 2);
      for (std::int64_t x = -half / 2; x <= half / 2; x += 50'000)
        points.push_back({static_cast<std::int32_t>(x), static_cast<std::int32_t>(y + dice_.between(0, width))});
      for (std::int64_t x = half / 2 - 17'000; x >= -half / 2; x -= 70'000)
        points.push_back({static_cast<std::int32_t>(x), static_cast<std::int32_t>(y + dice_.between(0, width))});
      inputs_.push_back({other_set, {ring(points)}});
    }
  }

  Dice dice_;
  std::uint32_t side_;
  std::vector<partition::PartitionInput> inputs_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, DegreePoint> corners_;
  std::map<std::pair<std::pair<std::uint32_t, std::uint32_t>, std::pair<std::uint32_t, std::uint32_t>>, Points>
      borders_;
};

}  // namespace geoprio::tests
