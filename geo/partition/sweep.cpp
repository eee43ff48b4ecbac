#include "geo/partition/sweep.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "geo/core/error.hpp"
#include "geo/core/parallel.hpp"
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

/// Over the vertices of one range. Pieces that come in from the west are there from the beginning.
class Sweep {
 public:
  Sweep(std::span<const PlanePoint> vertices, std::span<const Piece> pieces, const Stars& stars)
      : vertices_(vertices), pieces_(pieces), stars_(stars), status_(Below{this}) {}

  /// Nothing when the linework is not clean.
  std::optional<std::vector<WesternEnd>> run(std::uint32_t first, std::uint32_t end) {
    if (!begin(first)) return std::nullopt;
    std::vector<WesternEnd> ends;
    for (auto vertex = first; vertex < end; ++vertex)
      if (!pass(vertex, ends)) return std::nullopt;
    // At the very end all pieces have ended.
    if (end == vertices_.size() && !status_.empty()) return fault_at(pieces_[*status_.begin()].to);
    return ends;
  }

  /// Where it is not.
  [[nodiscard]] PlanePoint fault() const { return vertices_[fault_]; }

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

  /// What passes the line west of `first`. Where it is in a wrong order, two pieces cross further west: that is found
  /// there.
  bool begin(std::uint32_t first) {
    for (std::uint32_t piece = 0; piece < pieces_.size() && pieces_[piece].from < first; ++piece)
      if (pieces_[piece].to >= first) status_.insert(piece);
    if (status_.empty()) return true;
    for (auto above = std::next(status_.begin()); above != status_.end(); ++above)
      if (!check(*std::prev(above), *above, first)) return false;
    return true;
  }

  bool pass(std::uint32_t vertex, std::vector<WesternEnd>& ends) {
    const auto above = removed_at(vertex);
    if (!above) return false;
    if (stars_.ending(vertex).empty())
      ends.push_back({vertex, *above == status_.begin() ? no_piece : *std::prev(*above)});
    for (const auto piece : stars_.starting(vertex)) {
      const auto placed = status_.emplace_hint(*above, piece);
      if (*placed != piece || std::next(placed) != *above) return is_fault(vertex);
      if (placed != status_.begin() && !check(*std::prev(placed), piece, vertex)) return false;
    }
    return *above == status_.end() || *above == status_.begin() || check(*std::prev(*above), **above, vertex);
  }

  /// Takes out the pieces that end at `vertex`; returns the first one above it.
  std::optional<Status::iterator> removed_at(std::uint32_t vertex) {
    auto place = status_.lower_bound(vertices_[vertex]);
    std::size_t ended = 0;
    while (place != status_.end() && side_of(pieces_[*place], vertex) == 0) {
      if (pieces_[*place].to != vertex) return fault_at(vertex);
      place = status_.erase(place);
      ++ended;
    }
    if (ended != stars_.ending(vertex).size()) return fault_at(vertex);
    return place;
  }

  /// False for two neighbours that have more in common than an end.
  bool check(std::uint32_t a, std::uint32_t b, std::uint32_t vertex) {
    const Piece& p = pieces_[a];
    const Piece& q = pieces_[b];
    if (p.from == q.from || p.to == q.to) return side_of(p, p.from == q.from ? q.to : q.from) != 0 || is_fault(vertex);
    const int first = side_of(p, q.from) * side_of(p, q.to);
    const int second = side_of(q, p.from) * side_of(q, p.to);
    if (first > 0 || second > 0) return true;
    if (first < 0 && second < 0) return is_fault(vertex);
    // An end lies on the other's line: within it, or beyond it?
    return (!is_within(p, q.from) && !is_within(p, q.to) && !is_within(q, p.from) && !is_within(q, p.to)) ||
           is_fault(vertex);
  }
  [[nodiscard]] bool is_within(const Piece& piece, std::uint32_t vertex) const {
    return piece.from < vertex && vertex < piece.to && side_of(piece, vertex) == 0;
  }

  std::nullopt_t fault_at(std::uint32_t vertex) {
    fault_ = vertex;
    return std::nullopt;
  }
  bool is_fault(std::uint32_t vertex) { return fault_at(vertex), false; }

  std::span<const PlanePoint> vertices_;
  std::span<const Piece> pieces_;
  const Stars& stars_;
  Status status_;
  std::uint32_t fault_ = 0;
};

}  // namespace

Stars::Stars(std::span<const PlanePoint> vertices, std::span<const Piece> pieces) {
  const auto fill = [&](std::vector<std::uint32_t>& first, std::vector<std::uint32_t>& order,
                        std::uint32_t Piece::*near, std::uint32_t Piece::*far) {
    first = counted_starts(vertices.size(), pieces, near);
    order.resize(pieces.size());
    auto next = first;
    for (std::uint32_t i = 0; i < pieces.size(); ++i) order[next[pieces[i].*near]++] = i;
    for (std::uint32_t v = 0; v < vertices.size(); ++v) {
      if (first[v + 1] - first[v] < 2) continue;
      std::sort(order.begin() + first[v], order.begin() + first[v + 1], [&](std::uint32_t a, std::uint32_t b) {
        return cross(vertices[v], vertices[pieces[a].*far], vertices[pieces[b].*far]) > 0;
      });
    }
  };
  both([&] { fill(first_starting_, starting_, &Piece::from, &Piece::to); },
       [&] { fill(first_ending_, ending_, &Piece::to, &Piece::from); });
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

Result<std::vector<WesternEnd>, PlanePoint> swept(std::span<const PlanePoint> vertices, std::span<const Piece> pieces,
                                                  const Stars& stars) {
  // Ranges of vertices side by side. Each sees the crossings within it, however many there are: all of them together
  // are one sweep.
  constexpr std::size_t worth_a_thread = 10'000;
  const std::size_t ranges = vertices.size() < 2 * worth_a_thread ? 1 : 2 * core_count();
  std::vector<Result<std::vector<WesternEnd>, PlanePoint>> found(ranges, std::vector<WesternEnd>());
  in_parallel(ranges, [&](std::size_t range) {
    Sweep sweep(vertices, pieces, stars);
    auto ends = sweep.run(static_cast<std::uint32_t>(range * vertices.size() / ranges),
                          static_cast<std::uint32_t>((range + 1) * vertices.size() / ranges));
    if (ends)
      found[range] = std::move(*ends);
    else
      found[range] = Unexpected{sweep.fault()};
  });
  std::vector<WesternEnd> all;
  for (auto& ends : found) {
    if (!ends) return Unexpected{ends.error()};
    all.insert(all.end(), ends->begin(), ends->end());
  }
  return all;
}

std::vector<WesternEnd> proven(std::span<const PlanePoint> vertices, std::span<const Piece> pieces,
                               const Stars& stars) {
  auto ends = swept(vertices, pieces, stars);
  if (ends) return std::move(*ends);
  const PlanePoint place = ends.error();
  throw Error("the partition's linework is not clean near (" + std::to_string(place.x) + ", " +
              std::to_string(place.y) +
              ") in grid units: two pieces cross, overlap, or touch between vertices. This is a defect of Géoprio's "
              "noding; please report it with the sources loaded");
}

}  // namespace geoprio::partition
