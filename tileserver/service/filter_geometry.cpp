#include "tileserver/service/filter_geometry.hpp"

#include <string>
#include <utility>

#include "tileserver/service/crs_parameter.hpp"

namespace geoprio::service {
namespace {

using Written = AnyGeometry<SourceCoordinate>;
using InDegrees = AnyGeometry<LonLat>;

Problem broken_geometry(const std::string& french, const std::string& english) {
  return {.status = 400,
          .kind = "broken-geometry",
          .detail = {"La géométrie du filtre " + french + ".", "The filter's geometry " + english + "."},
          .parameter = "filter"};
}

/// Easting or longitude first.
void swap_axes(Written& geometry) {
  for (auto& part : geometry.parts)
    for (auto& line : part)
      for (auto& place : line) std::swap(place.easting, place.northing);
  for (auto& member : geometry.members) swap_axes(member);
}

/// The land of a box; two pieces across the antimeridian, which only degrees have; a line or a point where it is thin.
Written land_of_box(SourceCoordinate low, SourceCoordinate high, bool degrees) {
  const auto rectangle = [&](double west, double east) {
    return std::vector<std::vector<SourceCoordinate>>{{{west, low.northing},
                                                       {east, low.northing},
                                                       {east, high.northing},
                                                       {west, high.northing},
                                                       {west, low.northing}}};
  };
  if (degrees && low.easting > high.easting)
    return {.kind = GeometryKind::multi_polygon,
            .parts = {rectangle(low.easting, LongitudeAxis::limit), rectangle(-LongitudeAxis::limit, high.easting)}};
  if (low == high) return {.kind = GeometryKind::point, .parts = {{{low}}}};
  if (low.easting == high.easting || low.northing == high.northing)
    return {.kind = GeometryKind::line, .parts = {{{low, high}}}};
  return {.kind = GeometryKind::polygon, .parts = {rectangle(low.easting, high.easting)}};
}

/// Nothing when a position is no place on Earth.
std::optional<InDegrees> as_degrees(const Written& geometry) {
  InDegrees result{.kind = geometry.kind};
  for (const auto& part : geometry.parts) {
    auto& lines = result.parts.emplace_back();
    for (const auto& line : part) {
      auto& places = lines.emplace_back();
      for (const auto& place : line) {
        const auto lon_lat = LonLat::make(place.easting, place.northing);
        if (!lon_lat) return std::nullopt;
        places.push_back(*lon_lat);
      }
    }
  }
  for (const auto& member : geometry.members) {
    auto moved = as_degrees(member);
    if (!moved) return std::nullopt;
    result.members.push_back(*std::move(moved));
  }
  return result;
}

}  // namespace

geometry::Relation geos_relation(expression::SpatialRelation relation) {
  using expression::SpatialRelation;
  using geometry::Relation;
  switch (relation) {
    case SpatialRelation::intersects:
      return Relation::intersects;
    case SpatialRelation::equals:
      return Relation::equals;
    case SpatialRelation::disjoint:
      return Relation::disjoint;
    case SpatialRelation::touches:
      return Relation::touches;
    case SpatialRelation::within:
      return Relation::within;
    case SpatialRelation::overlaps:
      return Relation::overlaps;
    case SpatialRelation::crosses:
      return Relation::crosses;
    case SpatialRelation::contains:
      break;
  }
  return Relation::contains;
}

Result<geometry::ComparedGeometry, Problem> filter_geometry(const expression::SpatialLiteral& literal,
                                                            const projection::OfferedCrs& crs) {
  Written written = literal.geometry;
  if (crs.northing_first()) swap_axes(written);
  if (literal.box) {
    const auto& corners = written.parts.front().front();
    if (corners[0].northing > corners[1].northing || (!crs.is_geographic() && corners[0].easting > corners[1].easting))
      return Unexpected{broken_geometry("est une boîte dont le coin bas dépasse le coin haut",
                                        "is a box whose lower corner is beyond its upper")};
    written = land_of_box(corners[0], corners[1], crs.is_geographic());
  }
  std::optional<InDegrees> degrees;
  if (crs.is_wgs84_degrees()) {
    degrees = as_degrees(written);
    if (!degrees)
      return Unexpected{broken_geometry("a une position hors des longitudes de -180 à 180 et des latitudes de -90 à 90",
                                        "has a position outside longitudes -180 to 180 and latitudes -90 to 90")};
  } else {
    auto moved = worker_reprojector(crs.definition(), projection::degrees_crs).to_degrees(written);
    if (!moved) return Unexpected{outside_crs("filter-crs", crs, moved.error())};
    degrees = *std::move(moved);
  }
  auto compared = geometry::ComparedGeometry::make(*degrees);
  if (!compared)
    return Unexpected{broken_geometry("n'est pas valide : " + compared.error(), "is not valid: " + compared.error())};
  return std::move(compared).value();
}

}  // namespace geoprio::service
