#include "geo/partition/noding.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <tuple>
#include <utility>

#include "geo/core/parallel.hpp"
#include "geo/partition/cell_join.hpp"
#include "geo/partition/exact.hpp"

namespace geoprio::partition {
namespace {

/// An input segment, low < high, with everyone who owns it.
struct SharedSegment {
  PlanePoint low;
  PlanePoint high;
  OwnerSetId owners = 0;
};
using SharedSegments = std::vector<SharedSegment>;

constexpr PlaneBox everywhere{{INT32_MIN, INT32_MIN}, {INT32_MAX, INT32_MAX}};

void bring_inside(PlanePoint& point, std::int32_t highest) {
  point = {std::min(point.x, highest), std::min(point.y, highest)};
}

/// Equal segments become one, owned by those who own an odd number of them; what nobody owns then is dropped.
SharedSegments shared(std::vector<OwnedSegment>&& segments, PixelGrid grid, OwnerSets& owner_sets) {
  for (auto& segment : segments) {
    bring_inside(segment.from, grid.highest());
    bring_inside(segment.to, grid.highest());
    if (segment.to < segment.from) std::swap(segment.from, segment.to);
  }
  std::erase_if(segments, [](const OwnedSegment& segment) { return segment.from == segment.to; });
  sort_in_parallel(segments.begin(), segments.end(), [](const OwnedSegment& a, const OwnedSegment& b) {
    return std::tie(a.from, a.to, a.owner) < std::tie(b.from, b.to, b.owner);
  });
  SharedSegments result;
  std::vector<std::uint32_t> owners;
  for (std::size_t i = 0; i < segments.size();) {
    const OwnedSegment first = segments[i];
    owners.clear();
    for (; i < segments.size() && segments[i].from == first.from && segments[i].to == first.to; ++i) {
      if (!owners.empty() && owners.back() == segments[i].owner)
        owners.pop_back();
      else
        owners.push_back(segments[i].owner);
    }
    if (!owners.empty()) result.push_back({first.from, first.to, owner_sets.interned(owners)});
  }
  std::vector<OwnedSegment>().swap(segments);
  return result;
}

/// The part of the plane where pixels of this box may be met.
PlaneBox reach_of(const PlaneBox& window, PixelGrid grid) {
  const auto clamped = [](std::int64_t value) {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(value, INT32_MIN, INT32_MAX));
  };
  const std::int64_t pixel = grid.side_length();
  return {{clamped(window.low.x - pixel), clamped(window.low.y - pixel)},
          {clamped(window.high.x + pixel), clamped(window.high.y + pixel)}};
}

std::vector<PlanePoint> crossings(const SharedSegments& segments, PixelGrid grid, const PlaneBox& window) {
  struct Found {
    std::vector<PlanePoint> pixels;
    std::vector<std::uint32_t> by_low;
  };
  const auto cross_all = [&](Found& found, std::span<const std::uint32_t> cell, std::span<const std::uint32_t>) {
    auto& by_low = found.by_low;
    by_low.assign(cell.begin(), cell.end());
    std::ranges::sort(by_low, {}, [&](std::uint32_t number) { return segments[number].low; });
    for (std::size_t i = 0; i < by_low.size(); ++i) {
      const auto& a = segments[by_low[i]];
      for (std::size_t k = i + 1; k < by_low.size(); ++k) {
        const auto& b = segments[by_low[k]];
        if (b.low.x > a.high.x) break;
        if (a.low == b.low || a.high == b.high || a.high == b.low) continue;
        if (std::max(a.low.y, a.high.y) < std::min(b.low.y, b.high.y) ||
            std::max(b.low.y, b.high.y) < std::min(a.low.y, a.high.y))
          continue;
        if (const auto pixel = proper_crossing(a.low, a.high, b.low, b.high, grid)) found.pixels.push_back(*pixel);
      }
    }
  };
  auto parts =
      CellJoin<Found, SharedSegments, decltype(cross_all)>(segments, {}, 0, cross_all).run(reach_of(window, grid));
  std::vector<PlanePoint> pixels;
  for (const auto& part : parts) pixels.insert(pixels.end(), part.pixels.begin(), part.pixels.end());
  return pixels;
}

/// The first line at or after `value` among -2^31 + i * spacing + offset.
std::int64_t first_line(std::int64_t value, std::int64_t spacing, std::int64_t offset) {
  const std::int64_t base = INT32_MIN + offset;
  const std::int64_t steps = (value - base) / spacing;
  std::int64_t line = base + steps * spacing;
  while (line < value) line += spacing;
  while (line - spacing >= value) line -= spacing;
  return line;
}

void add_cuts(const SharedSegment& segment, const CutLines& lines, std::int64_t offset, PixelGrid grid,
              const PlaneBox& window, std::vector<PlanePoint>& pixels) {
  const auto [low, high] = std::pair(segment.low, segment.high);
  const std::int64_t dx = std::int64_t{high.x} - low.x;
  const std::int64_t dy = std::int64_t{high.y} - low.y;
  if (dx != 0) {
    const std::int64_t last = std::min(high.x, window.high.x);
    for (auto x = first_line(std::max(low.x, window.low.x), lines.spacing, offset); x <= last; x += lines.spacing)
      pixels.push_back({static_cast<std::int32_t>(x), grid.centre(int128{low.y} * dx + int128{dy} * (x - low.x), dx)});
  }
  if (dy != 0) {
    const auto [bottom, top] = std::minmax(low.y, high.y);
    const std::int64_t last = std::min(top, window.high.y);
    for (auto y = first_line(std::max(bottom, window.low.y), lines.spacing, offset); y <= last; y += lines.spacing)
      pixels.push_back({grid.centre(int128{low.x} * dy + int128{dx} * (y - low.y), dy), static_cast<std::int32_t>(y)});
  }
}

void sort_unique(std::vector<PlanePoint>& points) {
  sort_in_parallel(points.begin(), points.end(), std::less<>());
  points.erase(std::unique(points.begin(), points.end()), points.end());
}

std::vector<PlanePoint> hot_pixels(const SharedSegments& segments, const NodingOptions& options, PixelGrid grid) {
  std::vector<PlanePoint> pixels;
  pixels.reserve(segments.size() * 2);
  for (const auto& segment : segments) {
    pixels.push_back(grid.centre(segment.low));
    pixels.push_back(grid.centre(segment.high));
  }
  sort_unique(pixels);
  const PlaneBox window = options.window.value_or(everywhere);
  const auto crossed = crossings(segments, grid, window);
  pixels.insert(pixels.end(), crossed.begin(), crossed.end());
  if (options.cut_lines) {
    assert(options.cut_lines->spacing > 0 && options.cut_lines->margin >= 0);
    for (const auto& segment : segments) {
      add_cuts(segment, *options.cut_lines, options.cut_lines->margin, grid, window, pixels);
      if (options.cut_lines->margin != 0)
        add_cuts(segment, *options.cut_lines, -options.cut_lines->margin, grid, window, pixels);
    }
  }
  if (options.window) std::erase_if(pixels, [&](PlanePoint pixel) { return !window.holds(pixel); });
  sort_unique(pixels);
  return pixels;
}

/// Which segment passes through which pixel: (segment << 32 | pixel), sorted, so by segment and then along it, but that
/// a falling segment meets the pixels of one column from the top.
std::vector<std::uint64_t> passages(const SharedSegments& segments, const std::vector<PlanePoint>& pixels,
                                    PixelGrid grid, const PlaneBox& window) {
  using Found = std::vector<std::uint64_t>;
  const auto test_all = [&](Found& found, std::span<const std::uint32_t> cell, std::span<const std::uint32_t> near) {
    for (const auto segment : cell)
      for (const auto pixel : near)
        if (passes_through(segments[segment].low, segments[segment].high, pixels[pixel], grid))
          found.push_back(std::uint64_t{segment} << 32U | pixel);
  };
  auto parts =
      CellJoin<Found, SharedSegments, decltype(test_all)>(segments, pixels, grid.side_length() / 2 + 1, test_all)
          .run(reach_of(window, grid));
  Found all;
  std::size_t count = 0;
  for (const auto& part : parts) count += part.size();
  all.reserve(count);
  for (auto& part : parts) {
    all.insert(all.end(), part.begin(), part.end());
    Found().swap(part);
  }
  sort_in_parallel(all.begin(), all.end(), std::less<>());
  return all;
}

std::vector<Piece> pieces_between(const SharedSegments& segments, const std::vector<PlanePoint>& pixels,
                                  const std::vector<std::uint64_t>& found) {
  std::vector<Piece> pieces;
  pieces.reserve(segments.size());
  std::vector<std::uint32_t> along;
  for (std::size_t i = 0; i < found.size();) {
    const std::uint64_t number = found[i] >> 32U;
    along.clear();
    for (; i < found.size() && found[i] >> 32U == number; ++i) along.push_back(static_cast<std::uint32_t>(found[i]));
    const auto& segment = segments[number];
    if (segment.high.y < segment.low.y)
      for (auto column = along.begin(); column != along.end();) {
        const auto end =
            std::find_if(column, along.end(), [&](auto pixel) { return pixels[pixel].x != pixels[*column].x; });
        std::reverse(column, end);
        column = end;
      }
    for (std::size_t k = 1; k < along.size(); ++k)
      pieces.push_back({std::min(along[k - 1], along[k]), std::max(along[k - 1], along[k]), segment.owners});
  }
  return pieces;
}

/// Equal pieces become one; the owners of an even number of them cancel.
void merge_equal(std::vector<Piece>& pieces, OwnerSets& owner_sets) {
  sort_in_parallel(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
    return std::tie(a.from, a.to, a.owners) < std::tie(b.from, b.to, b.owners);
  });
  std::vector<std::uint32_t> toggled;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < pieces.size();) {
    Piece piece = pieces[i];
    for (++i; i < pieces.size() && pieces[i].from == piece.from && pieces[i].to == piece.to; ++i) {
      toggle(owner_sets[piece.owners], owner_sets[pieces[i].owners], toggled);
      piece.owners = owner_sets.interned(toggled);
    }
    if (piece.owners != OwnerSets::empty) pieces[kept++] = piece;
  }
  pieces.resize(kept);
}

/// The pixels that a piece ends in, and the pieces renumbered to them.
std::vector<PlanePoint> used_vertices(const std::vector<PlanePoint>& pixels, std::vector<Piece>& pieces) {
  std::vector<std::uint32_t> number(pixels.size(), 0);
  for (const auto& piece : pieces) number[piece.from] = number[piece.to] = 1;
  std::vector<PlanePoint> vertices;
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    if (number[i] == 0) continue;
    number[i] = static_cast<std::uint32_t>(vertices.size());
    vertices.push_back(pixels[i]);
  }
  for (auto& piece : pieces) piece = {number[piece.from], number[piece.to], piece.owners};
  return vertices;
}

}  // namespace

Linework noded(std::vector<OwnedSegment> segments, const NodingOptions& options) {
  assert(options.pixel_bits <= 24);
  const PixelGrid grid(options.pixel_bits);
  Linework linework;
  auto inputs = shared(std::move(segments), grid, linework.owner_sets);
  const auto pixels = hot_pixels(inputs, options, grid);
  linework.pieces = pieces_between(inputs, pixels, passages(inputs, pixels, grid, options.window.value_or(everywhere)));
  SharedSegments().swap(inputs);
  merge_equal(linework.pieces, linework.owner_sets);
  linework.vertices = used_vertices(pixels, linework.pieces);
  return linework;
}

}  // namespace geoprio::partition
