// From the partition's edges to a network's borders: edges whose two sides differ, melted where nothing else meets.

#include <array>
#include <limits>
#include <utility>

#include "geo/partition/dissolve.hpp"
#include "geo/projection/web_mercator.hpp"
#include "geo/tiling/network.hpp"

namespace geoprio::tiling {
namespace {

using partition::OwnedSegment;
using partition::Partition;
using partition::PlanePoint;

struct Border {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  Group left = no_group;
  Group right = no_group;
};

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// How borders meet at a vertex: the two that pass, or the fact that it stays.
struct Meeting {
  std::array<std::uint32_t, 2> borders{none, none};
  bool stays = false;
};

bool same_sides(const Border& a, const Border& b) {
  return (a.left == b.left && a.right == b.right) || (a.left == b.right && a.right == b.left);
}

std::vector<Meeting> meetings(const Partition& partition, const std::vector<Border>& borders, std::uint64_t kept_sets) {
  std::vector<Meeting> all(partition.vertices().size());
  const auto arrive = [&](std::uint32_t vertex, std::uint32_t border) {
    auto& meeting = all[vertex];
    if (meeting.borders[0] == none)
      meeting.borders[0] = border;
    else if (meeting.borders[1] == none)
      meeting.borders[1] = border;
    else
      meeting.stays = true;
  };
  for (std::uint32_t border = 0; border < borders.size(); ++border) {
    arrive(borders[border].from, border);
    arrive(borders[border].to, border);
  }
  for (std::uint32_t vertex = 0; vertex < all.size(); ++vertex) {
    auto& meeting = all[vertex];
    if (kept_sets == partition::every_set || (partition.vertex_sets(vertex) & kept_sets) != 0 ||
        meeting.borders[1] == none)
      meeting.stays = true;
    else if (!meeting.stays)
      meeting.stays = !same_sides(borders[meeting.borders[0]], borders[meeting.borders[1]]);
  }
  return all;
}

/// The borders from a vertex that stays, along `border`, to the next vertex that stays, which is `end` after.
std::vector<std::uint32_t> run_from(const std::vector<Border>& borders, const std::vector<Meeting>& all,
                                    std::uint32_t start, std::uint32_t border, std::uint32_t& end) {
  std::vector<std::uint32_t> run;
  end = start;
  while (true) {
    run.push_back(border);
    end = borders[border].from == end ? borders[border].to : borders[border].from;
    const auto& meeting = all[end];
    if (meeting.stays) return run;
    border = meeting.borders[0] == border ? meeting.borders[1] : meeting.borders[0];
  }
}

void add_segment(std::vector<OwnedSegment>& segments, const Partition& partition, std::uint32_t from, std::uint32_t to,
                 const Border& border) {
  const auto a = projection::on_mercator_grid(partition.place_of(from));
  const auto b = projection::on_mercator_grid(partition.place_of(to));
  for (const auto group : {border.left, border.right})
    if (group != no_group) segments.push_back({PlanePoint{a.x, a.y}, PlanePoint{b.x, b.y}, group});
}

}  // namespace

std::vector<OwnedSegment> border_segments(const Partition& partition, const partition::Grouping& grouping,
                                          std::uint64_t kept_sets) {
  std::vector<Border> borders;
  for (const auto& edge : partition.edges()) {
    const auto left = grouping.group_of_face[edge.left];
    const auto right = grouping.group_of_face[edge.right];
    if (left != right) borders.push_back({edge.from, edge.to, left, right});
  }
  const auto all = meetings(partition, borders, kept_sets);
  std::vector<OwnedSegment> segments;
  std::vector<bool> melted(borders.size());
  for (std::uint32_t border = 0; border < borders.size(); ++border)
    for (const auto start : {borders[border].from, borders[border].to}) {
      if (melted[border] || !all[start].stays) continue;
      std::uint32_t end = start;
      const auto run = run_from(borders, all, start, border, end);
      if (end == start) continue;  // a loop that hangs on one vertex has no shape without its others
      add_segment(segments, partition, start, end, borders[border]);
      for (const auto passed : run) melted[passed] = true;
    }
  // What is left are loops: they keep every vertex.
  for (std::uint32_t border = 0; border < borders.size(); ++border)
    if (!melted[border]) add_segment(segments, partition, borders[border].from, borders[border].to, borders[border]);
  return segments;
}

}  // namespace geoprio::tiling
