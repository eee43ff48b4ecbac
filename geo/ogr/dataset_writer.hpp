// Files that GDAL writes: layers of features with typed values, one after another.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/core/any_geometry.hpp"
#include "geo/core/attribute.hpp"
#include "geo/core/coordinate.hpp"
#include "geo/core/error.hpp"

namespace geoprio::ogr {

/// GDAL could not write; its own words.
class WriteError : public Error {
 public:
  using Error::Error;
};

/// Polygons and lines are always written as multi-geometries: a file's layer has one type.
enum class WrittenGeometry { none, points, lines, polygons };

struct WrittenLayer {
  std::string name;
  std::vector<Field> fields;
  WrittenGeometry geometry = WrittenGeometry::none;
  std::string crs{};                   ///< `AUTHORITY:CODE`; empty without a geometry
  std::vector<std::string> options{};  ///< of the format, as `NAME=value`
  std::string title{};                 ///< in the file where its format has a place for it
  std::string description{};           ///< the same
  std::string moment{};                ///< a field of text (ISO 8601) that the file holds as a date with its time
};

/// Thread safety: confined to one thread.
class DatasetWriter {
 public:
  /// `driver`: GDAL's short name. What lies at `path` already is replaced.
  /// @throws WriteError; so do all others.
  DatasetWriter(const std::string& driver, const std::string& path);
  DatasetWriter(const DatasetWriter&) = delete;
  DatasetWriter& operator=(const DatasetWriter&) = delete;
  ~DatasetWriter();

  /// Features are added to the layer that was begun last.
  void begin_layer(const WrittenLayer& layer);
  /// One value a field; positions with their easting or longitude first. Nothing: a feature without a geometry.
  void add(std::span<const AttributeValue> values, const std::optional<AnyGeometry<SourceCoordinate>>& geometry);
  /// Writes what is still to be written. Without it the file is not whole.
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Adds a file of text to a zip archive that lies on this machine.
/// @throws WriteError
void add_text_to_zip(const std::string& archive, const std::string& name, const std::string& text);

}  // namespace geoprio::ogr
