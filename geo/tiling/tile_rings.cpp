#include "geo/tiling/tile_rings.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "geo/core/error.hpp"

namespace geoprio::tiling {
namespace {

[[noreturn]] void refuse(TilePoint place) {
  throw Error("the borders of a tile do not close near (" + std::to_string(place.x) + ", " + std::to_string(place.y) +
              ") in its units. This is a defect of Géoprio; please report it with the sources loaded");
}

struct Direction {
  std::int64_t dx = 0;
  std::int64_t dy = 0;
};

Direction from_to(TilePoint from, TilePoint to) { return {std::int64_t{to.x} - from.x, std::int64_t{to.y} - from.y}; }

/// Whether `a` is met before `b` when one turns clockwise from `start`; all three differ.
bool is_met_first(Direction start, Direction a, Direction b) {
  const auto cross = [](Direction u, Direction v) { return u.dx * v.dy - u.dy * v.dx; };
  const auto dot = [](Direction u, Direction v) { return u.dx * v.dx + u.dy * v.dy; };
  // In the first half turn clockwise, the end of which is opposite to `start`.
  const auto early = [&](Direction u) { return cross(start, u) < 0 || (cross(start, u) == 0 && dot(start, u) < 0); };
  if (early(a) != early(b)) return early(a);
  return cross(a, b) < 0;
}

std::int64_t doubled_area(std::span<const TilePoint> ring) {
  std::int64_t sum = 0;
  for (std::size_t i = 0, before = ring.size() - 1; i < ring.size(); before = i++)
    sum += std::int64_t{ring[before].x} * ring[i].y - std::int64_t{ring[i].x} * ring[before].y;
  return sum;
}

/// Even-odd; the point is on no edge.
bool surrounds(std::span<const TilePoint> ring, TilePoint point) {
  bool inside = false;
  for (std::size_t i = 0, before = ring.size() - 1; i < ring.size(); before = i++) {
    const TilePoint a = ring[before];
    const TilePoint b = ring[i];
    if ((a.y > point.y) == (b.y > point.y)) continue;
    const auto [low, high] = a.y < b.y ? std::pair(a, b) : std::pair(b, a);
    const auto toward = from_to(low, high);
    const auto there = from_to(low, point);
    if (toward.dx * there.dy - toward.dy * there.dx > 0) inside = !inside;
  }
  return inside;
}

class Assembly {
 public:
  explicit Assembly(std::span<const BoundaryPart> parts) : parts_(parts) {
    starts_.reserve(parts.size());
    for (std::uint32_t number = 0; number < parts.size(); ++number)
      starts_.push_back({key(parts[number].feature, parts[number].at(0)), number});
    std::ranges::sort(starts_);
    taken_.resize(parts.size());
  }

  TilePolygons run() && {
    for (std::size_t first = 0; first < starts_.size();) {
      const auto feature = parts_[starts_[first].second].feature;
      std::size_t end = first;
      while (end < starts_.size() && parts_[starts_[end].second].feature == feature) ++end;
      assemble(feature, first, end);
      first = end;
    }
    return std::move(result_);
  }

 private:
  struct Hole {
    std::vector<TilePoint> points;
    std::optional<std::size_t> shell;  ///< of the same cycle; none for one that floats
  };

  static std::uint64_t key(std::uint32_t feature, TilePoint point) {
    // 13 bits an axis: the box is 4225 units across.
    return std::uint64_t{feature} << 32U | static_cast<std::uint64_t>(point.x + tile_buffer) << 16U |
           static_cast<std::uint64_t>(point.y + tile_buffer);
  }

  void assemble(std::uint32_t feature, std::size_t first, std::size_t end) {
    shells_.clear();
    holes_.clear();
    for (auto start = first; start < end; ++start)
      if (!taken_[start]) trace(start);
    if (shells_.empty()) refuse(parts_[starts_[first].second].at(0));
    place_floating_holes();
    const auto first_ring = static_cast<std::uint32_t>(result_.rings.size());
    for (std::size_t shell = 0; shell < shells_.size(); ++shell) {
      add_ring(shells_[shell], false);
      for (const auto& hole : holes_)
        if (hole.shell == shell) add_ring(hole.points, true);
    }
    result_.features.push_back({feature, first_ring, static_cast<std::uint32_t>(result_.rings.size())});
  }

  void add_ring(std::span<const TilePoint> ring, bool hole) {
    result_.points.insert(result_.points.end(), ring.begin(), ring.end());
    result_.rings.push_back({static_cast<std::uint32_t>(result_.points.size()), hole});
  }

  /// Follows the boundary of one connected interior and cuts its cycle wherever it comes back to a point.
  void trace(std::size_t start) {
    path_.clear();
    path_starts_.clear();
    const auto first_hole = holes_.size();
    std::optional<std::size_t> shell;
    for (auto place = start; !taken_[place]; place = next_of(place)) {
      taken_[place] = true;
      const auto& part = parts_[starts_[place].second];
      const bool may_come_back = branches(place);
      if (may_come_back) close_ring_at(part.at(0), shell);
      if (may_come_back || place == start) path_starts_.push_back({part.at(0), path_.size()});
      for (std::size_t point = 0; point + 1 < part.size(); ++point) path_.push_back(part.at(point));
    }
    close_ring_at(parts_[starts_[start].second].at(0), shell);
    if (!path_.empty()) refuse(path_.front());
    for (auto hole = first_hole; hole < holes_.size(); ++hole) holes_[hole].shell = shell;
  }

  /// Whether several parts of the feature start there.
  [[nodiscard]] bool branches(std::size_t place) const {
    return (place > 0 && starts_[place - 1].first == starts_[place].first) ||
           (place + 1 < starts_.size() && starts_[place + 1].first == starts_[place].first);
  }

  /// When the path has been at `point`, what it did since is a ring.
  void close_ring_at(TilePoint point, std::optional<std::size_t>& shell) {
    const auto found = std::ranges::find(path_starts_, point, &std::pair<TilePoint, std::size_t>::first);
    if (found == path_starts_.end()) return;
    const auto begin = path_.begin() + static_cast<std::ptrdiff_t>(found->second);
    std::vector<TilePoint> ring(begin, path_.end());
    path_.erase(begin, path_.end());
    path_starts_.erase(found, path_starts_.end());
    if (doubled_area(ring) < 0) {
      holes_.push_back({std::move(ring), std::nullopt});
      return;
    }
    if (shell) refuse(point);
    shell = shells_.size();
    shells_.push_back(std::move(ring));
  }

  /// The part of the same feature that goes on where this one ends: where several do, the one that keeps closest to the
  /// land on the left.
  [[nodiscard]] std::size_t next_of(std::size_t place) const {
    const auto& part = parts_[starts_[place].second];
    const TilePoint end = part.at(part.size() - 1);
    const auto here = key(part.feature, end);
    auto candidate = std::ranges::lower_bound(starts_, here, {}, &Start::first);
    if (candidate == starts_.end() || candidate->first != here) refuse(end);
    auto best = candidate;
    const auto back = from_to(end, part.at(part.size() - 2));
    for (++candidate; candidate != starts_.end() && candidate->first == here; ++candidate)
      if (is_met_first(back, from_to(end, parts_[candidate->second].at(1)), from_to(end, parts_[best->second].at(1))))
        best = candidate;
    return static_cast<std::size_t>(best - starts_.begin());
  }

  /// Rings of a component that touches nothing of what surrounds it.
  void place_floating_holes() {
    for (auto& hole : holes_) {
      if (hole.shell) continue;
      std::int64_t smallest = 0;
      for (std::size_t shell = 0; shell < shells_.size(); ++shell) {
        const auto area = doubled_area(shells_[shell]);
        if ((!hole.shell || area < smallest) && surrounds(shells_[shell], hole.points.front())) {
          hole.shell = shell;
          smallest = area;
        }
      }
      if (!hole.shell) refuse(hole.points.front());
    }
  }

  using Start = std::pair<std::uint64_t, std::uint32_t>;  ///< feature and first point, number of the part

  std::span<const BoundaryPart> parts_;
  std::vector<Start> starts_;
  std::vector<bool> taken_;  ///< by place in starts_
  std::vector<TilePoint> path_;
  std::vector<std::pair<TilePoint, std::size_t>> path_starts_;  ///< where the path may come back to
  std::vector<std::vector<TilePoint>> shells_;
  std::vector<Hole> holes_;
  TilePolygons result_;
};

}  // namespace

TilePolygons assembled_polygons(std::span<const BoundaryPart> parts) { return Assembly(parts).run(); }

}  // namespace geoprio::tiling
