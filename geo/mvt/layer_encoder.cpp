#include "geo/mvt/layer_encoder.hpp"

#include <bit>
#include <limits>
#include <utility>
#include <variant>

#include "geo/mvt/wire.hpp"

namespace geoprio::mvt {
namespace {

using tiling::TilePoint;

// MVT 2.1 §4.3.1.
constexpr std::uint32_t move_to = 1;
constexpr std::uint32_t line_to = 2;
constexpr std::uint32_t close_path = 7;

constexpr std::uint32_t command(std::uint32_t id, std::uint32_t count) { return (id & 7U) | (count << 3U); }

/// The commands of one feature (§4.3), with the cursor that goes on from part to part.
class Geometry {
 public:
  void begin() {
    bytes_.clear();
    cursor_ = {0, 0};
  }
  [[nodiscard]] std::string_view bytes() const { return bytes_.bytes(); }

  void add_point(TilePoint point) {
    bytes_.reserve_numbers(3);
    bytes_.add_number(command(move_to, 1));
    step(point);
  }
  void add_line(std::span<const TilePoint> points) {
    bytes_.reserve_numbers(2 * points.size() + 2);
    bytes_.add_number(command(move_to, 1));
    step(points.front());
    bytes_.add_number(command(line_to, static_cast<std::uint32_t>(points.size() - 1)));
    for (const auto point : points.subspan(1)) step(point);
  }
  void add_ring(std::span<const TilePoint> points) {
    add_line(points);
    bytes_.reserve_numbers(1);
    bytes_.add_number(command(close_path, 1));  // §4.3.3.3: its count is 1, always
  }

 private:
  void step(TilePoint to) {
    bytes_.add_number(zigzag(to.x - cursor_.x));
    bytes_.add_number(zigzag(to.y - cursor_.y));
    cursor_ = to;
  }
  WireBuffer bytes_;
  TilePoint cursor_;
};

/// Numbers things in the order of their first use: open addressing, as a layer of thousands of features asks often.
class Numbering {
 public:
  explicit Numbering(std::size_t uses) : slots_(std::bit_ceil(2 * uses + 2), none) {}

  std::uint32_t number(std::uint32_t thing) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = (thing * 0x9e3779b97f4a7c15U >> 20U) & mask;
    while (slots_[slot] != none && used_[slots_[slot]] != thing) slot = (slot + 1) & mask;
    if (slots_[slot] == none) {
      slots_[slot] = static_cast<std::uint32_t>(used_.size());
      used_.push_back(thing);
    }
    return slots_[slot];
  }
  [[nodiscard]] std::span<const std::uint32_t> used() const { return used_; }

 private:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> slots_;
  std::vector<std::uint32_t> used_;
};

enum class GeometryType : std::uint32_t { point = 1, line = 2, polygon = 3 };  // §4.3.4

/// A Layer message, feature by feature.
class LayerWriter {
 public:
  LayerWriter(const LayerTable& table, std::size_t features)
      : table_(table), keys_(table.keys().size()), values_(features * table.keys().size()) {}

  Geometry& begin_geometry() {
    geometry_.begin();
    return geometry_;
  }

  void add_feature(std::uint32_t feature, GeometryType type) {
    tags_.clear();
    const auto tags = table_.tags(feature);
    tags_.reserve_numbers(2 * tags.size());
    for (const auto& tag : tags) {
      tags_.add_number(keys_.number(tag.key));
      tags_.add_number(values_.number(tag.value));
    }
    feature_.clear();
    feature_.add_integer(field::feature_id, table_.id(feature));
    if (!tags.empty()) feature_.add_bytes(field::feature_tags, tags_.bytes());
    feature_.add_integer(field::feature_type, static_cast<std::uint32_t>(type));
    feature_.add_bytes(field::feature_geometry, geometry_.bytes());
    layer_.add_bytes(field::layer_features, feature_.bytes());
  }

  std::string finish() && {
    for (const auto key : keys_.used()) layer_.add_bytes(field::layer_keys, table_.keys()[key]);
    for (const auto value : values_.used()) layer_.add_bytes(field::layer_values, table_.value(value));
    layer_.add_integer(field::layer_extent, static_cast<std::uint32_t>(tiling::tile_extent));
    layer_.add_integer(field::layer_version, 2);
    WireBuffer head;
    head.add_bytes(field::layer_name, table_.name());
    WireBuffer tile;
    tile.add_bytes(field::tile_layers, head.bytes(), layer_.bytes());
    return std::move(tile).text();
  }

 private:
  const LayerTable& table_;
  Numbering keys_;
  Numbering values_;
  Geometry geometry_;
  WireBuffer tags_;
  WireBuffer feature_;
  WireBuffer layer_;
};

std::string encoded_value(const AttributeValue& value) {
  WireBuffer message;
  if (const auto* truth = std::get_if<bool>(&value))
    message.add_integer(field::bool_value, *truth ? 1U : 0U);
  else if (const auto* number = std::get_if<double>(&value))
    message.add_double(field::double_value, *number);
  else if (const auto* text = std::get_if<std::string>(&value))
    message.add_bytes(field::string_value, *text);
  else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    // A negative int_value takes ten bytes; a sint_value as few as it can.
    if (*integer < 0)
      message.add_integer(field::sint_value, zigzag(*integer));
    else
      message.add_integer(field::int_value, static_cast<std::uint64_t>(*integer));
  }
  return std::move(message).text();
}

}  // namespace

LayerTable::Builder::Builder(std::string name, std::span<const Field> fields) {
  table_.name_ = std::move(name);
  for (const auto& field : fields) table_.keys_.push_back(field.name);
}

void LayerTable::Builder::add_feature(std::uint64_t id, std::span<const AttributeValue> values) {
  ids_.push_back(id);
  for (std::uint32_t key = 0; key < values.size(); ++key)
    if (!std::holds_alternative<std::monostate>(values[key])) tags_.push_back({key, value_number(values[key])});
  first_tags_.push_back(static_cast<std::uint32_t>(tags_.size()));
}

std::uint32_t LayerTable::Builder::value_number(const AttributeValue& value) {
  const auto [entry, added] = numbers_.try_emplace(encoded_value(value), static_cast<std::uint32_t>(numbers_.size()));
  if (added) {
    values_.insert(values_.end(), entry->first.begin(), entry->first.end());
    first_bytes_.push_back(static_cast<std::uint32_t>(values_.size()));
  }
  return entry->second;
}

LayerTable LayerTable::Builder::finished() && {
  table_.ids_ = FlatArray(std::move(ids_));
  table_.first_tags_ = FlatArray(std::move(first_tags_));
  table_.tags_ = FlatArray(std::move(tags_));
  table_.values_ = FlatArray(std::move(values_));
  table_.first_bytes_ = FlatArray(std::move(first_bytes_));
  return std::move(table_);
}

std::string encoded_layer(const LayerTable& table, const tiling::TilePolygons& polygons) {
  if (polygons.features.empty()) return {};
  LayerWriter writer(table, polygons.features.size());
  for (const auto& feature : polygons.features) {
    auto& geometry = writer.begin_geometry();
    for (auto ring = feature.first_ring; ring < feature.end_ring; ++ring) geometry.add_ring(polygons.ring(ring));
    writer.add_feature(feature.feature, GeometryType::polygon);
  }
  return std::move(writer).finish();
}

std::string encoded_layer(const LayerTable& table, std::span<const tiling::PlacedPoint> points) {
  if (points.empty()) return {};
  LayerWriter writer(table, points.size());
  for (const auto& [feature, place] : points) {
    writer.begin_geometry().add_point(place);
    writer.add_feature(feature, GeometryType::point);
  }
  return std::move(writer).finish();
}

std::string encoded_layer(const LayerTable& table, const tiling::TileLines& lines) {
  if (lines.features.empty()) return {};
  LayerWriter writer(table, lines.features.size());
  for (const auto& feature : lines.features) {
    auto& geometry = writer.begin_geometry();
    for (const auto& line : feature.lines) geometry.add_line(line);
    writer.add_feature(feature.feature, GeometryType::line);
  }
  return std::move(writer).finish();
}

}  // namespace geoprio::mvt
