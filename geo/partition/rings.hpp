// From directed edges to valid polygons; shared by dissolving and by tile cutting.
#pragma once

#include <span>
#include <vector>

#include "geo/core/shape.hpp"
#include "geo/partition/noding.hpp"

namespace geoprio::partition {

using PlanePolygon = Polygon<PlanePoint>;

/// An edge with the area on its left, y up.
struct DirectedEdge {
  PlanePoint from;
  PlanePoint to;
};

/// The polygons that these edges bound, valid by OGC 06-103r4 §6.1.11: rings simple, interiors connected, holes in the
/// smallest shell that contains them, shells anticlockwise and holes clockwise with y up. Vertices where the boundary
/// only passes are kept. An edge and its opposite cancel. The edges must be clean (they meet only at their ends, as an
/// Arrangement's do) and close: as many arrive at each vertex as leave. O(n log n). The order of polygons is that of
/// their westernmost vertices; each ring starts at its own.
/// @throws Error when the edges do not close or are not clean.
std::vector<PlanePolygon> assembled(std::span<const DirectedEdge> edges);

/// Twice the area within the ring: positive when anticlockwise with y up. Exact up to 2^50 for any ring; beyond,
/// rounded.
double doubled_area(std::span<const PlanePoint> ring);

}  // namespace geoprio::partition
