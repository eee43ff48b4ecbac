#include "geo/projection/proj.hpp"

#include <numbers>

#include "geo/projection/reprojector.hpp"

namespace geoprio::projection {

namespace {

/// The CRS itself, or the horizontal one inside a bound or compound one. Empty when `crs` is neither.
ObjectHandle horizontal_part(PJ_CONTEXT* context, const PJ* crs) {
  switch (proj_get_type(crs)) {
    case PJ_TYPE_BOUND_CRS:
      return ObjectHandle(proj_get_source_crs(context, crs));
    case PJ_TYPE_COMPOUND_CRS:
      return ObjectHandle(proj_crs_get_sub_crs(context, crs, 0));
    default:
      return nullptr;
  }
}

}  // namespace

ContextHandle quiet_context() {
  ContextHandle context(proj_context_create());
  proj_log_level(context.get(), PJ_LOG_NONE);
  proj_context_set_enable_network(context.get(), 0);
  return context;
}

PJ_CONTEXT* asking_context() {
  thread_local const ContextHandle context = quiet_context();
  return context.get();
}

ObjectHandle crs_object(PJ_CONTEXT* context, const std::string& definition) {
  ObjectHandle object(proj_create(context, definition.c_str()));
  if (!object) {
    const std::string said = words_of(context);
    throw CrsError(BilingualText{"système de coordonnées « " + definition + " » inconnu de PROJ" +
                                     (said.empty() ? "" : " : " + said) + " ; écrire par exemple « EPSG:2154 »",
                                 "PROJ does not know the CRS « " + definition + " »" +
                                     (said.empty() ? "" : ": " + said) + "; write « EPSG:2154 », say"});
  }
  if (proj_is_crs(object.get()) == 0)
    throw CrsError(
        BilingualText{"« " + definition + " » n'est pas un système de coordonnées ; écrire par exemple « EPSG:2154 »",
                      "« " + definition + " » is no CRS; write « EPSG:2154 », say"});
  return object;
}

CrsKind kind_of(PJ_CONTEXT* context, const PJ* crs) {
  if (const auto inner = horizontal_part(context, crs)) return kind_of(context, inner.get());
  switch (proj_get_type(crs)) {
    case PJ_TYPE_GEOGRAPHIC_2D_CRS:
    case PJ_TYPE_GEOGRAPHIC_3D_CRS:
      return CrsKind::geographic;
    case PJ_TYPE_PROJECTED_CRS:
      return CrsKind::projected;
    default:
      return CrsKind::other;
  }
}

double unit_of(PJ_CONTEXT* context, const PJ* crs) {
  if (const auto inner = horizontal_part(context, crs)) return unit_of(context, inner.get());
  const ObjectHandle system(proj_crs_get_coordinate_system(context, crs));
  double factor = 1;
  if (system)
    proj_cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, nullptr, &factor, nullptr, nullptr, nullptr);
  return kind_of(context, crs) == CrsKind::geographic ? factor * (180 / std::numbers::pi) : factor;
}

std::string words_of(PJ_CONTEXT* context) {
  const int number = proj_context_errno(context);
  const char* words = number == 0 ? nullptr : proj_context_errno_string(context, number);
  return words == nullptr ? "" : words;
}

}  // namespace geoprio::projection
