#include "geo/tiling/tile_noding.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "geo/partition/exact.hpp"
#include "geo/tiling/pixel_bins.hpp"

namespace geoprio::tiling {
namespace {

using partition::PlanePoint;

/// The groups on a piece's sides, from the segments that run along it: what is left of one and right of the next lies
/// between them, where nothing is left.
class SideSum {
 public:
  void add(Sides sides) {
    change(sides.left, 1);
    change(sides.right, -1);
  }
  /// Equal when the piece separates nothing.
  [[nodiscard]] Sides sum() const {
    Sides sides;
    for (const auto& [group, count] : counts_) {
      if (count > 0) sides.left = group;
      if (count < 0) sides.right = group;
    }
    return sides;
  }
  void clear() { counts_.clear(); }

 private:
  void change(Group group, int by) {
    const auto found = std::ranges::find(counts_, group, &std::pair<Group, int>::first);
    if (found == counts_.end())
      counts_.emplace_back(group, by);
    else
      found->second += by;
  }
  std::vector<std::pair<Group, int>> counts_;
};

/// A piece of a segment between two hot pixels, by their places in the order of pixels.
struct SidedPiece {
  std::uint64_t ends = 0;  ///< the lower one << 32 | the higher one
  Sides sides;             ///< as seen from the lower one
};

class TileNoding {
 public:
  explicit TileNoding(TileCoordinate tile)
      : tile_(tile), grid_(TileCoordinate::deepest_zoom - tile.zoom()), box_(box_of(tile)) {}

  TileBorders borders(std::span<const SidedSegment> segments) && {
    segments_.reserve(segments.size());
    for (const auto& segment : segments) add(segment);
    PixelBins bins(std::move(pixels_));
    for (const auto& segment : segments_) cut(segment, bins);
    return joined(bins);
  }

 private:
  static constexpr std::int32_t widest = box_high - box_low;

  /// Its lower end first, and inside the last pixel; the pixels of its ends may lie anywhere.
  void add(SidedSegment segment) {
    segment.from = grid_.inside(segment.from);
    segment.to = grid_.inside(segment.to);
    if (segment.from == segment.to) return;
    if (segment.to < segment.from) segment = {segment.to, segment.from, segment.sides.turned()};
    add_pixel(grid_.centre(segment.from));
    add_pixel(grid_.centre(segment.to));
    add_crossed_sides(segment);
    segments_.push_back(segment);
  }

  void add_pixel(PlanePoint centre) {
    if (box_.holds(centre)) pixels_.push_back(in_box(centre));
  }
  /// In units from the box's low corner; what is too far is just very far.
  [[nodiscard]] PlanePoint in_box(PlanePoint centre) const {
    const auto local = [this](std::int32_t value, std::uint32_t tile) {
      constexpr std::int64_t far = 1 << 20;
      const std::int64_t units = (value - line(tile, box_low)) / grid_.side_length();
      return static_cast<std::int32_t>(std::clamp<std::int64_t>(units, -far, far));
    };
    return {local(centre.x, tile_.column()), local(centre.y, tile_.row())};
  }

  /// The pixels where the segment crosses the sides of this tile's box and of its neighbours'.
  void add_crossed_sides(const SidedSegment& segment) {
    const auto [low, high] = std::pair(segment.from, segment.to);
    const std::int64_t dx = std::int64_t{high.x} - low.x;
    const std::int64_t dy = std::int64_t{high.y} - low.y;
    const auto [bottom, top] = std::minmax(low.y, high.y);
    for (const auto units : {box_low, -box_low, tile_extent + box_low, box_high}) {
      if (const auto x = line(tile_.column(), units); low.x < x && x < high.x)
        add_pixel({static_cast<std::int32_t>(x), grid_.centre(int128{low.y} * dx + int128{dy} * (x - low.x), dx)});
      if (const auto y = line(tile_.row(), units); bottom < y && y < top)
        add_pixel({grid_.centre(int128{low.x} * dy + int128{dx} * (y - low.y), dy), static_cast<std::int32_t>(y)});
    }
  }
  [[nodiscard]] std::int64_t line(std::uint32_t tile, std::int32_t units) const {
    return (std::int64_t{tile} * tile_extent + units) * grid_.side_length() + std::numeric_limits<std::int32_t>::min();
  }

  /// Where the segment's pixels lie: those of its points, nothing else.
  [[nodiscard]] std::optional<partition::PlaneBox> reach(const SidedSegment& segment) const {
    const auto from = in_box(grid_.centre(segment.from));
    const auto to = in_box(grid_.centre(segment.to));
    const auto [low_y, high_y] = std::minmax(from.y, to.y);
    const partition::PlaneBox reach{{std::max(from.x, 0), std::max(low_y, 0)},
                                    {std::min(to.x, widest), std::min(high_y, widest)}};
    if (reach.low.x > reach.high.x || reach.low.y > reach.high.y) return std::nullopt;
    return reach;
  }

  /// At every hot pixel that it passes through.
  void cut(const SidedSegment& segment, const PixelBins& bins) {
    const auto box = reach(segment);
    if (!box) return;
    along_.clear();
    const auto visit = [&](std::uint32_t number) {
      const auto pixel = bins.pixels()[number];
      if (box->holds(pixel) && partition::passes_through(segment.from, segment.to, on_plane(pixel), grid_))
        along_.push_back(number);
    };
    bins.for_each_near(
        *box, [&](std::int32_t first, std::int32_t last) { return rows(segment, first, last); }, visit);
    sort_along(segment, bins);
    for (std::size_t next = 1; next < along_.size(); ++next) {
      const auto [low, high] = std::minmax(along_[next - 1], along_[next]);
      // Along a segment x never falls; where it stays, the segment's own slope says which way it goes.
      const bool with_it = bins.pixels()[low].x < bins.pixels()[high].x || segment.from.y < segment.to.y;
      pieces_.push_back({std::uint64_t{low} << 32U | high, with_it ? segment.sides : segment.sides.turned()});
    }
  }
  [[nodiscard]] PlanePoint on_plane(PlanePoint pixel) const {
    return {static_cast<std::int32_t>(line(tile_.column(), pixel.x + box_low)),
            static_cast<std::int32_t>(line(tile_.row(), pixel.y + box_low))};
  }

  /// The rows that the segment may pass between two columns of pixels, a unit too many on each side.
  [[nodiscard]] std::pair<double, double> rows(const SidedSegment& segment, std::int32_t first,
                                               std::int32_t last) const {
    const auto unit = static_cast<double>(grid_.side_length());
    const auto x_of = [&](double column) { return static_cast<double>(line(tile_.column(), box_low)) + column * unit; };
    const double slope = (static_cast<double>(segment.to.y) - segment.from.y) /
                         std::max(1.0, static_cast<double>(segment.to.x) - segment.from.x);
    const auto row_at = [&](double x) {
      const double y = segment.from.y + slope * (std::clamp<double>(x, segment.from.x, segment.to.x) - segment.from.x);
      return (y - static_cast<double>(line(tile_.row(), box_low))) / unit;
    };
    // Where it stays in its column it may be anywhere between its ends.
    if (segment.from.x == segment.to.x) return {0.0, static_cast<double>(widest)};
    const auto [low, high] = std::minmax({row_at(x_of(first - 0.5)), row_at(x_of(last + 0.5))});
    return {low - 2, high + 2};
  }

  /// Pixels are numbered by x, then y: a falling segment meets those of one column from the top.
  void sort_along(const SidedSegment& segment, const PixelBins& bins) {
    std::ranges::sort(along_);
    if (segment.from.y <= segment.to.y) return;
    for (auto column = along_.begin(); column != along_.end();) {
      const auto end = std::find_if(column, along_.end(),
                                    [&](auto pixel) { return bins.pixels()[pixel].x != bins.pixels()[*column].x; });
      std::reverse(column, end);
      column = end;
    }
  }

  /// Equal pieces as one, and pieces as chains.
  TileBorders joined(const PixelBins& bins) {
    std::ranges::sort(pieces_, {}, &SidedPiece::ends);
    std::vector<BorderPiece> borders;
    SideSum sum;
    for (std::size_t i = 0; i < pieces_.size();) {
      const auto& first = pieces_[i];
      Sides sides = first.sides;
      if (++i < pieces_.size() && pieces_[i].ends == first.ends) {
        sum.clear();
        sum.add(sides);
        for (; i < pieces_.size() && pieces_[i].ends == first.ends; ++i) sum.add(pieces_[i].sides);
        sides = sum.sum();
        if (sides.left == sides.right) continue;
      }
      borders.push_back({static_cast<std::uint32_t>(first.ends >> 32U), static_cast<std::uint32_t>(first.ends), sides});
    }
    return in_tile(bins, borders);
  }

  [[nodiscard]] static TileBorders in_tile(const PixelBins& bins, std::span<const BorderPiece> pieces) {
    std::vector<TilePoint> vertices;
    vertices.reserve(bins.pixels().size());
    std::vector<std::uint32_t> ends;
    for (const auto pixel : bins.pixels()) {
      vertices.push_back({pixel.x + box_low, pixel.y + box_low});
      // What meets there outside the box is not known.
      if (on_box_side(vertices.back())) ends.push_back(static_cast<std::uint32_t>(vertices.size() - 1));
    }
    const auto chains = Chains::of(vertices, pieces, ends);
    TileBorders borders;
    for (std::size_t chain = 0; chain < chains.size(); ++chain)
      borders.add(chains.points_of(chain), chains.sides(chain));
    return borders;
  }

  TileCoordinate tile_;
  partition::PixelGrid grid_;
  partition::PlaneBox box_;
  std::vector<PlanePoint> pixels_;  ///< hot ones in the box, in units from its low corner
  std::vector<SidedSegment> segments_;
  std::vector<std::uint32_t> along_;
  std::vector<SidedPiece> pieces_;
};

}  // namespace

partition::NodingOptions noding_at(unsigned zoom) {
  partition::NodingOptions options;
  options.pixel_bits = TileCoordinate::deepest_zoom - zoom;
  options.cut_lines = partition::CutLines{std::int64_t{tile_extent} << options.pixel_bits,
                                          std::int64_t{tile_buffer} << options.pixel_bits};
  return options;
}

partition::PlaneBox box_of(TileCoordinate tile) {
  const unsigned bits = TileCoordinate::deepest_zoom - tile.zoom();
  const auto on_grid = [bits](std::uint32_t number, std::int32_t units) {
    const std::int64_t value =
        (((std::int64_t{number} << 12U) + units) << bits) + std::numeric_limits<std::int32_t>::min();
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(value, std::numeric_limits<std::int32_t>::min(),
                                                              std::numeric_limits<std::int32_t>::max()));
  };
  return {{on_grid(tile.column(), box_low), on_grid(tile.row(), box_low)},
          {on_grid(tile.column(), box_high), on_grid(tile.row(), box_high)}};
}

std::vector<SidedSegment> segments_near(TileCoordinate tile, std::span<const Stretch> stretches,
                                        const ShownPoints& shown, std::span<const PlanePoint> points,
                                        std::span<const Sides> sides) {
  const auto box = box_of(tile);
  const std::int64_t unit = std::int64_t{1} << (TileCoordinate::deepest_zoom - tile.zoom());
  std::vector<SidedSegment> segments;
  for (const auto& stretch : stretches)
    for_each_segment(shown, stretch.first, stretch.last, [&](auto from, auto to) {
      const auto a = points[from];
      const auto b = points[to];
      if (std::max(a.x, b.x) < box.low.x - unit || std::min(a.x, b.x) > box.high.x + unit ||
          std::max(a.y, b.y) < box.low.y - unit || std::min(a.y, b.y) > box.high.y + unit)
        return;
      segments.push_back({a, b, sides[stretch.chain]});
    });
  return segments;
}

TileBorders noded_borders(std::span<const SidedSegment> segments, TileCoordinate tile) {
  return segments.empty() ? TileBorders() : TileNoding(tile).borders(segments);
}

}  // namespace geoprio::tiling
