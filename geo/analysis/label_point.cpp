// The search is a quadtree refined best cell first (as Mapbox's polylabel does, after Garcia-Castellanos & Lombardo
// 2007): a cell whose centre is d from the border, and whose half diagonal is r, holds no point farther than d + r from
// it.
#include "geo/analysis/label_point.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <queue>
#include <utility>
#include <vector>

namespace geoprio::analysis {
namespace {

// Metres east and north of an origin; only good near it, and only for choosing a point.
struct PlanarPoint {
  double x{}, y{};
};

// Equirectangular at the shape's middle latitude, with WGS 84's radii of curvature there.
class LocalPlane {
 public:
  explicit LocalPlane(DegreePoint origin) : origin_(origin) {
    constexpr double semi_major = 6378137, eccentricity_squared = 0.00669437999014;
    constexpr double radian = std::numbers::pi / 180;
    const double sine = std::sin(latitude_of(origin) * radian), cosine = std::cos(latitude_of(origin) * radian);
    const double curvature = 1 - eccentricity_squared * sine * sine;
    const double prime_vertical = semi_major / std::sqrt(curvature);
    const double meridian = prime_vertical * (1 - eccentricity_squared) / curvature;
    // At a pole every longitude is one place; the floor keeps the way back to degrees finite.
    metres_per_x_ = std::max(prime_vertical * cosine, 100.0) * radian / degree_units;
    metres_per_y_ = meridian * radian / degree_units;
  }

  [[nodiscard]] PlanarPoint planar(DegreePoint point) const {
    return {(static_cast<double>(point.x) - origin_.x) * metres_per_x_,
            (static_cast<double>(point.y) - origin_.y) * metres_per_y_};
  }
  [[nodiscard]] DegreePoint nearest_grid_point(PlanarPoint point) const {
    return {static_cast<std::int32_t>(origin_.x + std::lround(point.x / metres_per_x_)),
            static_cast<std::int32_t>(origin_.y + std::lround(point.y / metres_per_y_))};
  }

 private:
  DegreePoint origin_;
  double metres_per_x_{}, metres_per_y_{};
};

using PlanarRing = std::vector<PlanarPoint>;

// The first ring is the shell.
using PlanarPolygon = std::vector<PlanarRing>;

template <class Edge>
void for_each_edge(const PlanarPolygon& polygon, Edge edge) {
  for (const auto& ring : polygon)
    for (std::size_t end = 0, start = ring.size() - 1; end < ring.size(); start = end++) edge(ring[start], ring[end]);
}

double signed_area(const PlanarRing& ring) {
  double twice = 0;
  for (std::size_t end = 0, start = ring.size() - 1; end < ring.size(); start = end++)
    twice += ring[start].x * ring[end].y - ring[end].x * ring[start].y;
  return twice / 2;
}

double area(const PlanarPolygon& polygon) {
  double sum = std::abs(signed_area(polygon.front()));
  for (std::size_t hole = 1; hole < polygon.size(); ++hole) sum -= std::abs(signed_area(polygon[hole]));
  return sum;
}

PlanarPoint centroid(const PlanarRing& ring) {
  const double whole = signed_area(ring);
  if (whole == 0) return ring.front();
  PlanarPoint sum;
  for (std::size_t end = 0, start = ring.size() - 1; end < ring.size(); start = end++) {
    const double cross = ring[start].x * ring[end].y - ring[end].x * ring[start].y;
    sum.x += (ring[start].x + ring[end].x) * cross;
    sum.y += (ring[start].y + ring[end].y) * cross;
  }
  return {sum.x / (6 * whole), sum.y / (6 * whole)};
}

double squared_distance(PlanarPoint point, PlanarPoint start, PlanarPoint end) {
  const double dx = end.x - start.x, dy = end.y - start.y;
  const double length = dx * dx + dy * dy;
  const double along = length == 0 ? 0 : ((point.x - start.x) * dx + (point.y - start.y) * dy) / length;
  const double share = std::clamp(along, 0.0, 1.0);
  const double ex = point.x - (start.x + share * dx), ey = point.y - (start.y + share * dy);
  return ex * ex + ey * ey;
}

// Metres to the nearest border; negative outside. Inside is even-odd.
double signed_distance(PlanarPoint point, const PlanarPolygon& polygon) {
  bool inside = false;
  double nearest = std::numeric_limits<double>::infinity();
  for_each_edge(polygon, [&](PlanarPoint start, PlanarPoint end) {
    if ((start.y > point.y) != (end.y > point.y) &&
        point.x < (end.x - start.x) * (point.y - start.y) / (end.y - start.y) + start.x)
      inside = !inside;
    nearest = std::min(nearest, squared_distance(point, start, end));
  });
  return inside ? std::sqrt(nearest) : -std::sqrt(nearest);
}

struct Cell {
  PlanarPoint centre;
  double half_side = 0;
  double distance = 0;  // of the centre

  static Cell at(PlanarPoint centre, double half_side, const PlanarPolygon& polygon) {
    return {centre, half_side, signed_distance(centre, polygon)};
  }
  [[nodiscard]] double most() const { return distance + half_side * std::numbers::sqrt2; }
};

// The most promising cell first; place breaks ties, so that the order of a heap never shows.
struct LessPromising {
  bool operator()(const Cell& a, const Cell& b) const {
    if (a.most() != b.most()) return a.most() < b.most();
    if (a.centre.y != b.centre.y) return a.centre.y < b.centre.y;
    return a.centre.x > b.centre.x;
  }
};

class PoleSearch {
 public:
  PoleSearch(const PlanarPolygon& polygon, double precision) : polygon_(polygon), precision_(precision) {
    // The centroid first: of equally good points it is the one that people expect.
    best_ = Cell::at(centroid(polygon.front()), 0, polygon);
    cover();
  }

  PlanarPoint pole() {
    // A long band with parallel sides has a whole line of poles, which the refinement would follow to the last metre.
    constexpr int most_cells = 20'000;
    for (int count = 0; !open_.empty() && count < most_cells; ++count) {
      const auto cell = open_.top();
      open_.pop();
      if (cell.most() <= best_.distance + precision_) break;
      const double half = cell.half_side / 2;
      for (const double dy : {-half, half})
        for (const double dx : {-half, half}) offer({cell.centre.x + dx, cell.centre.y + dy}, half);
    }
    return best_.centre;
  }

 private:
  void cover() {
    constexpr double most_cells_a_side = 64;
    auto low = polygon_.front().front(), high = low;
    for (const auto& point : polygon_.front()) {
      low = {std::min(low.x, point.x), std::min(low.y, point.y)};
      high = {std::max(high.x, point.x), std::max(high.y, point.y)};
    }
    const double width = high.x - low.x, height = high.y - low.y;
    const double side = std::max(std::min(width, height), std::max(width, height) / most_cells_a_side);
    if (!(side > 0)) return;
    const auto columns = static_cast<int>(std::ceil(width / side));
    const auto rows = static_cast<int>(std::ceil(height / side));
    for (int row = 0; row < rows; ++row)
      for (int column = 0; column < columns; ++column)
        offer({low.x + side * (column + 0.5), low.y + side * (row + 0.5)}, side / 2);
  }

  void offer(PlanarPoint centre, double half_side) {
    const auto cell = Cell::at(centre, half_side, polygon_);
    if (cell.distance > best_.distance) best_ = cell;
    if (cell.most() > best_.distance + precision_) open_.push(cell);
  }

  const PlanarPolygon& polygon_;
  double precision_;
  Cell best_;
  std::priority_queue<Cell, std::vector<Cell>, LessPromising> open_;
};

PlanarPolygon planar_polygon(const Polygon<DegreePoint>& polygon, const LocalPlane& plane) {
  PlanarPolygon result;
  const auto add = [&](const Ring<DegreePoint>& ring) {
    if (ring.points.size() < 3) return;
    PlanarRing planar;
    planar.reserve(ring.points.size());
    for (const auto point : ring.points) planar.push_back(plane.planar(point));
    result.push_back(std::move(planar));
  };
  add(polygon.shell);
  if (result.empty()) return result;
  for (const auto& hole : polygon.holes) add(hole);
  return result;
}

// The middle of the bounding box of everything.
std::optional<DegreePoint> middle_of(const DegreeShape& shape) {
  std::optional<DegreePoint> low, high;
  for (const auto& polygon : shape.polygons)
    for (const auto point : polygon.shell.points) {
      low = low ? DegreePoint{std::min(low->x, point.x), std::min(low->y, point.y)} : point;
      high = high ? DegreePoint{std::max(high->x, point.x), std::max(high->y, point.y)} : point;
    }
  if (!low) return std::nullopt;
  const auto between = [](std::int32_t a, std::int32_t b) {
    return static_cast<std::int32_t>((std::int64_t{a} + std::int64_t{b}) / 2);
  };
  return DegreePoint{between(low->x, high->x), between(low->y, high->y)};
}

}  // namespace

std::optional<DegreePoint> label_point(const DegreeShape& shape, Metres precision) {
  const auto origin = middle_of(shape);
  if (!origin) return std::nullopt;
  const LocalPlane plane(*origin);
  PlanarPolygon largest;
  double largest_area = 0;
  for (const auto& polygon : shape.polygons) {
    auto candidate = planar_polygon(polygon, plane);
    if (candidate.empty() || !(area(candidate) > largest_area)) continue;
    largest_area = area(candidate);
    largest = std::move(candidate);
  }
  if (largest.empty()) return std::nullopt;
  // A centimetre is the grid: to look for less would never end.
  const auto pole = plane.nearest_grid_point(PoleSearch(largest, std::max(precision.value(), 0.01)).pole());
  if (signed_distance(plane.planar(pole), largest) > 0) return pole;
  return plane.nearest_grid_point(largest.front().front());
}

}  // namespace geoprio::analysis
