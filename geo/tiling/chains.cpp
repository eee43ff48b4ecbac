#include "geo/tiling/chains.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace geoprio::tiling {
namespace {

using partition::PlanePoint;

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// The pieces that meet at each vertex, as far as passing needs them.
struct Meeting {
  std::uint32_t first = none;
  std::uint32_t second = none;
  std::uint32_t count = 0;

  void end() { count = 3; }
  void arrive(std::uint32_t piece) {
    if (count == 0) first = piece;
    if (count == 1) second = piece;
    ++count;
  }
  [[nodiscard]] bool passes() const { return count == 2; }
  [[nodiscard]] std::uint32_t other_than(std::uint32_t piece) const { return piece == first ? second : first; }
};

class Tracing {
 public:
  Tracing(std::span<const PlanePoint> vertices, std::span<const BorderPiece> pieces,
          std::span<const std::uint32_t> ends)
      : vertices_(vertices), pieces_(pieces), meetings_(vertices.size()), traced_(pieces.size()) {
    for (const auto vertex : ends) meetings_[vertex].end();
    for (std::uint32_t piece = 0; piece < pieces.size(); ++piece) {
      meetings_[pieces[piece].from].arrive(piece);
      meetings_[pieces[piece].to].arrive(piece);
    }
  }

  Chains run() && {
    for (std::uint32_t piece = 0; piece < pieces_.size(); ++piece)
      for (const auto start : {pieces_[piece].from, pieces_[piece].to})
        if (!traced_[piece] && !meetings_[start].passes()) trace(piece, start);
    // What is left are closed chains; pieces are in the order of their lower ends, so each starts at its westernmost.
    for (std::uint32_t piece = 0; piece < pieces_.size(); ++piece)
      if (!traced_[piece]) trace(piece, pieces_[piece].from);
    return std::move(chains_);
  }

 private:
  void trace(std::uint32_t piece, std::uint32_t start) {
    const Sides sides = pieces_[piece].from == start ? pieces_[piece].sides : pieces_[piece].sides.turned();
    line_.clear();
    line_.push_back(vertices_[start]);
    for (auto vertex = start;;) {
      traced_[piece] = true;
      vertex = pieces_[piece].from == vertex ? pieces_[piece].to : pieces_[piece].from;
      line_.push_back(vertices_[vertex]);
      if (vertex == start || !meetings_[vertex].passes()) break;
      piece = meetings_[vertex].other_than(piece);
    }
    chains_.add(line_, sides);
  }

  std::span<const PlanePoint> vertices_;
  std::span<const BorderPiece> pieces_;
  std::vector<Meeting> meetings_;
  std::vector<bool> traced_;
  std::vector<PlanePoint> line_;
  Chains chains_;
};

}  // namespace

Chains Chains::of(std::span<const PlanePoint> vertices, std::span<const BorderPiece> pieces,
                  std::span<const std::uint32_t> ends) {
  return Tracing(vertices, pieces, ends).run();
}

Chains Chains::of(const partition::Arrangement& arrangement, std::span<const Group> group_of_face) {
  std::vector<BorderPiece> pieces;
  for (const auto& edge : arrangement.edges()) {
    const Sides sides{group_of_face[edge.left], group_of_face[edge.right]};
    if (sides.left != sides.right) pieces.push_back({edge.from, edge.to, sides});
  }
  return of(arrangement.vertices(), pieces);
}

void Chains::add(std::span<const PlanePoint> points, Sides sides) {
  points_.insert(points_.end(), points.begin(), points.end());
  firsts_.push_back(static_cast<std::uint32_t>(points_.size()));
  sides_.push_back(sides);
}

}  // namespace geoprio::tiling
