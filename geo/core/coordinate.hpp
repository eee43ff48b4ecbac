// Projected coordinates: metres in one named plane, never to be mixed with another's.
#pragma once

#include <compare>

namespace geoprio {

/// The atlas's metric CRS (EPSG:2154 in metropolitan France): distances are measured here.
struct MetricPlane {};
/// The plane of a source file, metres or degrees as its CRS says; easting or longitude first, whatever the CRS says.
struct SourcePlane {};
/// Web Mercator (EPSG:3857): for drawing, never for measuring.
struct WebMercatorPlane {};

template <class Crs>
struct Coordinate {
  double easting{};
  double northing{};
  constexpr auto operator<=>(const Coordinate&) const = default;
};

using MetricCoordinate = Coordinate<MetricPlane>;
using SourceCoordinate = Coordinate<SourcePlane>;

}  // namespace geoprio
