#include "geo/mvt/layer_encoder.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace geoprio::mvt {
namespace {

/// The bits of a tag's key.
constexpr std::uint32_t key_bits = ~std::uint32_t{0} >> 1U;

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
  return std::string(message.bytes());
}

}  // namespace

LayerTable::Builder::Builder(std::string name, std::span<const Field> fields) {
  table_.name_ = std::move(name);
  for (const auto& field : fields) table_.keys_.push_back(field.name);
}

void LayerTable::Builder::add_feature(std::uint64_t id, std::span<const AttributeValue> values) {
  ids_.push_back(id);
  for (std::uint32_t key = 0; key < values.size(); ++key)
    if (!std::holds_alternative<std::monostate>(values[key]))
      tags_.push_back({.key = key & key_bits, .value = value_number(values[key])});
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
  std::vector<std::uint8_t> uses(numbers_.size(), 0);
  for (const auto& tag : tags_) uses[tag.value] = static_cast<std::uint8_t>(std::min(uses[tag.value] + 1, 2));
  for (auto& tag : tags_) tag.is_its_own = uses[tag.value] == 1;
  table_.ids_ = FlatArray(std::move(ids_));
  table_.first_tags_ = FlatArray(std::move(first_tags_));
  table_.tags_ = FlatArray(std::move(tags_));
  table_.values_ = FlatArray(std::move(values_));
  table_.first_bytes_ = FlatArray(std::move(first_bytes_));
  return std::move(table_);
}

LayerWriter::LayerWriter(const LayerTable& table, std::size_t expected)
    : table_(table), expected_(expected), key_numbers_(table.keys().size(), no_number) {}

void LayerWriter::add(const tiling::FeaturePolygons& feature) {
  geometry_.clear();
  for (std::size_t ring = 0; ring < feature.rings.size(); ++ring) geometry_.add_ring(feature.ring(ring));
  add_feature(feature.feature, GeometryType::polygon);
}

void LayerWriter::add(const tiling::PlacedPoint& point) {
  geometry_.clear();
  geometry_.add_point(point.place);
  add_feature(point.feature, GeometryType::point);
}

void LayerWriter::add(const tiling::TileLines::Feature& feature) {
  geometry_.clear();
  for (const auto& line : feature.lines) geometry_.add_line(line);
  add_feature(feature.feature, GeometryType::line);
}

void LayerWriter::add_feature(std::uint32_t feature, GeometryType type) {
  tags_.clear();
  const auto tags = table_.tags(feature);
  tags_.reserve_numbers(2 * tags.size());
  for (const auto& tag : tags) {
    tags_.add_number(key_number(tag.key));
    tags_.add_number(tag.is_its_own ? values_.number_of_new(tag.value) : values_.number(tag.value));
  }
  feature_.clear();
  feature_.add_integer(field::feature_id, table_.id(feature));
  if (!tags.empty()) feature_.add_bytes(field::feature_tags, tags_.bytes());
  feature_.add_integer(field::feature_type, static_cast<std::uint32_t>(type));
  feature_.add_head(field::feature_geometry, geometry_.bytes().size());
  add_to_layer(field::layer_features, feature_.bytes(), geometry_.bytes());
}

std::uint32_t LayerWriter::key_number(std::uint32_t key) {
  if (key_numbers_[key] == no_number) {
    key_numbers_[key] = static_cast<std::uint32_t>(keys_.size());
    keys_.push_back(key);
  }
  return key_numbers_[key];
}

void LayerWriter::add_to_layer(std::uint32_t field, std::string_view first, std::string_view second) {
  if (layer_.empty()) {
    head_.clear();
    head_.add_head(field::tile_layers, expected_);
    room_for_head_ = head_.bytes().size();
    layer_.reserve(expected_);
    layer_ = head_.bytes();
    add_to_layer(field::layer_name, table_.name());
  }
  head_.clear();
  head_.add_head(field, first.size() + second.size());
  layer_ += head_.bytes();
  layer_ += first;
  layer_ += second;
}

std::string LayerWriter::finished() && {
  if (layer_.empty()) return {};
  for (const auto key : keys_) add_to_layer(field::layer_keys, table_.keys()[key]);
  for (const auto value : values_.used()) add_to_layer(field::layer_values, table_.value(value));
  head_.clear();
  head_.add_integer(field::layer_extent, static_cast<std::uint32_t>(tiling::tile_extent));
  head_.add_integer(field::layer_version, 2);
  layer_ += head_.bytes();
  head_.clear();
  head_.add_head(field::tile_layers, layer_.size() - room_for_head_);
  layer_.replace(0, room_for_head_, head_.bytes());
  return std::move(layer_);
}

}  // namespace geoprio::mvt
