#include "geo/domain/features.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

namespace geoprio::domain {

Features::Features(const std::vector<Feature>& features) {
  Builder builder;
  for (const auto& feature : features) builder.add(feature);
  *this = std::move(builder).finished();
}

std::string_view Features::id(std::size_t place) const { return text(rows_[place].id); }

std::optional<DegreeBox> Features::bounds(std::size_t place) const {
  return rows_[place].bounded == 1 ? std::optional(rows_[place].bounds) : std::nullopt;
}

AttributeValue Features::attribute(const Value& value) const {
  switch (value.kind) {
    case ValueKind::unknown:
      return {};
    case ValueKind::truth:
      return value.bits != 0;
    case ValueKind::integer:
      return std::bit_cast<std::int64_t>(value.bits);
    case ValueKind::real:
      return std::bit_cast<double>(value.bits);
    case ValueKind::text:
      return std::string(text({static_cast<std::uint32_t>(value.bits), value.size}));
  }
  return {};
}

AttributeValue Features::value(std::size_t place, std::size_t field) const {
  const auto number = rows_[place].first_value + field;
  return number < rows_[place + 1].first_value ? attribute(values_[number]) : AttributeValue();
}

FeatureGeometry Features::geometry(std::size_t place) const {
  const auto& row = rows_[place];
  const auto points_of = [this](std::size_t number) {
    const auto points = ring(number);
    return std::vector<DegreePoint>(points.begin(), points.end());
  };
  switch (row.kind) {
    case GeometryKind::none:
      return {};
    case GeometryKind::point:
      return ring(polygons_[row.first_polygon]).front();
    case GeometryKind::lines: {
      DegreeLines lines;
      for (auto number = polygons_[row.first_polygon]; number < polygons_[row.first_polygon + 1]; ++number)
        lines.lines.push_back(points_of(number));
      return lines;
    }
    case GeometryKind::shape:
      break;
  }
  DegreeShape shape;
  for (auto polygon = row.first_polygon; polygon < rows_[place + 1].first_polygon; ++polygon) {
    auto& made = shape.polygons.emplace_back();
    made.shell.points = points_of(polygons_[polygon]);
    for (auto number = polygons_[polygon] + 1; number < polygons_[polygon + 1]; ++number)
      made.holes.push_back({points_of(number)});
  }
  return shape;
}

Feature Features::operator[](std::size_t place) const {
  Feature feature{std::string(id(place)), {}, geometry(place), bounds(place)};
  const auto values = values_.between(rows_[place].first_value, rows_[place + 1].first_value);
  feature.values.reserve(values.size());
  for (const auto& value : values) feature.values.push_back(attribute(value));
  return feature;
}

std::optional<std::size_t> Features::find(std::string_view id) const {
  const auto found =
      std::ranges::lower_bound(by_id_.all(), id, {}, [this](std::uint32_t place) { return this->id(place); });
  if (found == by_id_.end() || this->id(*found) != id) return std::nullopt;
  return *found;
}

Features::Builder::Builder() : polygons_{0}, rings_{0} {}

Features::TextPlace Features::Builder::kept(std::string_view words) {
  const auto [entry, added] = known_texts_.try_emplace(
      std::string(words),
      TextPlace{static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(words.size())});
  if (added) text_.insert(text_.end(), words.begin(), words.end());
  return entry->second;
}

Features::Value Features::Builder::stored(const AttributeValue& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return {*truth ? 1U : 0U, 0, ValueKind::truth};
  if (const auto* integer = std::get_if<std::int64_t>(&value))
    return {std::bit_cast<std::uint64_t>(*integer), 0, ValueKind::integer};
  if (const auto* real = std::get_if<double>(&value)) return {std::bit_cast<std::uint64_t>(*real), 0, ValueKind::real};
  if (const auto* words = std::get_if<std::string>(&value)) {
    const auto place = kept(*words);
    return {place.first, place.size, ValueKind::text};
  }
  return {};
}

void Features::Builder::add_ring(std::span<const DegreePoint> points) {
  points_.insert(points_.end(), points.begin(), points.end());
  rings_.push_back(static_cast<std::uint32_t>(points_.size()));
}

void Features::Builder::add_geometry(const FeatureGeometry& geometry) {
  const auto end_polygon = [this] { polygons_.push_back(static_cast<std::uint32_t>(rings_.size() - 1)); };
  if (const auto* shape = std::get_if<DegreeShape>(&geometry)) {
    for (const auto& polygon : shape->polygons) {
      add_ring(polygon.shell.points);
      for (const auto& hole : polygon.holes) add_ring(hole.points);
      end_polygon();
    }
  } else if (const auto* lines = std::get_if<DegreeLines>(&geometry)) {
    for (const auto& line : lines->lines) add_ring(line);
    end_polygon();
  } else if (const auto* point = std::get_if<DegreePoint>(&geometry)) {
    add_ring(std::span(point, 1));
    end_polygon();
  }
}

void Features::Builder::end_row(Row& row) const {
  row.first_value = static_cast<std::uint32_t>(values_.size());
  row.first_polygon = static_cast<std::uint32_t>(polygons_.size() - 1);
}

void Features::Builder::add(const Feature& feature) {
  Row row;
  row.id = kept(feature.id);
  row.kind = static_cast<GeometryKind>(feature.geometry.index());
  end_row(row);
  if (feature.bounds) {
    row.bounded = 1;
    row.bounds = *feature.bounds;
  }
  for (const auto& value : feature.values) values_.push_back(stored(value));
  add_geometry(feature.geometry);
  rows_.push_back(row);
}

Features Features::Builder::finished() && {
  end_row(rows_.emplace_back());
  Features features;
  features.text_ = FlatArray(std::move(text_));
  features.values_ = FlatArray(std::move(values_));
  features.polygons_ = FlatArray(std::move(polygons_));
  features.rings_ = FlatArray(std::move(rings_));
  features.points_ = FlatArray(std::move(points_));
  features.rows_ = FlatArray(std::move(rows_));
  std::vector<std::uint32_t> by_id(features.size());
  std::iota(by_id.begin(), by_id.end(), 0U);
  std::ranges::stable_sort(by_id, {}, [&](std::uint32_t place) { return features.id(place); });
  features.by_id_ = FlatArray(std::move(by_id));
  return features;
}

}  // namespace geoprio::domain
