#include "tileserver/service/bounding_box.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "geo/core/int128.hpp"
#include "geo/core/lon_lat.hpp"
#include "tileserver/service/crs_parameter.hpp"

namespace geoprio::service {
namespace {

/// The numbers of a list `1,2.5,-3`; nothing when one is none.
std::optional<std::vector<double>> numbers_of(std::string_view text) {
  constexpr std::size_t most_numbers = 6;
  std::vector<double> numbers;
  while (numbers.size() <= most_numbers) {
    const std::size_t comma = std::min(text.find(','), text.size());
    double number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + comma, number);
    if (fault != std::errc() || end != text.data() + comma) return std::nullopt;
    numbers.push_back(number);
    if (comma == text.size()) return numbers;
    text.remove_prefix(comma + 1);
  }
  return std::nullopt;
}

Problem not_a_box(std::string_view text) {
  return {.status = 400,
          .kind = "broken-bbox",
          .detail =
              {"bbox attend 4 ou 6 nombres : le coin bas puis le coin haut, dans l'ordre des axes de bbox-crs. Sans "
               "bbox-crs : "
               "ouest,sud,est,nord en degrés, longitudes de -180 à 180, latitudes de -90 à 90, sud ≤ nord.",
               "bbox takes 4 or 6 numbers: the lower corner, then the upper, in the order of axes of bbox-crs. Without "
               "bbox-crs: west,south,east,north in degrees, longitudes from -180 to 180, latitudes from -90 to 90, "
               "south ≤ north."},
          .parameter = "bbox",
          .value = std::string(text)};
}

/// Twice the signed area of the triangle: 0 when its corners are in line. Differences of 32-bit numbers need 33 bits,
/// their products 66.
int128 turn(DegreePoint a, DegreePoint b, DegreePoint c) {
  const int128 dx1 = std::int64_t{b.x} - a.x;
  const int128 dy1 = std::int64_t{b.y} - a.y;
  const int128 dx2 = std::int64_t{c.x} - a.x;
  const int128 dy2 = std::int64_t{c.y} - a.y;
  return dx1 * dy2 - dy1 * dx2;
}

/// Whether a segment meets a closed box: their bounds do, and the box's corners are not all on one side of its line.
bool meets(DegreePoint from, DegreePoint to, const DegreeBox& box) {
  DegreeBox bounds = DegreeBox::around(from);
  bounds.extend(to);
  if (!bounds.intersects(box)) return false;
  const std::array<DegreePoint, 4> corners = {{box.low, {box.high.x, box.low.y}, box.high, {box.low.x, box.high.y}}};
  bool left = false;
  bool right = false;
  for (const auto corner : corners) {
    const int128 side = turn(from, to, corner);
    left = left || side >= 0;
    right = right || side <= 0;
  }
  return left && right;
}

bool border_meets(const Ring<DegreePoint>& ring, const DegreeBox& box) {
  for (std::size_t at = 0; at < ring.points.size(); ++at)
    if (meets(ring.points[at], ring.points[at + 1 == ring.points.size() ? 0 : at + 1], box)) return true;
  return false;
}

/// How many of the ring's edges a ray from `point` to the east crosses, as odd or even.
bool odd_crossings(const Ring<DegreePoint>& ring, DegreePoint point) {
  bool odd = false;
  for (std::size_t at = 0; at < ring.points.size(); ++at) {
    const auto from = ring.points[at];
    const auto to = ring.points[at + 1 == ring.points.size() ? 0 : at + 1];
    if ((from.y > point.y) == (to.y > point.y)) continue;
    const int128 side = turn(from, to, point);
    if ((to.y > from.y) == (side > 0)) odd = !odd;
  }
  return odd;
}

/// No border of the polygon meets the box, so it is wholly inside or wholly outside: any of its points tells.
bool holds(const Polygon<DegreePoint>& polygon, DegreePoint point) {
  bool odd = odd_crossings(polygon.shell, point);
  for (const auto& hole : polygon.holes) odd = odd != odd_crossings(hole, point);
  return odd;
}

bool intersects(const DegreeShape& shape, const DegreeBox& box) {
  for (const auto& polygon : shape.polygons) {
    if (border_meets(polygon.shell, box)) return true;
    for (const auto& hole : polygon.holes)
      if (border_meets(hole, box)) return true;
    if (holds(polygon, box.low)) return true;
  }
  return false;
}

bool intersects(const DegreeLines& lines, const DegreeBox& box) {
  for (const auto& line : lines.lines)
    for (std::size_t at = 1; at < line.size(); ++at)
      if (meets(line[at - 1], line[at], box)) return true;
  return false;
}

bool contains(const DegreeBox& box, const DegreeBox& inner) {
  return box.low.x <= inner.low.x && box.low.y <= inner.low.y && inner.high.x <= box.high.x &&
         inner.high.y <= box.high.y;
}

bool selected_by(const DegreeBox& box, const domain::Features& features, std::size_t place) {
  const auto bounds = features.bounds(place);
  if (!bounds || !box.intersects(*bounds)) return false;
  if (contains(box, *bounds)) return true;
  const auto geometry = features.geometry(place);
  if (const auto* shape = std::get_if<DegreeShape>(&geometry)) return intersects(*shape, box);
  if (const auto* lines = std::get_if<DegreeLines>(&geometry)) return intersects(*lines, box);
  return false;
}

/// West, south, east and north of a shape in a plane.
std::array<double, 4> plane_box(const SourceShape& shape) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  std::array<double, 4> box = {infinity, infinity, -infinity, -infinity};
  for (const auto& polygon : shape.polygons)
    for (const auto& place : polygon.shell.points)
      box = {std::min(box[0], place.easting), std::min(box[1], place.northing), std::max(box[2], place.easting),
             std::max(box[3], place.northing)};
  return box;
}

}  // namespace

Result<BoundingBox, Problem> BoundingBox::parse(std::string_view text, const projection::OfferedCrs& crs,
                                                const std::optional<DegreeBox>& around) {
  const auto numbers = numbers_of(text);
  if (!numbers || (numbers->size() != 4 && numbers->size() != 6)) return Unexpected{not_a_box(text)};
  const std::size_t second = numbers->size() / 2;
  std::array<double, 4> corners = {(*numbers)[0], (*numbers)[1], (*numbers)[second], (*numbers)[second + 1]};
  if (crs.northing_first()) {
    std::swap(corners[0], corners[1]);
    std::swap(corners[2], corners[3]);
  }
  if (crs.is_wgs84_degrees()) return of_degrees(text, corners);
  const bool finite = std::all_of(corners.begin(), corners.end(), [](double number) { return std::isfinite(number); });
  if (!finite || corners[0] > corners[2] || corners[1] > corners[3]) return Unexpected{not_a_box(text)};
  if (!around) return BoundingBox({});
  return of_projected(text, corners, crs, *around);
}

Result<BoundingBox, Problem> BoundingBox::of_degrees(std::string_view text, const std::array<double, 4>& corners) {
  const auto low = LonLat::make(corners[0], corners[1]);
  const auto high = LonLat::make(corners[2], corners[3]);
  if (!low || !high || low->lat > high->lat) return Unexpected{not_a_box(text)};

  const DegreePoint south_west = on_grid(*low);
  const DegreePoint north_east = on_grid(*high);
  if (low->lon <= high->lon) return BoundingBox({DegreeBox{south_west, north_east}});
  constexpr std::int32_t antimeridian = 1'800'000'000;
  return BoundingBox(
      {DegreeBox{south_west, {antimeridian, north_east.y}}, DegreeBox{{-antimeridian, south_west.y}, north_east}});
}

/// A box of one plane is none in the other. It is cut down to where the layer is, so that a box of half the world does
/// not reach where the projection folds; there its border, with vertices every 500 m, is moved to degrees.
Result<BoundingBox, Problem> BoundingBox::of_projected(std::string_view text, std::array<double, 4> corners,
                                                       const projection::OfferedCrs& crs, const DegreeBox& around) {
  const DegreeShape region{
      {{{{around.low, {around.high.x, around.low.y}, around.high, {around.low.x, around.high.y}}}, {}}}};
  const auto there = worker_reprojector(projection::degrees_crs, crs.definition()).to_source(region);
  if (!there) return Unexpected{outside_crs("bbox-crs", crs, there.error())};
  auto reach = plane_box(*there);
  // A metre, or what is 100 km in degrees: the region's border is not where the box ends.
  for (const std::size_t low : {0U, 1U}) {
    corners[low] = std::max(corners[low], reach[low] - 1);
    corners[low + 2] = std::min(corners[low + 2], reach[low + 2] + 1);
    if (corners[low] > corners[low + 2]) return BoundingBox({});
  }
  const auto [west, south, east, north] = corners;
  // GEOS knows no polygon without land: a line or a point is made of such a box.
  AnyGeometry<SourceCoordinate> outline{
      .kind = GeometryKind::polygon,
      .parts = {{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}}}};
  if (west == east && south == north)
    outline = {.kind = GeometryKind::point, .parts = {{{{west, south}}}}};
  else if (west == east || south == north)
    outline = {.kind = GeometryKind::line, .parts = {{{{west, south}, {east, north}}}}};
  const auto moved = worker_reprojector(crs.definition(), projection::degrees_crs).to_degrees(outline);
  if (!moved) return Unexpected{outside_crs("bbox-crs", crs, moved.error())};
  auto compared = geometry::ComparedGeometry::make(*moved);
  if (!compared || !compared->bounds()) return Unexpected{not_a_box(text)};
  BoundingBox box({*compared->bounds()});
  box.outline_ = std::make_shared<const geometry::ComparedGeometry>(std::move(compared).value());
  return box;
}

bool BoundingBox::selects(const domain::Features& features, std::size_t place) const {
  if (outline_) {
    const auto bounds = features.bounds(place);
    return bounds && boxes_.front().intersects(*bounds) &&
           outline_->holds(features.geometry(place), geometry::Relation::intersects);
  }
  return std::any_of(boxes_.begin(), boxes_.end(),
                     [&](const DegreeBox& box) { return selected_by(box, features, place); });
}

}  // namespace geoprio::service
