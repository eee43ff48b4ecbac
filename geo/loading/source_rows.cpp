#include "geo/loading/source_rows.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "geo/core/hash.hpp"
#include "geo/loading/source_files.hpp"

namespace geoprio::loading {
namespace {

/// Numbers as eight bytes, texts with their length before them: no two lists of values have the same bytes.
class SnapshotHash {
 public:
  void add(std::uint64_t number) {
    std::array<char, 8> bytes{};
    for (auto& byte : bytes) {
      byte = static_cast<char>(number & 0xFFU);
      number >>= 8U;
    }
    hash_.add({bytes.data(), bytes.size()});
  }
  void add(double number) { add(std::bit_cast<std::uint64_t>(number)); }
  void add(std::string_view text) {
    add(std::uint64_t{text.size()});
    hash_.add(text);
  }
  void add(const AttributeValue& value) {
    add(std::uint64_t{value.index()});
    std::visit([this](const auto& content) { add_content(content); }, value);
  }
  void add(const SourceCoordinate& point) {
    add(point.easting);
    add(point.northing);
  }
  void add(const Ring<SourceCoordinate>& ring) {
    add(std::uint64_t{ring.points.size()});
    for (const auto& point : ring.points) add(point);
  }
  void add(const SourceShape& shape) {
    add(std::uint64_t{shape.polygons.size()});
    for (const auto& polygon : shape.polygons) {
      add(polygon.shell);
      add(std::uint64_t{polygon.holes.size()});
      for (const auto& hole : polygon.holes) add(hole);
    }
  }
  [[nodiscard]] std::uint64_t value() const { return hash_.value(); }

 private:
  void add_content(std::monostate) {}
  void add_content(bool flag) { add(std::uint64_t{flag ? 1U : 0U}); }
  void add_content(std::int64_t number) { add(static_cast<std::uint64_t>(number)); }
  void add_content(double number) { add(number); }
  void add_content(const std::string& text) { add(std::string_view(text)); }

  Fnv1a hash_;
};

std::uint64_t hash_of(const ogr::SourceFeature& feature) {
  SnapshotHash hash;
  for (const auto& value : feature.values) hash.add(value);
  hash.add(std::string_view(feature.geometry_name));
  hash.add(feature.geometry.value_or(SourceShape{}));
  if (feature.point) hash.add(*feature.point);
  return hash.value();
}

struct HashedRow {
  ogr::SourceFeature feature;
  std::uint64_t hash = 0;
};

std::vector<HashedRow> sorted_rows(ogr::Source& source) {
  std::vector<HashedRow> rows;
  source.for_each([&rows](ogr::SourceFeature&& feature) {
    const auto hash = hash_of(feature);
    rows.push_back({std::move(feature), hash});
  });
  std::sort(rows.begin(), rows.end(), [](const HashedRow& one, const HashedRow& other) {
    if (one.feature.values != other.feature.values) return one.feature.values < other.feature.values;
    return one.hash < other.hash;
  });
  return rows;
}

}  // namespace

std::optional<std::uint64_t> read_rows(ogr::Source& source, const std::string& location,
                                       const std::function<void(ogr::SourceFeature&&)>& take) {
  if (!files_behind(location).empty()) {
    source.for_each(take);
    return std::nullopt;
  }
  auto rows = sorted_rows(source);
  SnapshotHash snapshot;
  snapshot.add(std::string_view(source.layer()));
  for (const auto& field : source.fields()) {
    snapshot.add(std::string_view(field.name));
    snapshot.add(static_cast<std::uint64_t>(field.type));
  }
  std::int64_t number = 0;
  for (auto& row : rows) {
    snapshot.add(row.hash);
    row.feature.row = ++number;
    take(std::move(row.feature));
  }
  return snapshot.value();
}

std::string printed_source(const std::string& data, const std::string& location, const ogr::Source& source) {
  return location == data ? source.location() : data;  // a file's location is absolute: longer than what was written
}

}  // namespace geoprio::loading
