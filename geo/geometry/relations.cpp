#include "geo/geometry/relations.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "geo/geometry/geos.hpp"

namespace geoprio::geometry {
namespace {

using Lines = std::vector<std::vector<LonLat>>;

struct PreparedRelease {
  GEOSContextHandle_t context = nullptr;
  void operator()(const GEOSPreparedGeometry* geometry) const noexcept {
    GEOSPreparedGeom_destroy_r(context, geometry);
  }
};
using PreparedHandle = std::unique_ptr<const GEOSPreparedGeometry, PreparedRelease>;

/// What is written with seven decimals is a grid point and nothing beside it: 4.31 times 1e7 is 43099999.99999999.
double in_units(double degrees) {
  constexpr double noise = 1e-6;
  const double units = degrees * degree_units;
  const double nearest = std::round(units);
  return std::abs(units - nearest) < noise ? nearest : units;
}

std::vector<double> in_units(const std::vector<LonLat>& line) {
  std::vector<double> x_y;
  for (const auto place : line) {
    x_y.push_back(in_units(place.lon.degrees()));
    x_y.push_back(in_units(place.lat.degrees()));
  }
  return x_y;
}

std::vector<double> in_units(const std::vector<DegreePoint>& line) {
  std::vector<double> x_y;
  for (const auto point : line) {
    x_y.push_back(point.x);
    x_y.push_back(point.y);
  }
  return x_y;
}

GeometryHandle point_of(const Geos& geos, double x, double y) {
  return geos.made(GEOSGeom_createPointFromXY_r(geos.context(), x, y), "point");
}

GeometryHandle ring_of(const Geos& geos, const std::vector<LonLat>& ring) {
  const auto x_y = in_units(ring);
  GEOSCoordSequence* sequence =
      GEOSCoordSeq_copyFromBuffer_r(geos.context(), x_y.data(), static_cast<unsigned>(ring.size()), 0, 0);
  return geos.made(sequence == nullptr ? nullptr : GEOSGeom_createLinearRing_r(geos.context(), sequence), "anneau");
}

GeometryHandle polygon_of(const Geos& geos, const Lines& rings) {
  std::vector<GeometryHandle> made;
  for (const auto& ring : rings) made.push_back(ring_of(geos, ring));
  std::vector<GEOSGeometry*> loaned;
  for (auto& ring : made) loaned.push_back(ring.release());
  return geos.made(GEOSGeom_createPolygon_r(geos.context(), loaned.front(), loaned.data() + 1,
                                            static_cast<unsigned>(loaned.size() - 1)),
                   "polygone");
}

GeometryHandle part_of(const Geos& geos, GeometryKind kind, const Lines& part) {
  if (kind == GeometryKind::point || kind == GeometryKind::multi_point)
    return point_of(geos, in_units(part.front().front().lon.degrees()), in_units(part.front().front().lat.degrees()));
  if (kind == GeometryKind::line || kind == GeometryKind::multi_line) return geos.line(in_units(part.front()));
  return polygon_of(geos, part);
}

GeometryHandle geometry_of(const Geos& geos, const AnyGeometry<LonLat>& geometry) {
  std::vector<GeometryHandle> parts;
  for (const auto& part : geometry.parts) parts.push_back(part_of(geos, geometry.kind, part));
  for (const auto& member : geometry.members) parts.push_back(geometry_of(geos, member));
  switch (geometry.kind) {
    case GeometryKind::point:
    case GeometryKind::line:
    case GeometryKind::polygon:
      return std::move(parts.front());
    case GeometryKind::multi_point:
      return geos.collection(GEOS_MULTIPOINT, std::move(parts));
    case GeometryKind::multi_line:
      return geos.collection(GEOS_MULTILINESTRING, std::move(parts));
    case GeometryKind::multi_polygon:
      return geos.collection(GEOS_MULTIPOLYGON, std::move(parts));
    case GeometryKind::collection:
      break;
  }
  return geos.collection(GEOS_GEOMETRYCOLLECTION, std::move(parts));
}

GeometryHandle geometry_of(const Geos& geos, const GridGeometry& geometry) {
  if (const auto* shape = std::get_if<DegreeShape>(&geometry)) return geos.geometry_of(*shape);
  if (const auto* point = std::get_if<DegreePoint>(&geometry)) return point_of(geos, point->x, point->y);
  std::vector<GeometryHandle> lines;
  if (const auto* all = std::get_if<DegreeLines>(&geometry))
    for (const auto& line : all->lines) lines.push_back(geos.line(in_units(line)));
  return geos.collection(GEOS_MULTILINESTRING, std::move(lines));
}

void extend(std::optional<DegreeBox>& box, const AnyGeometry<LonLat>& geometry) {
  // Rounding moves a place by half a unit at most.
  const auto grow = [&box](DegreePoint point) {
    if (!box) box = DegreeBox::around(point);
    box->extend({point.x - 1, point.y - 1});
    box->extend({point.x + 1, point.y + 1});
  };
  for (const auto& part : geometry.parts)
    for (const auto& line : part)
      for (const auto place : line) grow(on_grid(place));
  for (const auto& member : geometry.members) extend(box, member);
}

}  // namespace

struct ComparedGeometry::State {
  // In this order: what GEOS made dies before its context.
  Geos geos;
  GeometryHandle geometry;
  PreparedHandle prepared;
  std::optional<DegreeBox> bounds;

  /// Whether this geometry is in that relation to `other`, which may be of another context of the same thread.
  [[nodiscard]] char related(const GEOSGeometry* other, Relation relation) const;
};

char ComparedGeometry::State::related(const GEOSGeometry* other, Relation relation) const {
  auto* const context = geos.context();
  switch (relation) {
    case Relation::intersects:
      return GEOSPreparedIntersects_r(context, prepared.get(), other);
    case Relation::equals:
      return GEOSEquals_r(context, geometry.get(), other);
    case Relation::disjoint:
      return GEOSPreparedDisjoint_r(context, prepared.get(), other);
    case Relation::touches:
      return GEOSPreparedTouches_r(context, prepared.get(), other);
    case Relation::within:
      return GEOSPreparedWithin_r(context, prepared.get(), other);
    case Relation::overlaps:
      return GEOSPreparedOverlaps_r(context, prepared.get(), other);
    case Relation::crosses:
      return GEOSPreparedCrosses_r(context, prepared.get(), other);
    case Relation::contains:
      return GEOSPreparedContains_r(context, prepared.get(), other);
  }
  return 2;
}

ComparedGeometry::ComparedGeometry(std::unique_ptr<State> state) : state_(std::move(state)) {}
ComparedGeometry::ComparedGeometry(ComparedGeometry&&) noexcept = default;
ComparedGeometry& ComparedGeometry::operator=(ComparedGeometry&&) noexcept = default;
ComparedGeometry::~ComparedGeometry() = default;

Result<ComparedGeometry, std::string> ComparedGeometry::make(const AnyGeometry<LonLat>& geometry) {
  auto state = std::make_unique<State>();
  try {
    state->geometry = geometry_of(state->geos, geometry);
  } catch (const GeometryError&) {
    return Unexpected{state->geos.complaint()};  // a ring that is not closed, a line of one point
  }
  if (auto defect = state->geos.defect_of(state->geometry.get()); !defect.empty()) return Unexpected{std::move(defect)};
  state->prepared =
      PreparedHandle(GEOSPrepare_r(state->geos.context(), state->geometry.get()), {state->geos.context()});
  if (!state->prepared) throw GeometryError("préparation : GEOS a échoué : " + state->geos.complaint());
  extend(state->bounds, geometry);
  return ComparedGeometry(std::move(state));
}

const std::optional<DegreeBox>& ComparedGeometry::bounds() const noexcept { return state_->bounds; }

bool ComparedGeometry::holds(const GridGeometry& other, Relation relation) const {
  const auto made = geometry_of(state_->geos, other);
  const char answer = state_->related(made.get(), turned(relation));
  if (answer == 2) throw GeometryError("relation : GEOS a échoué : " + state_->geos.complaint());
  return answer == 1;
}

bool ComparedGeometry::holds(const ComparedGeometry& other, Relation relation) const {
  const char answer = state_->related(other.state_->geometry.get(), turned(relation));
  if (answer == 2) throw GeometryError("relation : GEOS a échoué : " + state_->geos.complaint());
  return answer == 1;
}

}  // namespace geoprio::geometry
