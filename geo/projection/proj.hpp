// PROJ's handles with their owners, and the questions asked of a system. Private to geo/projection.
#pragma once

#include <proj.h>

#include <memory>
#include <string>

namespace geoprio::projection {

struct ContextRelease {
  void operator()(PJ_CONTEXT* context) const noexcept { proj_context_destroy(context); }
};
struct ObjectRelease {
  void operator()(PJ* object) const noexcept { proj_destroy(object); }
};
using ContextHandle = std::unique_ptr<PJ_CONTEXT, ContextRelease>;
using ObjectHandle = std::unique_ptr<PJ, ObjectRelease>;

/// A context that fetches nothing and prints nothing. Whatever is made in it must die before it.
ContextHandle quiet_context();

/// The calling thread's own quiet context, for what is asked at once and given up: PROJ's database is opened when a
/// context first asks it, which takes milliseconds, and here once for all questions of a thread.
PJ_CONTEXT* asking_context();

/// @throws CrsError when PROJ does not know the definition, or it is no CRS.
ObjectHandle crs_object(PJ_CONTEXT* context, const std::string& definition);

enum class CrsKind { geographic, projected, other };
/// The kind of the horizontal part.
CrsKind kind_of(PJ_CONTEXT* context, const PJ* crs);

/// What one unit of the first axis is: metres when projected, degrees when geographic.
double unit_of(PJ_CONTEXT* context, const PJ* crs);

/// PROJ's last words in this context; empty when it has none.
std::string words_of(PJ_CONTEXT* context);

}  // namespace geoprio::projection
