// How far a place is from the nearest of many straight pieces of border.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "geo/core/coordinate.hpp"
#include "geo/core/flat_array.hpp"
#include "geo/core/quantity.hpp"

namespace geoprio::analysis {

/// A straight piece in the metric plane.
struct MetricSegment {
  MetricCoordinate from, to;
};

/// A tree of boxes, eight to a box, over segments in the order of a curve that fills the plane (Morton's): 40 bytes a
/// segment, and a question looks at some dozens of them. Thread safety: immutable.
class NearestBorder {
 public:
  NearestBorder() = default;
  explicit NearestBorder(const std::vector<MetricSegment>& segments);

  /// Exact for the segments to a tenth of a millimetre; nothing when there is none.
  [[nodiscard]] std::optional<Metres> distance_from(MetricCoordinate place) const;

  static auto members(auto& self) { return std::tie(self.segments_, self.boxes_, self.levels_); }

 private:
  static constexpr std::size_t fan_out = 8;
  /// Tenths of a millimetre.
  struct Segment {
    std::int64_t from_x = 0, from_y = 0, to_x = 0, to_y = 0;
  };
  struct Box {
    std::int64_t low_x = 0, low_y = 0, high_x = 0, high_y = 0;
  };
  struct Question {
    double x = 0, y = 0;
    double best = 0;  ///< the square of the least distance so far
  };
  static double square_to(const Segment& segment, const Question& question);
  static double square_to(const Box& box, const Question& question);
  void search(std::size_t level, std::size_t node, Question& question) const;

  FlatArray<Segment> segments_;
  FlatArray<Box> boxes_;             ///< level by level, the lowest first
  FlatArray<std::uint64_t> levels_;  ///< where each level begins in `boxes_`, and one more
};

}  // namespace geoprio::analysis
