// Mapbox Vector Tile 2.1: one layer of one tile as bytes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "geo/core/attribute.hpp"
#include "geo/tiling/tile_shape.hpp"

namespace geoprio::mvt {

using TileGeometry = std::variant<tiling::TilePoint, std::vector<tiling::TilePolygon>>;

struct FeatureContent {
  std::uint64_t id = 0;
  std::span<const AttributeValue> values;  ///< one per field of the layer; a loan
  TileGeometry geometry;
};

struct LayerContent {
  std::string name;
  std::span<const Field> fields;  ///< a loan
  std::vector<FeatureContent> features;
};

/// A piece of a Tile message (§4.1): the field number and length of `layers`, then the Layer, of version 2 and extent
/// 4096. Pieces of several layers one after another are a tile. Empty when there is no feature: a layer must have one.
/// Unknown values are left out; keys and values are numbered in the order of their first use, so equal contents give
/// equal bytes.
std::string encoded_layer(const LayerContent& content);

/// The command integers of polygons (§4.3): per ring a MoveTo, a LineTo, a ClosePath, the cursor going on from ring to
/// ring.
std::vector<std::uint32_t> polygon_commands(std::span<const tiling::TilePolygon> polygons);
/// The command integers of a single point.
std::vector<std::uint32_t> point_commands(tiling::TilePoint point);

}  // namespace geoprio::mvt
