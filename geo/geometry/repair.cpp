#include "geo/geometry/repair.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numbers>
#include <string>
#include <utility>

#include "geo/geometry/geos.hpp"
#include "geo/geometry/rings.hpp"

namespace geoprio::geometry {

namespace {

using Reason = RepairRefusal::Reason;

template <class Visit, class Point>
void for_each_ring(MultiPolygon<Point>& shape, Visit visit) {
  for (auto& polygon : shape.polygons) {
    visit(polygon.shell);
    for (auto& hole : polygon.holes) visit(hole);
  }
}

template <class Point>
bool is_finite(const Ring<Point>& ring) {
  return std::ranges::all_of(ring.points,
                             [](const Point& at) { return std::isfinite(x_of(at)) && std::isfinite(y_of(at)); });
}

template <class Point>
double mean_northing(MultiPolygon<Point>& shape) {
  double sum = 0;
  double count = 0;
  for_each_ring(shape, [&](const Ring<Point>& ring) {
    for (const auto& point : ring.points) sum += y_of(point);
    count += static_cast<double>(ring.points.size());
  });
  return count > 0 ? sum / count : 0;
}

/// Takes away what has no land: repeated points, then rings of two points or one, with the holes of a shell that goes.
/// @returns whether a ring went, which GEOS would call too few points.
template <class Point>
bool drop_what_has_no_land(MultiPolygon<Point>& shape) {
  for_each_ring(shape, [](Ring<Point>& ring) { drop_repeated_points(ring); });
  const auto too_short = [](const Ring<Point>& ring) { return ring.points.size() < 3; };
  std::size_t dropped = std::erase_if(shape.polygons, [&](const auto& polygon) { return too_short(polygon.shell); });
  for (auto& polygon : shape.polygons) dropped += std::erase_if(polygon.holes, too_short);
  return dropped > 0;
}

template <class Point>
void turn_rings(MultiPolygon<Point>& shape) {
  for (auto& polygon : shape.polygons) {
    turn(polygon.shell, true);
    for (auto& hole : polygon.holes) turn(hole, false);
  }
}

/// By linework, which keeps every vertex of the source; GEOS' other method unites and moves more. Null when GEOS fails.
GeometryHandle made_valid(const Geos& geos, const GEOSGeometry* geometry) {
  struct ParametersRelease {
    GEOSContextHandle_t context;
    void operator()(GEOSMakeValidParams* parameters) const noexcept {
      GEOSMakeValidParams_destroy_r(context, parameters);
    }
  };
  const std::unique_ptr<GEOSMakeValidParams, ParametersRelease> parameters(GEOSMakeValidParams_create_r(geos.context()),
                                                                           {geos.context()});
  if (!parameters) return geos.owned(nullptr);
  GEOSMakeValidParams_setMethod_r(geos.context(), parameters.get(), GEOS_MAKE_VALID_LINEWORK);
  return geos.owned(GEOSMakeValidWithParams_r(geos.context(), geometry, parameters.get()));
}

/// The polygons among what MakeValid left, as one geometry; on the grid when the points are grid points.
template <class Point>
GeometryHandle polygons_only(const Geos& geos, const GEOSGeometry* geometry) {
  if constexpr (std::is_same_v<Point, DegreePoint>) {
    // Rounding the crossings could break the shape again; GEOS' snap rounding to the unit grid cannot.
    const auto polygons = geos.geometry_of(geos.shape_of<Coordinate<UnroundedPlane>>(geometry));
    return geos.owned(GEOSGeom_setPrecision_r(geos.context(), polygons.get(), 1.0, 0));
  } else {
    return geos.geometry_of(geos.shape_of<Point>(geometry));
  }
}

Unexpected<RepairRefusal> refused(Reason reason, std::string said = {}) {
  return Unexpected{RepairRefusal{.reason = reason, .said = std::move(said)}};
}

/// `source` is what `geometry` was made of, and `outcome` knows its defect.
template <class Point>
Result<Repaired<MultiPolygon<Point>>, RepairRefusal> mended(const Geos& geos, const GEOSGeometry* geometry,
                                                            const MultiPolygon<Point>& source,
                                                            Repaired<MultiPolygon<Point>> outcome) {
  outcome.changed = true;
  const auto valid = made_valid(geos, geometry);
  if (!valid) return refused(Reason::not_repairable, geos.complaint());
  const auto polygons = polygons_only<Point>(geos, valid.get());
  if (!polygons || !geos.defect_of(polygons.get()).empty()) return refused(Reason::not_repairable, geos.complaint());
  outcome.shape = geos.shape_of<Point>(polygons.get());
  if (outcome.shape.polygons.empty()) return refused(Reason::collapsed, outcome.defect);

  const double before = shells_minus_holes(source);
  outcome.area_changed = std::abs(shells_minus_holes(outcome.shape) - before);
  outcome.share = before > 0 ? outcome.area_changed / before : std::numeric_limits<double>::infinity();
  if (outcome.share <= largest_repairable_share) return outcome;
  return Unexpected{RepairRefusal{.reason = Reason::changed_too_much,
                                  .area_changed = outcome.area_changed,
                                  .share = outcome.share,
                                  .mean_northing = outcome.mean_northing,
                                  .said = outcome.defect}};
}

template <class Point>
Result<Repaired<MultiPolygon<Point>>, RepairRefusal> repaired(MultiPolygon<Point> source) {
  bool finite = true;
  for_each_ring(source, [&](const Ring<Point>& ring) { finite = finite && is_finite(ring); });
  if (!finite) return refused(Reason::not_finite);
  const bool had_polygons = !source.polygons.empty();
  const bool dropped = drop_what_has_no_land(source);
  if (source.polygons.empty()) return refused(had_polygons ? Reason::collapsed : Reason::empty);

  Repaired<MultiPolygon<Point>> outcome;
  outcome.mean_northing = mean_northing(source);
  const Geos geos;
  const auto geometry = geos.geometry_of(source);
  outcome.defect = geos.defect_of(geometry.get());
  if (!outcome.defect.empty()) return mended(geos, geometry.get(), source, std::move(outcome));
  if (dropped) outcome.defect = "Too few points in geometry component";
  outcome.changed = dropped;
  turn_rings(source);
  outcome.shape = std::move(source);
  return outcome;
}

/// One decimal, rounded up, so that 1.02 % does not read as the 1 % that is allowed.
std::string percent(double share, char decimal_point) {
  const auto tenths = static_cast<long>(std::ceil(std::min(share, 1e6) * 1000));
  return std::to_string(tenths / 10) + decimal_point + std::to_string(tenths % 10);
}

}  // namespace

Result<Repaired<SourceShape>, RepairRefusal> repair(const SourceShape& shape) { return repaired(shape); }

Result<Repaired<DegreeShape>, RepairRefusal> repair(const DegreeShape& shape) { return repaired(shape); }

BilingualText RepairRefusal::text() const {
  const std::string because = said.empty() ? "" : " (" + said + ")";
  switch (reason) {
    case Reason::empty:
      return {"la géométrie ne contient aucun polygone", "the geometry holds no polygon"};
    case Reason::not_finite:
      return {"une coordonnée n'est pas un nombre", "a coordinate is not a number"};
    case Reason::collapsed:
      return {"il ne reste aucune surface après réparation" + because, "no land is left after repair" + because};
    case Reason::changed_too_much:
      if (!std::isfinite(share))
        return {"la réparation créerait une surface que la source n'a pas" + because,
                "the repair would create land that the source does not have" + because};
      return {"la réparation changerait " + percent(share, ',') + " % de la surface, plus que le 1 % admis" + because,
              "the repair would change " + percent(share, '.') + " % of the area, more than the 1 % allowed" + because};
    case Reason::not_repairable:
      return {"GEOS ne sait pas réparer cette géométrie" + because, "GEOS cannot repair this geometry" + because};
  }
  return {because, because};
}

SquareMetres area_on_ground(double square_degrees, Latitude latitude) {
  constexpr double equatorial_radius = 6378137.0;
  constexpr double flattening = 1 / 298.257223563;
  constexpr double eccentricity_squared = flattening * (2 - flattening);
  constexpr double radian = std::numbers::pi / 180;
  const double sine = std::sin(latitude.degrees() * radian);
  const double w = 1 - eccentricity_squared * sine * sine;
  const double meridian_radius = equatorial_radius * (1 - eccentricity_squared) / std::pow(w, 1.5);
  const double normal_radius = equatorial_radius / std::sqrt(w);
  return SquareMetres(square_degrees * meridian_radius * normal_radius * std::cos(latitude.degrees() * radian) *
                      radian * radian);
}

}  // namespace geoprio::geometry
