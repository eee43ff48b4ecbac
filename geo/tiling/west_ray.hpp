// What lies west of a place: the group there is that east of the nearest border.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "geo/core/int128.hpp"
#include "geo/tiling/chains.hpp"

namespace geoprio::tiling {

/// Where a segment meets the ray to the west of a place: x as a fraction, and the group east of it.
struct Meeting {
  int128 numerator = 0;
  std::int64_t denominator = 1;
  Group east = no_group;

  [[nodiscard]] bool is_east_of(const Meeting& other) const {
    return numerator * other.denominator > other.numerator * denominator;
  }
};

/// A place between the points of a grid: everything in half units.
struct HalfPlace {
  std::int64_t x = 0;
  std::int64_t y = 0;  ///< odd, so that no point is beside it

  [[nodiscard]] std::optional<Meeting> meeting(partition::PlanePoint from, partition::PlanePoint to,
                                               Sides sides) const {
    const std::int64_t from_y = 2 * std::int64_t{from.y};
    const std::int64_t to_y = 2 * std::int64_t{to.y};
    if ((from_y < y) == (to_y < y)) return std::nullopt;
    const bool rises = from_y < to_y;
    const partition::PlanePoint low = rises ? from : to;
    const partition::PlanePoint high = rises ? to : from;
    const std::int64_t rise = 2 * (std::int64_t{high.y} - low.y);
    const int128 numerator = int128{2 * std::int64_t{low.x}} * rise +
                             int128{2 * (std::int64_t{high.x} - low.x)} * (y - 2 * std::int64_t{low.y});
    if (numerator >= int128{x} * rise) return std::nullopt;
    return Meeting{numerator, rise, rises ? sides.right : sides.left};
  }

  /// In half units, to the nearest point of a segment.
  [[nodiscard]] double distance_to(partition::PlanePoint from, partition::PlanePoint to) const {
    const double along_x = 2 * (static_cast<double>(to.x) - from.x);
    const double along_y = 2 * (static_cast<double>(to.y) - from.y);
    const double away_x = static_cast<double>(x) - 2 * static_cast<double>(from.x);
    const double away_y = static_cast<double>(y) - 2 * static_cast<double>(from.y);
    const double square = along_x * along_x + along_y * along_y;
    const double share = square > 0 ? std::clamp((away_x * along_x + away_y * along_y) / square, 0.0, 1.0) : 0.0;
    return std::hypot(away_x - share * along_x, away_y - share * along_y);
  }
};

/// The nearest of some meetings.
class NearestMeeting {
 public:
  void consider(const std::optional<Meeting>& meeting) {
    if (meeting && (!nearest_ || meeting->is_east_of(*nearest_))) nearest_ = meeting;
  }
  [[nodiscard]] const std::optional<Meeting>& found() const { return nearest_; }

 private:
  std::optional<Meeting> nearest_;
};

}  // namespace geoprio::tiling
