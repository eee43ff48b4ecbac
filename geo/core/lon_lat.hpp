// Longitude and latitude in degrees, each in its range.
#pragma once

#include <compare>
#include <optional>

namespace geoprio {

template <class Axis>
class Angle {
 public:
  constexpr Angle() = default;
  /// Nothing when `degrees` is outside ±Axis::limit or not a number.
  static constexpr std::optional<Angle> make(double degrees) noexcept {
    if (!(degrees >= -Axis::limit && degrees <= Axis::limit)) return std::nullopt;
    return Angle(degrees);
  }
  [[nodiscard]] constexpr double degrees() const noexcept { return degrees_; }
  constexpr auto operator<=>(const Angle&) const = default;

 private:
  explicit constexpr Angle(double degrees) : degrees_(degrees) {}
  double degrees_ = 0;
};

struct LongitudeAxis {
  static constexpr double limit = 180;
};
struct LatitudeAxis {
  static constexpr double limit = 90;
};
using Longitude = Angle<LongitudeAxis>;
using Latitude = Angle<LatitudeAxis>;

struct LonLat {
  Longitude lon;
  Latitude lat;

  /// Nothing when either is out of range. The order is in the name: longitude first.
  static constexpr std::optional<LonLat> make(double lon_degrees, double lat_degrees) noexcept {
    const auto lon = Longitude::make(lon_degrees);
    const auto lat = Latitude::make(lat_degrees);
    if (!lon || !lat) return std::nullopt;
    return LonLat{*lon, *lat};
  }
  constexpr auto operator<=>(const LonLat&) const = default;
};

}  // namespace geoprio
