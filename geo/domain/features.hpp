// The features of a layer, side by side in a few flat arrays: a nation's take little memory, and may lie in a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

#include "geo/core/attribute.hpp"
#include "geo/core/box.hpp"
#include "geo/core/flat_array.hpp"
#include "geo/core/shape.hpp"

namespace geoprio::domain {

/// A polygon layer's features have shapes, a label layer's points, a border layer's lines; monostate: the area
/// collapsed.
using FeatureGeometry = std::variant<std::monostate, DegreeShape, DegreePoint, DegreeLines>;

struct Feature {
  std::string id;                      ///< the GeoJSON id: a code, a tier, `{tier}.{commune}`…
  std::vector<AttributeValue> values;  ///< one per field of the layer, in the fields' order; `id` is among them
  FeatureGeometry geometry;
  std::optional<DegreeBox> bounds;  ///< nothing when the geometry is empty
};

/// Thread safety: immutable. Copies share the arrays.
class Features {
 public:
  Features() = default;
  Features(const std::vector<Feature>& features);  // NOLINT(google-explicit-constructor): the same, stored otherwise
  Features(std::initializer_list<Feature> features) : Features(std::vector<Feature>(features)) {}

  class Builder;

  [[nodiscard]] std::size_t size() const { return rows_.empty() ? 0 : rows_.size() - 1; }
  [[nodiscard]] bool empty() const { return size() == 0; }

  /// The whole feature, made anew: what only one part of it is needed for has a function of its own.
  [[nodiscard]] Feature operator[](std::size_t place) const;
  [[nodiscard]] std::string_view id(std::size_t place) const;
  [[nodiscard]] std::optional<DegreeBox> bounds(std::size_t place) const;
  [[nodiscard]] FeatureGeometry geometry(std::size_t place) const;
  /// Unknown when the feature has fewer values.
  [[nodiscard]] AttributeValue value(std::size_t place, std::size_t field) const;
  /// The place of the feature with that id.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view id) const;

  class Iterator;
  [[nodiscard]] Iterator begin() const;
  [[nodiscard]] Iterator end() const;

  static auto members(auto& self) {
    return std::tie(self.rows_, self.by_id_, self.values_, self.text_, self.polygons_, self.rings_, self.points_);
  }

 private:
  enum class GeometryKind : std::uint16_t { none, shape, point, lines };
  enum class ValueKind : std::uint32_t { unknown, truth, integer, real, text };
  struct TextPlace {
    std::uint32_t first = 0;  ///< in `text_`
    std::uint32_t size = 0;
  };
  struct Row {
    TextPlace id;
    std::uint32_t first_value = 0;    ///< its values end where the next row's begin
    std::uint32_t first_polygon = 0;  ///< likewise; lines and points are a polygon without meaning
    GeometryKind kind = GeometryKind::none;
    std::uint16_t bounded = 0;  ///< 1: `bounds` is meant
    DegreeBox bounds{};
  };
  struct Value {
    std::uint64_t bits = 0;  ///< of the number; where a text begins
    std::uint32_t size = 0;  ///< of a text
    ValueKind kind = ValueKind::unknown;
  };

  [[nodiscard]] std::string_view text(TextPlace place) const {
    return std::string_view(text_.all().data(), text_.size()).substr(place.first, place.size);
  }
  [[nodiscard]] AttributeValue attribute(const Value& value) const;
  [[nodiscard]] std::span<const DegreePoint> ring(std::size_t number) const {
    return points_.between(rings_[number], rings_[number + 1]);
  }

  FlatArray<Row> rows_;  ///< one more at the end, as in `polygons_` and `rings_`
  FlatArray<std::uint32_t> by_id_;
  FlatArray<Value> values_;
  FlatArray<char> text_;
  FlatArray<std::uint32_t> polygons_;  ///< the first ring of each
  FlatArray<std::uint32_t> rings_;     ///< the first point of each
  FlatArray<DegreePoint> points_;
};

/// Takes features one after another: at no time is there a second copy of all.
class Features::Builder {
 public:
  Builder();
  void add(const Feature& feature);
  [[nodiscard]] Features finished() &&;

 private:
  TextPlace kept(std::string_view words);
  Value stored(const AttributeValue& value);
  void add_ring(std::span<const DegreePoint> points);
  void add_geometry(const FeatureGeometry& geometry);
  void end_row(Row& row) const;

  std::vector<Row> rows_;
  std::vector<Value> values_;
  std::vector<char> text_;
  std::vector<std::uint32_t> polygons_, rings_;
  std::vector<DegreePoint> points_;
  std::unordered_map<std::string, TextPlace> known_texts_;  ///< a stage or a tier is said of thousands of features
};

/// Makes each feature as it is read.
class Features::Iterator {
 public:
  using difference_type = std::ptrdiff_t;
  using value_type = Feature;
  Iterator() = default;
  Iterator(const Features& features, std::size_t place) : features_(&features), place_(place) {}
  Feature operator*() const { return (*features_)[place_]; }
  Iterator& operator++() {
    ++place_;
    return *this;
  }
  Iterator operator++(int) {
    const auto before = *this;
    ++place_;
    return before;
  }
  bool operator==(const Iterator&) const = default;

 private:
  const Features* features_ = nullptr;
  std::size_t place_ = 0;
};

inline Features::Iterator Features::begin() const { return {*this, 0}; }
inline Features::Iterator Features::end() const { return {*this, size()}; }

}  // namespace geoprio::domain
