// A geometry of any simple-feature kind, as clients write them in filters (OGC 06-103r4 §6.1).
#pragma once

#include <vector>

namespace geoprio {

enum class GeometryKind { point, line, polygon, multi_point, multi_line, multi_polygon, collection };

/// The kinds differ in how deep their points lie: a part of points is one point, a part of lines one line, a part of
/// polygons a shell and its holes. Rings repeat their first point at the end, as they are written.
template <class Point>
struct AnyGeometry {
  GeometryKind kind = GeometryKind::point;
  std::vector<std::vector<std::vector<Point>>> parts{};  ///< part, ring or line, point; empty for a collection
  std::vector<AnyGeometry> members{};                    ///< of a collection
  bool operator==(const AnyGeometry&) const = default;
};

}  // namespace geoprio
