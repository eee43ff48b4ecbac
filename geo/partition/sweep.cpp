#include "geo/partition/sweep.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include "geo/core/error.hpp"
#include "geo/partition/exact.hpp"

namespace geoprio::partition {
namespace {

std::vector<std::uint32_t> counted_starts(std::size_t vertices, std::span<const Piece> pieces,
                                          std::uint32_t Piece::*end) {
  std::vector<std::uint32_t> starts(vertices + 1, 0);
  for (const auto& piece : pieces) ++starts[piece.*end + 1];
  for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
  return starts;
}

class Sweep {
 public:
  Sweep(std::span<const PlanePoint> vertices, std::span<const Piece> pieces, const Stars& stars)
      : vertices_(vertices), pieces_(pieces), stars_(stars), status_(Below{this}) {}

  std::vector<WesternEnd> run() {
    std::vector<WesternEnd> ends;
    for (std::uint32_t vertex = 0; vertex < vertices_.size(); ++vertex) {
      auto above = removed_at(vertex);
      if (stars_.ending(vertex).empty())
        ends.push_back({vertex, above == status_.begin() ? no_piece : *std::prev(above)});
      for (const auto piece : stars_.starting(vertex)) {
        const auto placed = status_.emplace_hint(above, piece);
        if (*placed != piece || std::next(placed) != above) refuse(vertex);
        if (placed != status_.begin()) check(*std::prev(placed), piece, vertex);
      }
      if (above != status_.end() && above != status_.begin()) check(*std::prev(above), *above, vertex);
    }
    if (!status_.empty()) refuse(pieces_[*status_.begin()].to);
    return ends;
  }

 private:
  /// Orders the pieces that the sweep line meets from bottom to top, and finds where a vertex lies among them.
  struct Below {
    using is_transparent = void;
    const Sweep* sweep;

    bool operator()(std::uint32_t a, std::uint32_t b) const {
      if (a == b) return false;
      const Piece& p = sweep->pieces_[a];
      const Piece& q = sweep->pieces_[b];
      if (p.from < q.from) {
        const int start = sweep->side_of(p, q.from);
        return start != 0 ? start > 0 : sweep->side_of(p, q.to) > 0;
      }
      const int start = sweep->side_of(q, p.from);
      return start != 0 ? start < 0 : sweep->side_of(q, p.to) < 0;
    }
    bool operator()(std::uint32_t piece, const PlanePoint& vertex) const {
      const Piece& p = sweep->pieces_[piece];
      return side(sweep->vertices_[p.from], sweep->vertices_[p.to], vertex) > 0;
    }
  };
  using Status = std::set<std::uint32_t, Below>;

  int side_of(const Piece& piece, std::uint32_t vertex) const {
    return side(vertices_[piece.from], vertices_[piece.to], vertices_[vertex]);
  }

  /// Takes out the pieces that end at `vertex`; returns the first one above it.
  Status::iterator removed_at(std::uint32_t vertex) {
    auto place = status_.lower_bound(vertices_[vertex]);
    std::size_t ended = 0;
    while (place != status_.end() && side_of(pieces_[*place], vertex) == 0) {
      if (pieces_[*place].to != vertex) refuse(vertex);
      place = status_.erase(place);
      ++ended;
    }
    if (ended != stars_.ending(vertex).size()) refuse(vertex);
    return place;
  }

  /// Refuses two neighbours that have more in common than an end.
  void check(std::uint32_t a, std::uint32_t b, std::uint32_t vertex) const {
    const Piece& p = pieces_[a];
    const Piece& q = pieces_[b];
    if (p.from == q.from || p.to == q.to) {
      if (side_of(p, p.from == q.from ? q.to : q.from) == 0) refuse(vertex);
      return;
    }
    const int first = side_of(p, q.from) * side_of(p, q.to);
    const int second = side_of(q, p.from) * side_of(q, p.to);
    if (first > 0 || second > 0) return;
    if (first < 0 && second < 0) refuse(vertex);
    // An end lies on the other's line: within it, or beyond it?
    for (const auto end : {q.from, q.to}) refuse_if_within(p, end);
    for (const auto end : {p.from, p.to}) refuse_if_within(q, end);
  }

  void refuse_if_within(const Piece& piece, std::uint32_t vertex) const {
    if (piece.from < vertex && vertex < piece.to && side_of(piece, vertex) == 0) refuse(vertex);
  }

  [[noreturn]] void refuse(std::uint32_t vertex) const {
    const PlanePoint place = vertices_[vertex];
    throw Error("the partition's linework is not clean near (" + std::to_string(place.x) + ", " +
                std::to_string(place.y) +
                ") in grid units: two pieces cross, overlap, or touch between vertices. This is a defect of Géoprio's "
                "noding; please report it with the sources loaded");
  }

  std::span<const PlanePoint> vertices_;
  std::span<const Piece> pieces_;
  const Stars& stars_;
  Status status_;
};

}  // namespace

Stars::Stars(std::span<const PlanePoint> vertices, std::span<const Piece> pieces)
    : first_starting_(counted_starts(vertices.size(), pieces, &Piece::from)),
      starting_(pieces.size()),
      first_ending_(counted_starts(vertices.size(), pieces, &Piece::to)),
      ending_(pieces.size()) {
  auto next_starting = first_starting_;
  auto next_ending = first_ending_;
  for (std::uint32_t i = 0; i < pieces.size(); ++i) {
    starting_[next_starting[pieces[i].from]++] = i;
    ending_[next_ending[pieces[i].to]++] = i;
  }
  const auto sort_by_angle = [&](std::vector<std::uint32_t>& order, std::uint32_t begin, std::uint32_t end,
                                 PlanePoint centre, std::uint32_t Piece::*far) {
    if (end - begin < 2) return;
    std::sort(order.begin() + begin, order.begin() + end, [&](std::uint32_t a, std::uint32_t b) {
      return cross(centre, vertices[pieces[a].*far], vertices[pieces[b].*far]) > 0;
    });
  };
  for (std::uint32_t v = 0; v < vertices.size(); ++v) {
    sort_by_angle(starting_, first_starting_[v], first_starting_[v + 1], vertices[v], &Piece::to);
    sort_by_angle(ending_, first_ending_[v], first_ending_[v + 1], vertices[v], &Piece::from);
  }
}

std::vector<std::uint32_t> Stars::next_half_edges() const {
  std::vector<std::uint32_t> next(2 * starting_.size());
  std::vector<std::uint32_t> around;  // leaving half-edges, anticlockwise
  for (std::uint32_t vertex = 0; vertex + 1 < first_starting_.size(); ++vertex) {
    around.clear();
    for (const auto piece : starting(vertex)) around.push_back(2 * piece);
    for (const auto piece : ending(vertex)) around.push_back(2 * piece + 1);
    // Whoever arrives against a leaving half-edge leaves by its clockwise neighbour.
    for (std::size_t i = 0; i < around.size(); ++i) next[around[i] ^ 1U] = around[i == 0 ? around.size() - 1 : i - 1];
  }
  return next;
}

std::vector<WesternEnd> proven(std::span<const PlanePoint> vertices, std::span<const Piece> pieces,
                               const Stars& stars) {
  return Sweep(vertices, pieces, stars).run();
}

}  // namespace geoprio::partition
