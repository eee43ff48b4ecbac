#include "geo/tiling/chains.hpp"

#include <algorithm>
#include <limits>
#include <map>
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
  Tracing(std::span<const PlanePoint> vertices, std::span<const BorderPiece> pieces)
      : vertices_(vertices), pieces_(pieces), meetings_(vertices.size()), traced_(pieces.size()) {
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

Chains Chains::of(std::span<const PlanePoint> vertices, std::span<const BorderPiece> pieces) {
  return Tracing(vertices, pieces).run();
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

Chains without_groups(const Chains& chains, std::span<const Group> absent) {
  const auto is_absent = [&](Group group) { return std::ranges::binary_search(absent, group); };
  std::map<Group, std::map<Group, std::size_t>> shared;  // points with each neighbour that stays
  for (std::size_t chain = 0; chain < chains.size(); ++chain)
    for (const auto& [left, right] : {chains.sides(chain), chains.sides(chain).turned()})
      if (is_absent(left) && !is_absent(right)) shared[left][right] += chains.points_of(chain).size();
  const auto heir = [&](Group group) {
    const auto found = shared.find(group);
    if (found == shared.end()) return is_absent(group) ? no_group : group;
    return std::ranges::max_element(found->second, {}, [](const auto& entry) { return entry.second; })->first;
  };
  Chains result;
  for (std::size_t chain = 0; chain < chains.size(); ++chain) {
    const Sides sides{heir(chains.sides(chain).left), heir(chains.sides(chain).right)};
    if (sides.left != sides.right) result.add(chains.points_of(chain), sides);
  }
  return result;
}

std::vector<Group> groups_of(const Chains& chains) {
  std::vector<Group> groups;
  for (std::size_t chain = 0; chain < chains.size(); ++chain)
    for (const auto group : {chains.sides(chain).left, chains.sides(chain).right})
      if (group != no_group) groups.push_back(group);
  std::ranges::sort(groups);
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  return groups;
}

}  // namespace geoprio::tiling
