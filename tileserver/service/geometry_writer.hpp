// Geometries as GeoJSON in the system that a client asked for.
#pragma once

#include <optional>
#include <string>

#include "geo/domain/layer.hpp"
#include "geo/projection/offered_crs.hpp"
#include "geo/projection/reprojector.hpp"

namespace geoprio::service {

/// Appends a number of 1e-7 degree as degrees: exact, without zeros at the end (`4.39203`).
void append_degrees(std::string& text, std::int32_t units);

/// Axes are written in their authority's order: EPSG:4326 has its latitude first, CRS84 its longitude (OGC 18-058r1
/// §6.3). Degrees have 7 decimals and metres 3.
/// Thread safety: confined to the thread that made it, whose reprojector it borrows.
class GeometryWriter {
 public:
  /// Degrees of CRS84, as RFC 7946 wants them.
  GeometryWriter() = default;
  /// `crs` must outlive the writer.
  explicit GeometryWriter(const projection::OfferedCrs& crs);

  /// Appends the geometry, shells anticlockwise as they are stored (RFC 7946 §3.1.6); null when there is none. What
  /// could not be moved leaves a text that is of no use.
  [[nodiscard]] std::optional<projection::ReprojectionFailure> append(std::string& text,
                                                                      const domain::FeatureGeometry& geometry) const;

 private:
  const projection::OfferedCrs* crs_ = nullptr;           ///< null: CRS84
  const projection::Reprojector* reprojector_ = nullptr;  ///< null: nothing has to be computed
};

}  // namespace geoprio::service
