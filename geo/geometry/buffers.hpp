// Bands: land within a distance of other land, computed in the metric plane.
#pragma once

#include <span>

#include "geo/core/quantity.hpp"
#include "geo/core/shape.hpp"

namespace geoprio::geometry {

/// With 64 chords a quarter circle, a buffer of 500 m falls at most 4 cm short (500·(1 - cos(90°/64/2))); with 8, 2.4
/// m.
inline constexpr int segments_per_quarter_circle = 64;

/// All land within `distance` of any of the shapes, theirs included; distance >= 0.
/// @throws GeometryError when GEOS fails; `band` too.
[[nodiscard]] MetricShape buffer(std::span<const MetricShape> shapes, Metres distance);

/// The same without the shapes' own land: what DESIGN calls a band. Empty for no shapes or no distance.
[[nodiscard]] MetricShape band(std::span<const MetricShape> shapes, Metres distance);

}  // namespace geoprio::geometry
