#include "geo/partition/noding.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <tuple>
#include <utility>

#include "geo/core/parallel.hpp"
#include "geo/partition/cell_join.hpp"
#include "geo/partition/columns.hpp"
#include "geo/partition/exact.hpp"
#include "geo/partition/shared_segments.hpp"

namespace geoprio::partition {
namespace {

constexpr PlaneBox everywhere{{INT32_MIN, INT32_MIN}, {INT32_MAX, INT32_MAX}};

/// The part of the plane where pixels of this box may be met.
PlaneBox reach_of(const PlaneBox& window, PixelGrid grid) {
  const auto clamped = [](std::int64_t value) {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(value, INT32_MIN, INT32_MAX));
  };
  const std::int64_t pixel = grid.side_length();
  return {{clamped(window.low.x - pixel), clamped(window.low.y - pixel)},
          {clamped(window.high.x + pixel), clamped(window.high.y + pixel)}};
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

/// The pixels where the segment crosses the lines that pass through the cell.
template <class Add>
void add_cuts(const SharedSegment& segment, const CutLines& lines, std::int64_t offset, PixelGrid grid,
              const PlaneCell& cell, const Add& add) {
  const auto [low, high] = std::pair(segment.low, segment.high);
  const std::int64_t dx = std::int64_t{high.x} - low.x;
  const std::int64_t dy = std::int64_t{high.y} - low.y;
  if (dx != 0) {
    const auto last = std::min<std::int64_t>(high.x, cell.right - 1);
    for (auto x = first_line(std::max<std::int64_t>(low.x, cell.left), lines.spacing, offset); x <= last;
         x += lines.spacing)
      add({static_cast<std::int32_t>(x), grid.centre(int128{low.y} * dx + int128{dy} * (x - low.x), dx)});
  }
  if (dy != 0) {
    const auto [bottom, top] = std::minmax(low.y, high.y);
    const auto last = std::min<std::int64_t>(top, cell.top - 1);
    for (auto y = first_line(std::max<std::int64_t>(bottom, cell.bottom), lines.spacing, offset); y <= last;
         y += lines.spacing)
      add({grid.centre(int128{low.x} * dy + int128{dx} * (y - low.y), dy), static_cast<std::int32_t>(y)});
  }
}

/// The hot pixels of a part of the plane, each once, and which segment passes through which: segment << 32 | place in
/// `pixels`.
struct FoundPixels {
  std::vector<PlanePoint> pixels;
  std::vector<std::uint64_t> passages;
  std::vector<std::uint32_t> by_low;  ///< only used within a cell

  /// Room for what segments have where a tenth of them is crossed: growing by doubling leaves holes behind.
  void expect(std::size_t segments) {
    pixels.reserve(segments + segments / 4);
    passages.reserve(2 * segments + segments / 2);
  }
};

/// Finds all that a cell holds at once: a pixel is in one cell only, and every segment that passes through it or
/// crosses another in it comes within the margin of the cell.
class CellVisit {
 public:
  CellVisit(const SharedSegments& segments, const NodingOptions& options, PixelGrid grid)
      : segments_(segments), options_(options), grid_(grid), window_(options.window.value_or(everywhere)) {}

  void operator()(FoundPixels& found, const PlaneCell& cell, std::span<const std::uint32_t> numbers) const {
    auto& pixels = found.pixels;
    const auto first = static_cast<std::ptrdiff_t>(pixels.size());
    const auto add = [&](PlanePoint pixel) {
      if (cell.holds(pixel) && window_.holds(pixel)) pixels.push_back(pixel);
    };
    for (const auto number : numbers) {
      add(grid_.centre(segments_[number].low));
      add(grid_.centre(segments_[number].high));
      if (options_.cut_lines) add_cuts(segments_[number], cell, add);
    }
    add_crossings(numbers, found.by_low, add);
    std::sort(pixels.begin() + first, pixels.end());
    pixels.erase(std::unique(pixels.begin() + first, pixels.end()), pixels.end());
    for (const auto number : numbers)
      for (auto place = static_cast<std::size_t>(first); place < pixels.size(); ++place)
        if (passes_through(segments_[number].low, segments_[number].high, pixels[place], grid_))
          found.passages.push_back(std::uint64_t{number} << 32U | place);
  }

 private:
  template <class Add>
  void add_cuts(const SharedSegment& segment, const PlaneCell& cell, const Add& add) const {
    const auto& lines = *options_.cut_lines;
    partition::add_cuts(segment, lines, lines.margin, grid_, cell, add);
    if (lines.margin != 0) partition::add_cuts(segment, lines, -lines.margin, grid_, cell, add);
  }

  template <class Add>
  void add_crossings(std::span<const std::uint32_t> numbers, std::vector<std::uint32_t>& by_low, const Add& add) const {
    by_low.assign(numbers.begin(), numbers.end());
    std::ranges::sort(by_low);  // segments are sorted by their lower ends
    for (std::size_t i = 0; i < by_low.size(); ++i) {
      const auto& a = segments_[by_low[i]];
      for (std::size_t k = i + 1; k < by_low.size(); ++k) {
        const auto& b = segments_[by_low[k]];
        if (b.low.x > a.high.x) break;
        if (a.low == b.low || a.high == b.high || a.high == b.low) continue;
        if (std::max(a.low.y, a.high.y) < std::min(b.low.y, b.high.y) ||
            std::max(b.low.y, b.high.y) < std::min(a.low.y, a.high.y))
          continue;
        if (const auto pixel = proper_crossing(a.low, a.high, b.low, b.high, grid_)) add(*pixel);
      }
    }
  }

  const SharedSegments& segments_;
  const NodingOptions& options_;
  PixelGrid grid_;
  PlaneBox window_;
};

/// All hot pixels, sorted, and for each segment those that it passes through.
struct HotPixels {
  std::vector<PlanePoint> pixels;
  std::vector<std::uint32_t> ends;      ///< of each segment's in `passages`
  std::vector<std::uint32_t> passages;  ///< numbers of pixels, in no order within a segment
};

/// Passages by segment, their pixels by rank; the parts are used up.
void arrange_passages(std::vector<FoundPixels>& parts, const std::vector<std::uint32_t>& firsts,
                      const std::vector<std::uint32_t>& rank, std::size_t segments, HotPixels& hot) {
  hot.ends.assign(segments + 1, 0);
  for (const auto& part : parts)
    for (const auto passage : part.passages) ++hot.ends[(passage >> 32U) + 1];
  for (std::size_t i = 1; i < hot.ends.size(); ++i) hot.ends[i] += hot.ends[i - 1];
  hot.passages.resize(hot.ends.back());
  for (std::size_t part = 0; part < parts.size(); ++part) {
    for (const auto passage : parts[part].passages)
      hot.passages[hot.ends[passage >> 32U]++] = rank[firsts[part] + static_cast<std::uint32_t>(passage)];
    std::vector<std::uint64_t>().swap(parts[part].passages);
  }
  hot.ends.pop_back();
}

HotPixels hot_pixels(const SharedSegments& segments, const NodingOptions& options, PixelGrid grid) {
  assert(!options.cut_lines || (options.cut_lines->spacing > 0 && options.cut_lines->margin >= 0));
  auto parts = CellJoin<FoundPixels, SharedSegments, CellVisit>(segments, grid.side_length() / 2 + 1,
                                                                CellVisit(segments, options, grid))
                   .run(reach_of(options.window.value_or(everywhere), grid));
  struct Numbered {
    PlanePoint pixel;
    std::uint32_t found = 0;  ///< in the order of the parts
  };
  std::vector<std::uint32_t> firsts{0};
  for (const auto& part : parts) firsts.push_back(firsts.back() + static_cast<std::uint32_t>(part.pixels.size()));
  std::vector<Numbered> order(firsts.back());
  for (std::size_t part = 0; part < parts.size(); ++part) {
    auto number = firsts[part];
    for (const auto& pixel : parts[part].pixels) {
      order[number] = {pixel, number};
      ++number;
    }
    std::vector<PlanePoint>().swap(parts[part].pixels);
  }
  const auto columns = columns_of(order, [](const Numbered& one) { return one.pixel; });
  sort_by_buckets(
      order, columns.count(), [&](const Numbered& one) { return columns.of(one.pixel); },
      [](const Numbered& a, const Numbered& b) { return a.pixel < b.pixel; });
  HotPixels hot;
  hot.pixels.reserve(order.size());
  std::vector<std::uint32_t> rank(order.size());
  for (const auto& [pixel, found] : order) {
    rank[found] = static_cast<std::uint32_t>(hot.pixels.size());
    hot.pixels.push_back(pixel);
  }
  std::vector<Numbered>().swap(order);
  arrange_passages(parts, firsts, rank, segments.size(), hot);
  return hot;
}

/// The pixels that a segment passes through, along it. They are numbered by x, then y: a falling segment meets those of
/// one column from the top.
void set_along(const SharedSegment& segment, std::span<const std::uint32_t> passages,
               const std::vector<PlanePoint>& pixels, std::vector<std::uint32_t>& along) {
  along.assign(passages.begin(), passages.end());
  std::ranges::sort(along);
  if (segment.high.y >= segment.low.y) return;
  for (auto column = along.begin(); column != along.end();) {
    const auto end =
        std::find_if(column, along.end(), [&](auto pixel) { return pixels[pixel].x != pixels[*column].x; });
    std::reverse(column, end);
    column = end;
  }
}

std::vector<Piece> pieces_between(const SharedSegments& segments, const HotPixels& hot) {
  const auto passages_of = [&](std::size_t number) {
    const auto first = number == 0 ? 0 : hot.ends[number - 1];
    return std::span(hot.passages).subspan(first, hot.ends[number] - first);
  };
  constexpr std::size_t at_once = 20'000;
  const std::size_t chunks = (segments.size() + at_once - 1) / at_once;
  const auto end_of = [&](std::size_t chunk) { return std::min(segments.size(), (chunk + 1) * at_once); };
  std::vector<std::size_t> firsts{0};  // of each chunk's pieces
  for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
    auto count = firsts.back();
    for (auto number = chunk * at_once; number < end_of(chunk); ++number)
      count += std::max<std::size_t>(1, passages_of(number).size()) - 1;
    firsts.push_back(count);
  }
  std::vector<Piece> pieces(firsts.back());
  in_parallel(chunks, [&](std::size_t chunk) {
    auto piece = pieces.begin() + static_cast<std::ptrdiff_t>(firsts[chunk]);
    std::vector<std::uint32_t> along;
    for (auto number = chunk * at_once; number < end_of(chunk); ++number) {
      set_along(segments[number], passages_of(number), hot.pixels, along);
      for (std::size_t k = 1; k < along.size(); ++k)
        *piece++ = {std::min(along[k - 1], along[k]), std::max(along[k - 1], along[k]), segments[number].owners};
    }
  });
  return pieces;
}

/// Equal pieces become one; the owners of an even number of them cancel.
void merge_equal(std::vector<Piece>& pieces, std::size_t pixels, OwnerSets& owner_sets) {
  sort_by_buckets(
      pieces, pixels, [](const Piece& piece) { return piece.from; },
      [](const Piece& a, const Piece& b) {
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
  auto hot = hot_pixels(inputs, options, grid);
  linework.pieces = pieces_between(inputs, hot);
  std::vector<std::uint32_t>().swap(hot.passages);
  std::vector<std::uint32_t>().swap(hot.ends);
  SharedSegments().swap(inputs);
  merge_equal(linework.pieces, hot.pixels.size(), linework.owner_sets);
  linework.vertices = used_vertices(hot.pixels, linework.pieces);
  return linework;
}

}  // namespace geoprio::partition
