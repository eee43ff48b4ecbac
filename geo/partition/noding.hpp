// Snap rounding (Hobby 1999) of integer segments, in one pass.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo/partition/owner_sets.hpp"

namespace geoprio::partition {

/// A point of an integer plane. What a unit is, is the caller's business: 1e-7 degree in the atlas's partition, 2^-32
/// of the world in tiles.
struct PlanePoint {
  std::int32_t x{};
  std::int32_t y{};
  constexpr auto operator<=>(const PlanePoint&) const = default;
};

/// Vertical and horizontal lines at -2^31 + i * spacing - margin and + margin, for every whole i. Both numbers are
/// multiples of the pixel; spacing is positive, margin is not negative.
struct CutLines {
  std::int64_t spacing = 0;
  std::int64_t margin = 0;
};

/// A closed box of pixel centres.
struct PlaneBox {
  PlanePoint low;
  PlanePoint high;
  [[nodiscard]] constexpr bool holds(PlanePoint point) const {
    return low.x <= point.x && point.x <= high.x && low.y <= point.y && point.y <= high.y;
  }
};

struct NodingOptions {
  /// Hot pixels are half-open squares of side 2^pixel_bits, centred on the multiples of 2^pixel_bits; the vertices that
  /// come out are those centres. At most 24.
  unsigned pixel_bits = 0;
  /// Every place where a segment crosses such a line becomes a vertex on it, so that no piece crosses one.
  std::optional<CutLines> cut_lines = std::nullopt;
  /// Only hot pixels centred in this box, and so only pieces between two of them. Where its sides are cut lines, they
  /// are exactly the pieces in it that the whole plane's noding gives: what a hot pixel does to a segment is local. It
  /// is enough to give the segments that come within a pixel of the box.
  std::optional<PlaneBox> window = std::nullopt;
};

/// A segment of one perimeter's boundary; its direction means nothing.
struct OwnedSegment {
  PlanePoint from;
  PlanePoint to;
  std::uint32_t owner = 0;
};

/// A piece between two vertices, `from` < `to`, with the owners that own it an odd number of times (never none).
struct Piece {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  OwnerSetId owners = 0;
};

/// What noding gives: vertices sorted by x, then y, each the end of a piece; pieces sorted by `from`, then `to`.
struct Linework {
  std::vector<PlanePoint> vertices;
  std::vector<Piece> pieces;
  OwnerSets owner_sets;
};

/// Cuts `segments` at each other. All crossings are those of the INPUT segments, rounded once by exact rational
/// arithmetic; every input segment is cut at every hot pixel that it passes through. Nothing moves by more than 0.71
/// pixel, but where a coordinate lies within half a pixel of 2^31 (its pixel's centre is no int32): that one is first
/// brought to the edge of the last pixel inside. Pieces of no length and pieces owned an even number of times are gone.
/// Memory: about 100 bytes a segment. The result is NOT proven here: ProofSweep does that.
Linework noded(std::vector<OwnedSegment> segments, const NodingOptions& options = {});

}  // namespace geoprio::partition
