// The systems that clients may ask for, by the addresses that OGC APIs name them with.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace geoprio::projection {

/// Thread safety: immutable; nothing of PROJ is kept.
class OfferedCrs {
 public:
  /// `AUTHORITY:CODE`.
  /// @throws CrsError for anything else, for what PROJ does not know, and for what is neither geographic nor projected.
  static OfferedCrs make(const std::string& definition);

  [[nodiscard]] const std::string& definition() const noexcept { return definition_; }
  /// `http://www.opengis.net/def/crs/EPSG/0/2154` (OGC 09-048r6).
  [[nodiscard]] const std::string& address() const noexcept { return address_; }
  /// Degrees of WGS 84, so that nothing has to be computed: CRS84 and EPSG:4326, which differ in the order alone.
  [[nodiscard]] bool is_wgs84_degrees() const noexcept { return wgs84_degrees_; }
  [[nodiscard]] bool is_geographic() const noexcept { return geographic_; }
  /// Whether its authority writes latitude or northing before longitude or easting.
  [[nodiscard]] bool northing_first() const noexcept { return northing_first_; }

 private:
  OfferedCrs() = default;
  std::string definition_;
  std::string address_;
  bool wgs84_degrees_ = false;
  bool geographic_ = false;
  bool northing_first_ = false;
};

/// Those of every atlas (CRS84 first: it is what is answered when nothing is asked for), then `more`, each once.
/// @throws CrsError for one that cannot be offered.
[[nodiscard]] std::vector<OfferedCrs> offered_crs(std::span<const std::string> more);

}  // namespace geoprio::projection
