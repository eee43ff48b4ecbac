#include "geo/mvt/layer_encoder.hpp"

#include <google/protobuf/arena.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <limits>
#include <map>

#include "vector_tile.pb.h"

namespace geoprio::mvt {
namespace {

using tiling::TilePoint;
using Layer = vector_tile::Tile_Layer;

// MVT 2.1 §4.3.1.
constexpr std::uint32_t move_to = 1;
constexpr std::uint32_t line_to = 2;
constexpr std::uint32_t close_path = 7;

constexpr std::uint32_t command(std::uint32_t id, std::uint32_t count) { return (id & 7U) | (count << 3U); }

/// §4.3.2: the zigzag of a difference.
constexpr std::uint32_t parameter(std::int32_t value) {
  return (static_cast<std::uint32_t>(value) << 1U) ^ static_cast<std::uint32_t>(value >> 31);
}

void add_step(std::vector<std::uint32_t>& commands, TilePoint& cursor, TilePoint to) {
  commands.push_back(parameter(to.x - cursor.x));
  commands.push_back(parameter(to.y - cursor.y));
  cursor = to;
}

void add_ring(std::vector<std::uint32_t>& commands, TilePoint& cursor, const Ring<TilePoint>& ring) {
  commands.push_back(command(move_to, 1));
  add_step(commands, cursor, ring.points.front());
  commands.push_back(command(line_to, static_cast<std::uint32_t>(ring.points.size() - 1)));
  for (std::size_t point = 1; point < ring.points.size(); ++point) add_step(commands, cursor, ring.points[point]);
  commands.push_back(command(close_path, 1));  // §4.3.3.3: its count is 1, always
}

/// Numbers keys and values in the order of their first use.
class Dictionary {
 public:
  explicit Dictionary(Layer& layer) : layer_(layer) {}

  std::uint32_t key(const std::string& name) {
    const auto [entry, added] = keys_.try_emplace(name, static_cast<std::uint32_t>(keys_.size()));
    if (added) layer_.add_keys(name);
    return entry->second;
  }
  std::uint32_t value(const AttributeValue& value) {
    const auto [entry, added] = values_.try_emplace(value, static_cast<std::uint32_t>(values_.size()));
    if (added) set(*layer_.add_values(), value);
    return entry->second;
  }

 private:
  static void set(vector_tile::Tile_Value& message, const AttributeValue& value) {
    if (const auto* truth = std::get_if<bool>(&value))
      message.set_bool_value(*truth);
    else if (const auto* number = std::get_if<double>(&value))
      message.set_double_value(*number);
    else if (const auto* text = std::get_if<std::string>(&value))
      message.set_string_value(*text);
    else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      // A negative int_value takes ten bytes; a sint_value as few as it can.
      if (*integer < 0)
        message.set_sint_value(*integer);
      else
        message.set_int_value(*integer);
    }
  }

  Layer& layer_;
  std::map<std::string, std::uint32_t> keys_;
  std::map<AttributeValue, std::uint32_t> values_;
};

void add_feature(Layer& layer, Dictionary& dictionary, std::span<const Field> fields, const FeatureContent& content) {
  auto& feature = *layer.add_features();
  feature.set_id(content.id);
  for (std::size_t field = 0; field < fields.size(); ++field) {
    if (std::holds_alternative<std::monostate>(content.values[field])) continue;
    feature.add_tags(dictionary.key(fields[field].name));
    feature.add_tags(dictionary.value(content.values[field]));
  }
  const auto* polygons = std::get_if<std::vector<tiling::TilePolygon>>(&content.geometry);
  feature.set_type(polygons != nullptr ? vector_tile::Tile_GeomType_POLYGON : vector_tile::Tile_GeomType_POINT);
  const auto commands =
      polygons != nullptr ? polygon_commands(*polygons) : point_commands(*std::get_if<TilePoint>(&content.geometry));
  feature.mutable_geometry()->Add(commands.begin(), commands.end());
}

}  // namespace

std::vector<std::uint32_t> polygon_commands(std::span<const tiling::TilePolygon> polygons) {
  std::vector<std::uint32_t> commands;
  TilePoint cursor{0, 0};
  for (const auto& polygon : polygons) {
    add_ring(commands, cursor, polygon.shell);
    for (const auto& hole : polygon.holes) add_ring(commands, cursor, hole);
  }
  return commands;
}

std::vector<std::uint32_t> point_commands(TilePoint point) {
  return {command(move_to, 1), parameter(point.x), parameter(point.y)};
}

std::string encoded_layer(const LayerContent& content) {
  if (content.features.empty()) return {};
  google::protobuf::Arena arena;
  auto& layer = *google::protobuf::Arena::CreateMessage<Layer>(&arena);
  layer.set_version(2);
  layer.set_name(content.name);
  layer.set_extent(static_cast<std::uint32_t>(tiling::tile_extent));
  Dictionary dictionary(layer);
  for (const auto& feature : content.features) add_feature(layer, dictionary, content.fields, feature);

  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    constexpr std::uint32_t layers_tag = (3U << 3U) | 2U;  // field 3 of Tile, length-delimited
    coded.WriteTag(layers_tag);
    coded.WriteVarint32(static_cast<std::uint32_t>(layer.ByteSizeLong()));
    layer.SerializeWithCachedSizes(&coded);
  }
  return bytes;
}

}  // namespace geoprio::mvt
