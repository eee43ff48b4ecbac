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

/// A part by where it starts; parts are looked up by feature and start.
struct Start {
  std::uint32_t point = 0;  ///< 13 bits an axis: the box is 4225 units across
  std::uint32_t part = 0;
  constexpr auto operator<=>(const Start&) const = default;
};

std::uint32_t packed(TilePoint point) {
  return static_cast<std::uint32_t>(point.x + tile_buffer) << 16U | static_cast<std::uint32_t>(point.y + tile_buffer);
}

/// Parts in the order of their features, then of their starts.
std::vector<Start> sorted_starts(std::span<const BoundaryPart> parts) {
  std::vector<Start> starts(parts.size());
  const auto feature_of = [&](const Start& start) { return parts[start.part].feature(); };
  const auto [first, last] = std::ranges::minmax(parts, {}, &BoundaryPart::feature);
  const auto lowest = first.feature();
  const std::size_t range = std::size_t{last.feature()} - lowest + 1;
  const auto start_of = [&](std::uint32_t part) { return Start{packed(parts[part].at(0)), part}; };
  if (range > 8 * parts.size()) {
    for (std::uint32_t part = 0; part < parts.size(); ++part) starts[part] = start_of(part);
    std::ranges::sort(starts, {}, [&](const Start& start) { return std::pair(feature_of(start), start); });
    return starts;
  }
  // Counted: a third of the time of a tile of ten thousand features went into comparing.
  std::vector<std::uint32_t> places(range + 1, 0);
  for (const auto& part : parts) ++places[part.feature() - lowest + 1];
  for (std::size_t i = 1; i < places.size(); ++i) places[i] += places[i - 1];
  for (std::uint32_t part = 0; part < parts.size(); ++part)
    starts[places[parts[part].feature() - lowest]++] = start_of(part);
  // Where the starts of a feature began, those of the next one begin now: each place went to its feature's end.
  for (std::size_t i = 0; i < range; ++i)
    std::sort(starts.begin() + (i == 0 ? 0 : places[i - 1]), starts.begin() + places[i]);
  return starts;
}

class Assembly {
 public:
  explicit Assembly(std::span<const BoundaryPart> parts)
      : parts_(parts), starts_(sorted_starts(parts)), taken_(parts.size()) {}

  void run(const TakePolygons& take) && {
    for (std::size_t first = 0; first < starts_.size(); first = end_) {
      result_.feature = part_at(first).feature();
      result_.points.clear();
      result_.rings.clear();
      end_ = first;
      while (end_ < starts_.size() && part_at(end_).feature() == result_.feature) ++end_;
      first_ = first;
      if (!assemble_one_ring()) assemble();
      take(result_);
    }
  }

 private:
  struct Hole {
    std::vector<TilePoint> points;
    std::optional<std::size_t> shell;  ///< of the same cycle; none for one that floats
  };

  [[nodiscard]] const BoundaryPart& part_at(std::size_t place) const { return parts_[starts_[place].part]; }

  /// What most features are: one ring that comes back to no point. False, with nothing changed, for all others.
  bool assemble_one_ring() {
    for (auto place = first_; place + 1 < end_; ++place)
      if (starts_[place].point == starts_[place + 1].point) return false;
    std::size_t count = 0;
    auto place = first_;
    do {
      const auto& part = part_at(place);
      for (std::size_t point = 0; point + 1 < part.size(); ++point) result_.points.push_back(part.at(point));
      ++count;
      place = next_of(place);
    } while (place != first_ && count <= end_ - first_);
    if (count != end_ - first_ || doubled_area(result_.points) < 0) {
      result_.points.clear();
      return false;
    }
    result_.rings.push_back({static_cast<std::uint32_t>(result_.points.size()), false});
    return true;
  }

  void assemble() {
    shells_.clear();
    holes_.clear();
    for (auto start = first_; start < end_; ++start)
      if (!taken_[start]) trace(start);
    if (shells_.empty()) refuse(part_at(first_).at(0));
    place_floating_holes();
    for (std::size_t shell = 0; shell < shells_.size(); ++shell) {
      add_ring(shells_[shell], false);
      for (const auto& hole : holes_)
        if (hole.shell == shell) add_ring(hole.points, true);
    }
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
      const auto& part = part_at(place);
      const bool may_come_back = branches(place);
      if (may_come_back) close_ring_at(part.at(0), shell);
      if (may_come_back || place == start) path_starts_.emplace_back(part.at(0), path_.size());
      for (std::size_t point = 0; point + 1 < part.size(); ++point) path_.push_back(part.at(point));
    }
    close_ring_at(part_at(start).at(0), shell);
    if (!path_.empty()) refuse(path_.front());
    for (auto hole = first_hole; hole < holes_.size(); ++hole) holes_[hole].shell = shell;
  }

  /// Whether several parts of the feature start there.
  [[nodiscard]] bool branches(std::size_t place) const {
    return (place > first_ && starts_[place - 1].point == starts_[place].point) ||
           (place + 1 < end_ && starts_[place + 1].point == starts_[place].point);
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
    const auto& part = part_at(place);
    const TilePoint end = part.at(part.size() - 1);
    const auto here = packed(end);
    const auto last = starts_.begin() + static_cast<std::ptrdiff_t>(end_);
    auto candidate = std::lower_bound(starts_.begin() + static_cast<std::ptrdiff_t>(first_), last, Start{here, 0});
    if (candidate == last || candidate->point != here) refuse(end);
    auto best = candidate;
    for (++candidate; candidate != last && candidate->point == here; ++candidate) {
      const auto back = from_to(end, part.at(part.size() - 2));
      if (is_met_first(back, from_to(end, parts_[candidate->part].at(1)), from_to(end, parts_[best->part].at(1))))
        best = candidate;
    }
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

  std::span<const BoundaryPart> parts_;
  std::vector<Start> starts_;
  std::size_t first_ = 0;  ///< of the feature at hand, in starts_
  std::size_t end_ = 0;
  std::vector<bool> taken_;  ///< by place in starts_
  std::vector<TilePoint> path_;
  std::vector<std::pair<TilePoint, std::size_t>> path_starts_;  ///< where the path may come back to
  std::vector<std::vector<TilePoint>> shells_;
  std::vector<Hole> holes_;
  FeaturePolygons result_;
};

}  // namespace

void assemble_polygons(std::span<const BoundaryPart> parts, const TakePolygons& take) {
  if (!parts.empty()) Assembly(parts).run(take);
}

}  // namespace geoprio::tiling
