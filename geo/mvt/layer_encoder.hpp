// Mapbox Vector Tile 2.1: one layer of one tile as bytes, written on the wire as they are made.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "geo/core/attribute.hpp"
#include "geo/core/flat_array.hpp"
#include "geo/mvt/geometry_commands.hpp"
#include "geo/mvt/numbering.hpp"
#include "geo/mvt/wire.hpp"
#include "geo/tiling/tile_rings.hpp"
#include "geo/tiling/tile_shape.hpp"

namespace geoprio::mvt {

/// What all tiles of a layer have in common: its name, and its features' ids and attributes, each value encoded once.
/// Thread safety: immutable.
class LayerTable {
 public:
  class Builder;
  LayerTable() = default;

  struct Tag {
    std::uint32_t key : 31 = 0;
    std::uint32_t is_its_own : 1 = 0;  ///< no other tag of the layer has that value
    std::uint32_t value = 0;
  };
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::uint64_t id(std::uint32_t feature) const { return ids_[feature]; }
  [[nodiscard]] std::span<const std::string> keys() const { return keys_; }
  /// The known attributes of a feature, in the order of the fields.
  [[nodiscard]] std::span<const Tag> tags(std::uint32_t feature) const {
    return tags_.between(first_tags_[feature], first_tags_[feature + 1]);
  }
  /// A Value message (§4.4).
  [[nodiscard]] std::string_view value(std::uint32_t number) const {
    const auto bytes = values_.between(first_bytes_[number], first_bytes_[number + 1]);
    return {bytes.data(), bytes.size()};
  }

  static auto members(auto& self) {
    return std::tie(self.name_, self.keys_, self.ids_, self.first_tags_, self.tags_, self.values_, self.first_bytes_);
  }

 private:
  std::string name_;
  std::vector<std::string> keys_;
  FlatArray<std::uint64_t> ids_;
  FlatArray<std::uint32_t> first_tags_;
  FlatArray<Tag> tags_;
  FlatArray<char> values_;
  FlatArray<std::uint32_t> first_bytes_;
};

class LayerTable::Builder {
 public:
  Builder(std::string name, std::span<const Field> fields);
  /// `values`: one per field. Features are numbered from 0 in the order in which they are added.
  void add_feature(std::uint64_t id, std::span<const AttributeValue> values);
  [[nodiscard]] LayerTable finished() &&;

 private:
  std::uint32_t value_number(const AttributeValue& value);

  LayerTable table_;
  std::vector<std::uint64_t> ids_;
  std::vector<std::uint32_t> first_tags_{0};
  std::vector<Tag> tags_;
  std::vector<char> values_;
  std::vector<std::uint32_t> first_bytes_{0};
  std::unordered_map<std::string, std::uint32_t> numbers_;  ///< by encoded value
};

/// A piece of a Tile message (§4.1), feature by feature: the field number and length of `layers`, then the Layer, of
/// version 2 and extent 4096. Pieces of several layers one after another are a tile. Unknown values are left out; keys
/// and values are numbered in the order of their first use, so equal contents give equal bytes.
class LayerWriter {
 public:
  /// The table is lent. `expected`: about how many bytes it will be. What is longer is written all the same, and copied
  /// where it outgrows its room.
  explicit LayerWriter(const LayerTable& table, std::size_t expected = 0);

  void add(const tiling::FeaturePolygons& feature);
  void add(const tiling::PlacedPoint& point);
  void add(const tiling::TileLines::Feature& feature);
  /// Empty when there is no feature: a layer must have one.
  [[nodiscard]] std::string finished() &&;

 private:
  enum class GeometryType : std::uint32_t { point = 1, line = 2, polygon = 3 };  // §4.3.4

  void add_feature(std::uint32_t feature, GeometryType type);
  std::uint32_t key_number(std::uint32_t key);
  /// A field of two stretches of bytes, one after the other.
  void add_to_layer(std::uint32_t field, std::string_view first, std::string_view second = {});

  static constexpr std::uint32_t no_number = ~std::uint32_t{0};

  const LayerTable& table_;
  std::size_t expected_;
  std::size_t room_for_head_ = 0;           ///< left before the layer, as its length is known last
  std::vector<std::uint32_t> keys_;         ///< that are used, in the order of their first use
  std::vector<std::uint32_t> key_numbers_;  ///< in `keys_`
  Numbering values_;
  GeometryCommands geometry_;
  WireBuffer tags_;
  WireBuffer feature_;
  WireBuffer head_;
  std::string layer_;
};

}  // namespace geoprio::mvt
