// The borders of one grouping, ready to be cut into tiles at every zoom.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "geo/core/flat_array.hpp"
#include "geo/partition/grouping.hpp"
#include "geo/partition/partition.hpp"
#include "geo/tiling/border_segments.hpp"
#include "geo/tiling/chains.hpp"
#include "geo/tiling/kept_tiles.hpp"
#include "geo/tiling/tile_borders.hpp"
#include "geo/tiling/tile_coordinate.hpp"
#include "geo/tiling/tile_index.hpp"
#include "geo/tiling/tile_noding.hpp"
#include "geo/tiling/west_ray.hpp"

namespace geoprio::tiling {

struct NetworkOptions {
  /// The sets that the layers of this network are made of. A vertex that is in none of their sources, where a border
  /// between the same two groups only passes, is left out: it is where somebody else's border crosses. With
  /// partition::every_set nothing is left out.
  std::uint64_t kept_sets = ~std::uint64_t{0};
  unsigned max_zoom = 16;  ///< at most 20
  /// How many zooms from 0 on are snapped at once and kept; absent: those whose tiles are full enough to be worth it.
  std::optional<unsigned> snapped_zooms = std::nullopt;
};

/// Shallow zooms, whose tiles hold much, are simplified and snapped at load, and kept as they are. Deep ones, whose
/// tiles hold little, would fill the memory with copies of the same points and of the tiles' sides: their tiles are
/// snapped when they are asked for, from the points that the zoom needs, to the same result. A group that one zoom
/// shows every deeper one shows. Thread safety: immutable.
class Network {
 public:
  /// Built by as many threads as there are cores.
  static Network make(const partition::Partition& partition, const partition::Grouping& grouping,
                      const NetworkOptions& options);

  static auto members(auto& self) {
    return std::tie(self.max_zoom_, self.snapped_, self.points_, self.sides_, self.shallowest_zooms_, self.index_,
                    self.left_out_, self.shared_faces_);
  }

  [[nodiscard]] unsigned max_zoom() const { return max_zoom_; }
  /// The borders in the closed buffered box of a tile whose zoom is at most `max_zoom()`.
  [[nodiscard]] TileBorders borders_in(TileCoordinate tile) const;

  [[nodiscard]] unsigned snapped_zooms() const { return static_cast<unsigned>(snapped_.size()); }
  /// Faces that came out of rounding in more than one group, all zooms together: none has been seen on real files. Snap
  /// rounding lets no border jump over another, but projecting each vertex by itself and leaving out passing ones may
  /// put a vertex on the wrong side of a border less than a centimetre away. Such a face goes to its smallest group.
  [[nodiscard]] std::size_t shared_faces() const { return shared_faces_; }

 private:
  /// The last zoom shows some more points than it needs: clients enlarge its tiles.
  [[nodiscard]] ShownPoints shown(unsigned zoom) const {
    return ShownPoints(shallowest_zooms_.all(), zoom == max_zoom_ ? zoom + 2 : zoom);
  }
  /// A group that a zoom snapped on demand does not show, and who has its land.
  struct LeftOut {
    unsigned zoom = 0;
    Group group = no_group;
    Group heir = no_group;
  };

  /// The first `zooms` zooms at once, and what the others need when they are asked for.
  void snap(const Chains& chains, unsigned zooms);
  void index(const Chains& chains, unsigned first);
  void keep(Chains chains);
  /// For the zooms from `first` on. Gives the groups that `first` does not show.
  [[nodiscard]] std::vector<Group> leave_out_what_vanishes(const Chains& chains, unsigned first);
  [[nodiscard]] std::vector<Group> gone_at(const Chains& chains, unsigned zoom, const std::vector<Group>& gone_below,
                                           std::vector<LeftOut>& left_out) const;
  /// What is shown near a tile of an indexed zoom, before anything is left out.
  [[nodiscard]] std::vector<SidedSegment> segments_in(TileCoordinate tile,
                                                      std::span<const partition::PlanePoint> points,
                                                      std::span<const Sides> sides) const;
  [[nodiscard]] TileBorders as_left_out(TileBorders borders, unsigned zoom) const;
  [[nodiscard]] Group heir_at(unsigned zoom, Group group) const;
  /// The group along the sides of a box that none of the borders, snapped from these, leaves.
  [[nodiscard]] Group group_around(TileCoordinate tile, std::span<const SidedSegment> segments) const;
  /// The group, before anything is snapped, at a place in the box of a tile of an indexed zoom.
  [[nodiscard]] Group group_at(const HalfPlace& place, TileCoordinate tile) const;

  unsigned max_zoom_ = 0;
  std::vector<KeptTiles> snapped_;  ///< per zoom, from 0
  // For the zooms after those: on the whole Mercator grid.
  FlatArray<partition::PlanePoint> points_;
  FlatArray<Sides> sides_;                    ///< of each chain
  FlatArray<std::uint8_t> shallowest_zooms_;  ///< of each point
  TileIndex index_;
  FlatArray<LeftOut> left_out_;  ///< by zoom, then group
  std::size_t shared_faces_ = 0;
};

}  // namespace geoprio::tiling
