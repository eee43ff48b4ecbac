// The plane in columns, by x: buckets for sorting points.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "geo/partition/noding.hpp"

namespace geoprio::partition {

/// About as many columns of the plane as there are points, by x: buckets for sorting.
class Columns {
 public:
  Columns(std::int32_t west, std::int32_t east, std::size_t points) : west_(west) {
    const auto width = static_cast<std::uint64_t>(std::int64_t{east} - west) + 1;
    while ((width >> bits_) > points) ++bits_;
    count_ = (width >> bits_) + 1;
  }
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::size_t of(PlanePoint point) const {
    return static_cast<std::uint64_t>(std::int64_t{point.x} - west_) >> bits_;
  }

 private:
  std::int32_t west_;
  unsigned bits_ = 0;
  std::size_t count_ = 1;
};

/// Those of the points `place(element)`.
template <class T, class Place>
Columns columns_of(const std::vector<T>& elements, Place place) {
  std::int32_t west = INT32_MAX;
  std::int32_t east = INT32_MIN;
  for (const auto& element : elements) {
    west = std::min(west, place(element).x);
    east = std::max(east, place(element).x);
  }
  return elements.empty() ? Columns(0, 0, 1) : Columns(west, east, elements.size());
}

}  // namespace geoprio::partition
