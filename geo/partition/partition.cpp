#include "geo/partition/partition.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "geo/core/ellipsoid_area.hpp"
#include "geo/core/error.hpp"
#include "geo/core/parallel.hpp"

namespace geoprio::partition {
namespace {

std::vector<OwnedSegment> segments_of(std::span<const PartitionInput> perimeters) {
  std::size_t count = 0;
  for (const auto& perimeter : perimeters)
    for (const auto& ring : perimeter.rings) count += ring.points.size();
  std::vector<OwnedSegment> segments;
  segments.reserve(count);
  for (std::uint32_t owner = 0; owner < perimeters.size(); ++owner)
    for (const auto& ring : perimeters[owner].rings)
      for (std::size_t i = 0; i < ring.points.size(); ++i) {
        const auto& from = ring.points[i == 0 ? ring.points.size() - 1 : i - 1];
        const auto& to = ring.points[i];
        segments.push_back({{from.x, from.y}, {to.x, to.y}, owner});
      }
  return segments;
}

/// The numbers of sorted vertices by their place: a table of columns, then a search among the few of one column. A
/// search among all touches a new line of memory at each of its twenty steps.
class VertexNumbers {
 public:
  explicit VertexNumbers(std::span<const PlanePoint> vertices) : vertices_(vertices) {
    if (vertices.empty()) return;
    const auto width = static_cast<std::uint64_t>(std::int64_t{vertices.back().x} - vertices.front().x) + 1;
    while ((width >> bits_) > vertices.size()) ++bits_;
    starts_.assign((width >> bits_) + 2, 0);
    for (const auto& vertex : vertices) ++starts_[column(vertex) + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  }
  [[nodiscard]] std::optional<std::size_t> at(PlanePoint place) const {
    if (vertices_.empty() || place < vertices_.front() || vertices_.back() < place) return std::nullopt;
    const auto begin = vertices_.begin() + starts_[column(place)];
    const auto end = vertices_.begin() + starts_[column(place) + 1];
    const auto found = std::lower_bound(begin, end, place);
    if (found == end || *found != place) return std::nullopt;
    return static_cast<std::size_t>(found - vertices_.begin());
  }

 private:
  [[nodiscard]] std::size_t column(PlanePoint place) const {
    return static_cast<std::uint64_t>(std::int64_t{place.x} - vertices_.front().x) >> bits_;
  }
  std::span<const PlanePoint> vertices_;
  unsigned bits_ = 0;
  std::vector<std::uint32_t> starts_;
};

}  // namespace

std::vector<Ring<DegreePoint>> rings_of(const DegreeShape& shape) {
  std::vector<Ring<DegreePoint>> rings;
  for (const auto& polygon : shape.polygons) {
    rings.push_back(polygon.shell);
    rings.insert(rings.end(), polygon.holes.begin(), polygon.holes.end());
  }
  return rings;
}

Partition Partition::make(std::span<const PartitionInput> perimeters, const SliverRules& slivers) {
  for (const auto& perimeter : perimeters)
    if (perimeter.set >= most_sets)
      throw Error("a partition holds at most " + std::to_string(most_sets) +
                  " sets of perimeters, and this atlas has more: "
                  "take context sets out of atlas.toml");
  Partition partition(Arrangement::make(segments_of(perimeters)));
  for (const auto& perimeter : perimeters) partition.set_of_perimeter_.push_back(perimeter.set);
  // The longest first; who has done with one of them takes the next.
  in_parallel(3, [&](std::size_t step) {
    if (step == 0)
      partition.mark_source_vertices(perimeters);
    else if (step == 1)
      partition.chains_ = FaceChains::of(partition.arrangement_);
    else
      partition.measure_faces();
  });
  auto absorption =
      partition::absorbed_slivers(partition.arrangement_, partition.areas_, partition.set_of_perimeter_, slivers);
  partition.source_of_ = std::move(absorption.source_of);
  partition.slivers_ = std::move(absorption.slivers);
  return partition;
}

void Partition::measure_faces() {
  areas_.assign(face_count(), SquareMetres(0));
  for (const auto& edge : edges()) {
    const auto under = area_under(place_of(edge.from), place_of(edge.to));
    areas_[edge.left] -= under;
    areas_[edge.right] += under;
  }
}

void Partition::mark_source_vertices(std::span<const PartitionInput> perimeters) {
  vertex_sets_.assign(vertices().size(), 0);
  const VertexNumbers numbers(vertices());
  for (const auto& perimeter : perimeters)
    for (const auto& ring : perimeter.rings)
      for (const auto& point : ring.points)
        if (const auto vertex = numbers.at({point.x, point.y}))  // else a spike's tip, gone with it
          vertex_sets_[*vertex] |= std::uint64_t{1} << perimeter.set;
}

}  // namespace geoprio::partition
