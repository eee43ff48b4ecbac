#include "geo/projection/reprojector.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <optional>
#include <span>
#include <sstream>
#include <utility>
#include <vector>

#include "geo/projection/densification.hpp"
#include "geo/projection/proj.hpp"

namespace geoprio::projection {

namespace {

constexpr double longest_edge = 500;        // metres: DESIGN §1
constexpr double longest_possible = 4.1e7;  // metres: more than once around the Earth is no edge

using Reason = ReprojectionFailure::Reason;

Place place_of(SourceCoordinate at) { return {at.easting, at.northing}; }
Place place_of(MetricCoordinate at) { return {at.easting, at.northing}; }
Place place_of(DegreePoint at) { return {longitude_of(at), latitude_of(at)}; }

/// Less than half a step of the grid beyond ±180 or ±90 is what computing left: Natural Earth has 180.00000000000006.
std::optional<LonLat> lon_lat_at(Place at) {
  constexpr double dust = 0.5 / degree_units;
  const auto within = [](double degrees, double limit) {
    return std::abs(degrees) < limit + dust ? std::clamp(degrees, -limit, limit) : degrees;
  };
  return LonLat::make(within(at.easting, LongitudeAxis::limit), within(at.northing, LatitudeAxis::limit));
}

/// The points of one ring as they come, with what the target type makes of them.
template <class Point>
struct RingBuilder {
  Ring<Point> ring;
  /// Nothing when it is kept.
  std::optional<Reason> add(Place at) {
    ring.points.push_back({at.easting, at.northing});
    return std::nullopt;
  }
  /// The first point was moved twice.
  void close() { ring.points.pop_back(); }
};

/// Whether an edge leads from one side of the map to the other; along a pole it may, between the sides themselves.
bool crosses_map(DegreePoint a, DegreePoint b) {
  constexpr auto half_turn = static_cast<std::int64_t>(LongitudeAxis::limit * degree_units);
  const std::int64_t from = a.x, to = b.x;
  return std::abs(to - from) > half_turn && (std::abs(from) != half_turn || std::abs(to) != half_turn);
}

/// On the grid, points that fall on one another are one.
template <>
struct RingBuilder<DegreePoint> {
  Ring<DegreePoint> ring;
  std::optional<Reason> add(Place at) {
    const auto lon_lat = lon_lat_at(at);
    if (!lon_lat) return Reason::not_degrees;
    const auto point = on_grid(*lon_lat);
    if (!ring.points.empty() && crosses_map(ring.points.back(), point)) return Reason::across_antimeridian;
    if (ring.points.empty() || ring.points.back() != point) ring.points.push_back(point);
    return std::nullopt;
  }
  void close() {
    while (ring.points.size() > 1 && ring.points.front() == ring.points.back()) ring.points.pop_back();
    if (ring.points.size() < 3) ring.points.clear();
  }
};

}  // namespace

struct Reprojector::State {
  // In this order: the operation dies before its context.
  ContextHandle context;
  ObjectHandle operation;
  CrsKind from{};
  CrsKind to{};
  double from_unit = 1;  // metres or degrees

  /// A clone of the operation in a context of its own, which may go to another thread.
  static std::unique_ptr<State> with(const PJ* operation, CrsKind from, CrsKind to, double from_unit);
  [[nodiscard]] std::optional<ReprojectionFailure> refusal_before(Place at) const;
  [[nodiscard]] Reprojected<Place> moved(Place at) const;
  [[nodiscard]] double edge_metres(Place a, Place b) const;
  template <class Take>
  [[nodiscard]] std::optional<ReprojectionFailure> move_line(std::span<const Place> places, Take take) const;
  template <class To, class From>
  [[nodiscard]] Reprojected<Ring<To>> moved_ring(const Ring<From>& ring) const;
  template <class To, class From>
  [[nodiscard]] Reprojected<MultiPolygon<To>> moved_shape(const MultiPolygon<From>& shape) const;
};

namespace {

ReprojectionFailure failure_at(ReprojectionFailure::Reason reason, Place at, std::string said = {}) {
  return {.reason = reason, .easting = at.easting, .northing = at.northing, .said = std::move(said)};
}

CrsError neither_geographic_nor_projected(const std::string& definition) {
  return CrsError(
      BilingualText{"« " + definition + " » n'est ni géographique ni projeté ; écrire par exemple « EPSG:2154 »",
                    "« " + definition + " » is neither geographic nor projected; write « EPSG:2154 », say"});
}

}  // namespace

/// PROJ wraps longitudes of thousands of degrees without a word, so what cannot be degrees is stopped here.
std::optional<ReprojectionFailure> Reprojector::State::refusal_before(Place at) const {
  if (!std::isfinite(at.easting) || !std::isfinite(at.northing)) return failure_at(Reason::outside_projection, at);
  constexpr double rounding = 1e-9;
  if (from == CrsKind::geographic && (std::abs(at.easting * from_unit) > LongitudeAxis::limit + rounding ||
                                      std::abs(at.northing * from_unit) > LatitudeAxis::limit + rounding))
    return failure_at(Reason::not_degrees, at);
  return std::nullopt;
}

Reprojected<Place> Reprojector::State::moved(Place at) const {
  if (auto refusal = refusal_before(at)) return Unexpected{*std::move(refusal)};
  proj_errno_reset(operation.get());
  const PJ_COORD result = proj_trans(operation.get(), PJ_FWD, proj_coord(at.easting, at.northing, 0, HUGE_VAL));
  const Place image{result.xy.x, result.xy.y};
  if (!std::isfinite(image.easting) || !std::isfinite(image.northing))
    return Unexpected{failure_at(Reason::outside_projection, at, words_of(context.get()))};
  return image;
}

double Reprojector::State::edge_metres(Place a, Place b) const {
  if (from == to) return 0;
  if (from == CrsKind::projected) return std::hypot(a.easting - b.easting, a.northing - b.northing) * from_unit;
  return metres_between_degrees({a.easting * from_unit, a.northing * from_unit},
                                {b.easting * from_unit, b.northing * from_unit});
}

/// Moves a line with the vertices that its edges need; `take` says why an image cannot be kept, or nothing.
template <class Take>
std::optional<ReprojectionFailure> Reprojector::State::move_line(std::span<const Place> places, Take take) const {
  std::optional<ReprojectionFailure> failure;
  const auto add = [&](Place at) {
    if (failure) return;
    auto image = moved(at);
    if (!image)
      failure = std::move(image).error();
    else if (const auto refused = take(*image))
      failure = failure_at(*refused, at);
  };
  for (std::size_t index = 0; index < places.size() && !failure; ++index) {
    if (index > 0) {
      const double metres = edge_metres(places[index - 1], places[index]);
      if (metres <= longest_possible)  // also false for NaN, which `add` refuses
        cut_edge(places[index - 1], places[index], metres, longest_edge, add);
      else if (!failure)
        failure = failure_at(Reason::outside_projection, places[index]);
    }
    add(places[index]);
  }
  return failure;
}

template <class To, class From>
Reprojected<Ring<To>> Reprojector::State::moved_ring(const Ring<From>& ring) const {
  if (ring.points.empty()) return Ring<To>{};
  std::vector<Place> places;
  places.reserve(ring.points.size() + 1);
  for (const auto& point : ring.points) places.push_back(place_of(point));
  places.push_back(places.front());
  RingBuilder<To> builder;
  if (auto failure = move_line(places, [&](Place image) { return builder.add(image); }))
    return Unexpected{*std::move(failure)};
  builder.close();
  return std::move(builder.ring);
}

template <class To, class From>
Reprojected<MultiPolygon<To>> Reprojector::State::moved_shape(const MultiPolygon<From>& shape) const {
  MultiPolygon<To> moved_polygons;
  for (const auto& polygon : shape.polygons) {
    auto shell = moved_ring<To>(polygon.shell);
    if (!shell) return Unexpected{std::move(shell).error()};
    if (shell->points.empty()) continue;
    Polygon<To> moved_polygon{.shell = *std::move(shell), .holes = {}};
    for (const auto& hole : polygon.holes) {
      auto moved_hole = moved_ring<To>(hole);
      if (!moved_hole) return Unexpected{std::move(moved_hole).error()};
      if (!moved_hole->points.empty()) moved_polygon.holes.push_back(*std::move(moved_hole));
    }
    moved_polygons.polygons.push_back(std::move(moved_polygon));
  }
  return moved_polygons;
}

std::unique_ptr<Reprojector::State> Reprojector::State::with(const PJ* operation, CrsKind from, CrsKind to,
                                                             double from_unit) {
  auto context = quiet_context();
  ObjectHandle own(proj_clone(context.get(), operation));
  if (!own) throw std::bad_alloc();  // the one way in which a sound operation cannot be cloned
  return std::unique_ptr<State>(new State{
      .context = std::move(context), .operation = std::move(own), .from = from, .to = to, .from_unit = from_unit});
}

Reprojector::Reprojector(std::unique_ptr<State> state) : state_(std::move(state)) {}
Reprojector::Reprojector(Reprojector&&) noexcept = default;
Reprojector& Reprojector::operator=(Reprojector&&) noexcept = default;
Reprojector::~Reprojector() = default;

Reprojector Reprojector::make(const std::string& from_definition, const std::string& to_definition) {
  auto* const context = asking_context();
  const auto from = crs_object(context, from_definition);
  const auto to = crs_object(context, to_definition);
  const auto from_kind = kind_of(context, from.get());
  const auto to_kind = kind_of(context, to.get());
  if (from_kind == CrsKind::other || to_kind == CrsKind::other)
    throw neither_geographic_nor_projected(from_kind == CrsKind::other ? from_definition : to_definition);
  const ObjectHandle by_authority(proj_create_crs_to_crs_from_pj(context, from.get(), to.get(), nullptr, nullptr));
  // The one place where the order of axes is settled: longitude or easting first on both sides.
  const ObjectHandle operation(by_authority ? proj_normalize_for_visualization(context, by_authority.get()) : nullptr);
  if (!operation)
    throw CrsError(BilingualText{
        "PROJ ne sait pas passer de « " + from_definition + " » à « " + to_definition + " » : " + words_of(context),
        "PROJ knows no way from « " + from_definition + " » to « " + to_definition + " »: " + words_of(context)});
  return Reprojector(State::with(operation.get(), from_kind, to_kind, unit_of(context, from.get())));
}

Reprojector Reprojector::clone() const {
  return Reprojector(State::with(state_->operation.get(), state_->from, state_->to, state_->from_unit));
}

Reprojected<DegreeShape> Reprojector::to_degrees(const SourceShape& shape) const {
  assert(state_->to == CrsKind::geographic);
  return state_->moved_shape<DegreePoint>(shape);
}

Reprojected<DegreeShape> Reprojector::to_degrees(const MetricShape& shape) const {
  assert(state_->from == CrsKind::projected && state_->to == CrsKind::geographic);
  return state_->moved_shape<DegreePoint>(shape);
}

Reprojected<LonLat> Reprojector::to_degrees(SourceCoordinate place) const {
  assert(state_->to == CrsKind::geographic);
  const auto image = state_->moved(place_of(place));
  if (!image) return Unexpected{image.error()};
  const auto lon_lat = lon_lat_at(*image);
  if (!lon_lat) return Unexpected{failure_at(Reason::not_degrees, place_of(place))};
  return *lon_lat;
}

Reprojected<LonLat> Reprojector::to_degrees(MetricCoordinate place) const {
  assert(state_->from == CrsKind::projected);
  return to_degrees(SourceCoordinate{place.easting, place.northing});
}

Reprojected<AnyGeometry<LonLat>> Reprojector::to_degrees(const AnyGeometry<SourceCoordinate>& geometry) const {
  assert(state_->to == CrsKind::geographic);
  AnyGeometry<LonLat> result{.kind = geometry.kind};
  for (const auto& part : geometry.parts) {
    auto& moved_part = result.parts.emplace_back();
    for (const auto& line : part) {
      std::vector<Place> places;
      for (const auto point : line) places.push_back(place_of(point));
      auto& moved = moved_part.emplace_back();
      if (auto failure = state_->move_line(places, [&](Place image) {
            const auto place = lon_lat_at(image);
            if (place) moved.push_back(*place);
            return place ? std::nullopt : std::optional(Reason::not_degrees);
          }))
        return Unexpected{*std::move(failure)};
    }
  }
  for (const auto& member : geometry.members) {
    auto moved = to_degrees(member);
    if (!moved) return moved;
    result.members.push_back(*std::move(moved));
  }
  return result;
}

Reprojected<MetricShape> Reprojector::to_metric(const DegreeShape& shape) const {
  assert(state_->from == CrsKind::geographic && state_->to == CrsKind::projected);
  return state_->moved_shape<MetricCoordinate>(shape);
}

Reprojected<MetricCoordinate> Reprojector::to_metric(LonLat place) const {
  assert(state_->to == CrsKind::projected);
  const auto image = to_source(place);
  if (!image) return Unexpected{image.error()};
  return MetricCoordinate{image->easting, image->northing};
}

Reprojected<SourceShape> Reprojector::to_source(const DegreeShape& shape) const {
  assert(state_->from == CrsKind::geographic);
  return state_->moved_shape<SourceCoordinate>(shape);
}

Reprojected<MultiLine<SourceCoordinate>> Reprojector::to_source(const DegreeLines& lines) const {
  assert(state_->from == CrsKind::geographic);
  MultiLine<SourceCoordinate> result;
  for (const auto& line : lines.lines) {
    std::vector<Place> places;
    for (const auto point : line) places.push_back(place_of(point));
    auto& moved = result.lines.emplace_back();
    if (auto failure = state_->move_line(places, [&](Place image) {
          moved.push_back({image.easting, image.northing});
          return std::optional<Reason>();
        }))
      return Unexpected{*std::move(failure)};
  }
  return result;
}

Reprojected<SourceCoordinate> Reprojector::to_source(LonLat place) const {
  assert(state_->from == CrsKind::geographic);
  const auto image = state_->moved({place.lon.degrees(), place.lat.degrees()});
  if (!image) return Unexpected{image.error()};
  return SourceCoordinate{image->easting, image->northing};
}

BilingualText ReprojectionFailure::text() const {
  std::ostringstream place;
  place.precision(12);
  place << "(" << easting << ", " << northing << ")";
  if (reason == Reason::not_degrees)
    return {"la coordonnée " + place.str() +
                " ne peut pas être en degrés : le système de coordonnées déclaré n'est pas celui du fichier",
            "the coordinate " + place.str() + " cannot be degrees: the declared CRS is not the file's"};
  if (reason == Reason::across_antimeridian)
    return {"le bord passe l'antiméridien (longitude 180) près de la coordonnée " + place.str(),
            "the border passes the antimeridian (longitude 180) near the coordinate " + place.str()};
  return {
      "la coordonnée " + place.str() + " est hors du domaine de la projection" + (said.empty() ? "" : " : " + said),
      "the coordinate " + place.str() + " is outside what the projection covers" + (said.empty() ? "" : ": " + said)};
}

}  // namespace geoprio::projection
