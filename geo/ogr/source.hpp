// A table of features in any file or database that OGR reads, as typed values: the only door for source data.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/attribute.hpp"
#include "geo/core/bilingual.hpp"
#include "geo/core/coordinate.hpp"
#include "geo/core/error.hpp"
#include "geo/core/shape.hpp"

namespace geoprio::ogr {

/// What to open. `location`: a file, `/vsizip/…`, `PG:…`; a `.zip` is searched for the one dataset in it.
struct SourceOptions {
  std::string location;
  std::string layer;     ///< required when the dataset holds several; matched without regard to case
  std::string encoding;  ///< of the texts, e.g. `CP1252`; empty: as the file says
};

/// The coordinate reference system that a source declares. Coordinates are easting or longitude first all the same.
struct SourceCrs {
  std::string definition;  ///< `AUTHORITY:CODE` when it has one, else WKT 2; PROJ reads both
  std::string name;        ///< for people: "RGF93 v1 / Lambert-93"
  bool geographic = false;
  bool declared_by_standard = false;  ///< GeoJSON without a `crs` member, KML: the format's standard says CRS84
};

/// One row. A geometry without polygons leaves `geometry` empty and `geometry_name` tells what it was.
struct SourceFeature {
  std::int64_t row = 0;                   ///< from 1, in the order of the source
  std::vector<AttributeValue> values;     ///< one per field of the source
  std::optional<SourceShape> geometry;    ///< polygons, also out of collections; curves in chords, heights dropped
  std::optional<SourceCoordinate> point;  ///< when the geometry is a single point
  std::string geometry_name;              ///< "POINT", "MULTIPOLYGON", "GEOMETRYCOLLECTION EMPTY"; "" when null
};

enum class SourceProblem {
  missing,
  unreadable,
  no_connection,  ///< of a database: no server, or one that refuses
  no_layer,
  several_layers,
  unknown_layer,
  unknown_encoding,
  broken_off
};

/// A source that cannot be read. The message names the location without its password, what GDAL said, and what
/// to write; the parts are here for whoever words it otherwise.
class SourceError : public Error {
 public:
  SourceError(SourceProblem problem, const std::string& location, const std::string& said,
              std::vector<std::string> layers = {});
  [[nodiscard]] SourceProblem problem() const noexcept { return problem_; }
  [[nodiscard]] const std::string& location() const noexcept { return location_; }
  [[nodiscard]] const std::string& said() const noexcept { return said_; }  ///< GDAL's words, or the wrong name
  [[nodiscard]] const std::vector<std::string>& layers() const noexcept { return layers_; }

 private:
  SourceProblem problem_;
  std::string location_;
  std::string said_;
  std::vector<std::string> layers_;
};

/// An open layer. Texts are UTF-8; a text that is not, in a source that does not say its encoding, is read as CP1252
/// (what French offices write) and `warnings` says so. Tables without geometry are sources too.
/// Thread safety: confined to one thread; one source per worker.
class Source {
 public:
  /// @throws SourceError when the location cannot be read, or holds several layers and none is chosen.
  static Source open(const SourceOptions& options);
  Source(Source&&) noexcept;
  Source& operator=(Source&&) noexcept;
  ~Source();

  [[nodiscard]] const std::vector<Field>& fields() const noexcept;
  /// Nothing when the source declares none, or declares it undefined (a local CRS, GeoPackage's srs_id 0 and -1).
  [[nodiscard]] const std::optional<SourceCrs>& crs() const noexcept;
  [[nodiscard]] const std::string& layer() const noexcept;
  [[nodiscard]] const std::string& driver() const noexcept;    ///< GDAL's short name: `GPKG`, `ESRI Shapefile`
  [[nodiscard]] const std::string& location() const noexcept;  ///< fit to print: without a password
  [[nodiscard]] bool has_geometry() const noexcept;            ///< false for a plain table
  /// Nothing where it takes reading all of them.
  [[nodiscard]] std::optional<std::size_t> feature_count() const;

  /// Every row, from the first; may be called again. What `take` throws comes out.
  /// @throws SourceError when the source breaks off in the middle (a truncated file, a lost connection).
  void for_each(const std::function<void(SourceFeature&&)>& take);

  /// What was odd but readable, each once: so far, so ask after reading.
  [[nodiscard]] const std::vector<BilingualText>& warnings() const noexcept;

 private:
  struct State;
  explicit Source(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace geoprio::ogr
