// Tiles read back by the generated classes: an independent decoding of geometry, to hold against GEOS.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/core/shape.hpp"
#include "tests/support/catch.hpp"
#include "vector_tile.pb.h"

namespace geoprio::tests {

/// The layers of a tile.
inline vector_tile::Tile tile_of(const std::string& bytes) {
  vector_tile::Tile tile;
  REQUIRE(tile.ParseFromString(bytes));
  return tile;
}

inline std::int32_t unzigzag(std::uint32_t value) {
  return static_cast<std::int32_t>(value >> 1U) ^ -static_cast<std::int32_t>(value & 1U);
}

/// The polygons of a feature, in tile units, as MVT 2.1 §4.3.4.4 groups rings: a ring of positive area begins a
/// polygon, one of negative area is a hole of it.
inline DegreeShape polygons_of(const vector_tile::Tile_Feature& feature) {
  DegreeShape shape;
  std::int32_t x = 0;
  std::int32_t y = 0;
  Ring<DegreePoint> ring;
  for (int place = 0; place < feature.geometry_size();) {
    const auto command = feature.geometry(place++);
    const auto id = command & 7U;
    if (id == 7) {
      double area = 0;
      for (std::size_t a = 0, b = ring.points.size() - 1; a < ring.points.size(); b = a++)
        area += double(ring.points[b].x) * ring.points[a].y - double(ring.points[a].x) * ring.points[b].y;
      REQUIRE(area != 0);
      if (area > 0)
        shape.polygons.push_back({std::move(ring), {}});
      else {
        REQUIRE_FALSE(shape.polygons.empty());
        shape.polygons.back().holes.push_back(std::move(ring));
      }
      ring = {};
      continue;
    }
    for (std::uint32_t step = 0; step < command >> 3U; ++step) {
      x += unzigzag(feature.geometry(place++));
      y += unzigzag(feature.geometry(place++));
      ring.points.push_back({x, y});
    }
  }
  return shape;
}

}  // namespace geoprio::tests
