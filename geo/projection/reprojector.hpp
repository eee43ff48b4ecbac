// Shapes from one coordinate reference system to another, by PROJ: the one place that settles the order of axes.
#pragma once

#include <memory>
#include <string>

#include "geo/core/any_geometry.hpp"
#include "geo/core/bilingual.hpp"
#include "geo/core/coordinate.hpp"
#include "geo/core/error.hpp"
#include "geo/core/lon_lat.hpp"
#include "geo/core/quantity.hpp"
#include "geo/core/result.hpp"
#include "geo/core/shape.hpp"

namespace geoprio::projection {

/// Degrees of the atlas: WGS 84, longitude first.
inline constexpr const char* degrees_crs = "OGC:CRS84";

/// A definition that PROJ does not know, or a pair without a way from one to the other. The message names it.
class CrsError : public Error {
 public:
  using Error::Error;
};

/// Why one coordinate has no image, and which: easting and northing (or longitude and latitude) as they came in.
struct ReprojectionFailure {
  enum class Reason { not_degrees, outside_projection, across_antimeridian };
  Reason reason{};
  double easting{};
  double northing{};
  std::string said;  ///< PROJ's words; empty when the coordinate was out of range before PROJ saw it

  /// One sentence for the load report.
  [[nodiscard]] BilingualText text() const;
};

template <class T>
using Reprojected = Result<T, ReprojectionFailure>;

/// One direction between two systems. Coordinates are always easting or longitude first, whatever the authority says.
/// Edges over 500 m get vertices whenever they cross between a projected system and degrees, because a straight line of
/// one is a curve of the other; the two directions of an edge get the same vertices, so neighbours stay neighbours.
/// Nothing is fetched: datum grids that are not installed are not used.
/// Thread safety: confined to one thread; it owns its PROJ context. One per worker.
class Reprojector {
 public:
  /// `AUTHORITY:CODE`, WKT or a PROJ string, both.
  /// @throws CrsError when PROJ does not know one of them.
  static Reprojector make(const std::string& from_definition, const std::string& to_definition);
  /// For another thread: quicker than `make`, for PROJ's database is not asked again.
  [[nodiscard]] Reprojector clone() const;
  Reprojector(Reprojector&&) noexcept;
  Reprojector& operator=(Reprojector&&) noexcept;
  ~Reprojector();

  /// To the grid of 1e-7 degree. Points that fall on one another are one; rings left with fewer than three are dropped,
  /// so the shape may come out empty, and rounding may have made it invalid: repair comes after. An edge that would go
  /// half around the Earth fails: the ring passes the antimeridian, where RFC 7946 §3.1.9 has it cut in two; the two
  /// sides of the cut, and the pole between them, are no such edges. The target of `make` must be degrees.
  [[nodiscard]] Reprojected<DegreeShape> to_degrees(const SourceShape& shape) const;
  [[nodiscard]] Reprojected<DegreeShape> to_degrees(const MetricShape& shape) const;
  [[nodiscard]] Reprojected<LonLat> to_degrees(SourceCoordinate place) const;
  [[nodiscard]] Reprojected<LonLat> to_degrees(MetricCoordinate place) const;
  /// What a client drew, not rounded to any grid.
  [[nodiscard]] Reprojected<AnyGeometry<LonLat>> to_degrees(const AnyGeometry<SourceCoordinate>& geometry) const;

  /// From degrees to the atlas's metric system. The source of `make` must be degrees, the target metric.
  [[nodiscard]] Reprojected<MetricShape> to_metric(const DegreeShape& shape) const;
  [[nodiscard]] Reprojected<MetricCoordinate> to_metric(LonLat place) const;

  /// From degrees to whatever system a client asked for; easting or longitude first.
  [[nodiscard]] Reprojected<SourceShape> to_source(const DegreeShape& shape) const;
  [[nodiscard]] Reprojected<MultiLine<SourceCoordinate>> to_source(const DegreeLines& lines) const;
  [[nodiscard]] Reprojected<SourceCoordinate> to_source(LonLat place) const;

 private:
  struct State;
  explicit Reprojector(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace geoprio::projection
