// Geometries of the atlas in the system that a client asked for, for those who write them elsewhere than in JSON.
#pragma once

#include <optional>

#include "geo/core/any_geometry.hpp"
#include "geo/core/coordinate.hpp"
#include "geo/domain/features.hpp"
#include "geo/projection/offered_crs.hpp"
#include "geo/projection/reprojector.hpp"

namespace geoprio::service {

/// Thread safety: confined to the thread that made it, whose reprojector it borrows.
class GeometryMover {
 public:
  /// `crs` must outlive it.
  explicit GeometryMover(const projection::OfferedCrs& crs);

  /// Easting or longitude first, whatever the authority says; a point, lines or polygons with closed rings. Nothing
  /// where there is no geometry.
  [[nodiscard]] projection::Reprojected<std::optional<AnyGeometry<SourceCoordinate>>> moved(
      const domain::FeatureGeometry& geometry) const;

 private:
  const projection::Reprojector* reprojector_ = nullptr;  ///< null: nothing has to be computed
};

}  // namespace geoprio::service
