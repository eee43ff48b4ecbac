// The systems of coordinates that a request names (OGC 18-058r1): `crs`, `bbox-crs`, `filter-crs`.
#pragma once

#include <string>
#include <string_view>

#include "geo/projection/offered_crs.hpp"
#include "geo/projection/reprojector.hpp"
#include "tileserver/service/document.hpp"

namespace geoprio::service {

/// The system that `parameter` names by its address; CRS84 without it. The problem (400) of an address that is not on
/// the list names the near one. Never null.
[[nodiscard]] Result<const projection::OfferedCrs*, Problem> crs_parameter(const Exchange& exchange,
                                                                           std::string_view parameter);

/// Every address that may be asked for.
[[nodiscard]] Document crs_list(const Exchange& exchange);

/// The reprojector of one direction that this thread has; it keeps the four that it used last, because a worker is
/// mostly asked for the same, and making one takes PROJ milliseconds. The reference holds until this thread has asked
/// for four others.
[[nodiscard]] const projection::Reprojector& worker_reprojector(const std::string& from, const std::string& to);

/// The problem (400) of land that has no image in the system that `parameter` named.
[[nodiscard]] Problem outside_crs(std::string_view parameter, const projection::OfferedCrs& crs,
                                  const projection::ReprojectionFailure& failure);

}  // namespace geoprio::service
