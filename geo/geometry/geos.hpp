// GEOS' handles with their owners, and shapes in and out. Private to geo/geometry.
#pragma once

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "geo/core/shape.hpp"
#include "geo/geometry/overlay.hpp"

namespace geoprio::geometry {

/// A geometry dies in the context that made it, so its deleter carries the context.
struct GeometryRelease {
  GEOSContextHandle_t context = nullptr;
  void operator()(GEOSGeometry* geometry) const noexcept { GEOSGeom_destroy_r(context, geometry); }
};
using GeometryHandle = std::unique_ptr<GEOSGeometry, GeometryRelease>;

struct FreeInContext {
  GEOSContextHandle_t context = nullptr;
  void operator()(char* text) const noexcept { GEOSFree_r(context, text); }
};

/// One GEOS context and what it last complained of. Made for one piece of work and dropped after it (0.3 µs measured):
/// GEOS 3.11 may not even read one geometry from two threads.
class Geos {
 public:
  Geos();
  Geos(const Geos&) = delete;
  Geos& operator=(const Geos&) = delete;

  [[nodiscard]] GEOSContextHandle_t context() const noexcept { return context_.get(); }
  [[nodiscard]] const std::string& complaint() const noexcept { return complaint_; }

  /// Owns what GEOS returned; may be null when GEOS failed.
  [[nodiscard]] GeometryHandle owned(GEOSGeometry* geometry) const { return {geometry, {context()}}; }
  /// Owns what GEOS returned.
  /// @throws GeometryError when GEOS failed: what was being made, and its complaint.
  [[nodiscard]] GeometryHandle made(GEOSGeometry* geometry, const char* what) const;

  /// The multipolygon of a shape; rings of fewer than three points are left out.
  template <class Point>
  [[nodiscard]] GeometryHandle geometry_of(const MultiPolygon<Point>& shape) const;
  [[nodiscard]] GeometryHandle collection(int type, std::vector<GeometryHandle> members) const;
  [[nodiscard]] GeometryHandle line(const std::vector<double>& x_y) const;

  /// The polygons of any geometry, lines and points left out; shells anticlockwise, holes clockwise. Coordinates of a
  /// grid are rounded.
  template <class Point>
  [[nodiscard]] MultiPolygon<Point> shape_of(const GEOSGeometry* geometry) const;

  /// Empty when valid, else GEOS' reason with the place.
  [[nodiscard]] std::string defect_of(const GEOSGeometry* geometry) const;

 private:
  struct ContextRelease {
    void operator()(GEOSContextHandle_HS* context) const noexcept { GEOS_finish_r(context); }
  };
  std::string complaint_;  // before the context, which writes to it until it dies
  std::unique_ptr<GEOSContextHandle_HS, ContextRelease> context_;
};

}  // namespace geoprio::geometry
