#include "tileserver/service/warm_up.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "geo/projection/web_mercator.hpp"
#include "tileserver/service/styles.hpp"
#include "tileserver/service/tile_cut.hpp"

namespace geoprio::service {
namespace {

constexpr unsigned deepest_warm_zoom = 8;

struct TileRange {
  std::uint32_t first_column, last_column, first_row, last_row;
};

/// The tiles of a zoom that a box touches.
TileRange tiles_over(const DegreeBox& box, unsigned zoom) {
  // The grid has 2^32 columns from -2^31.
  const auto number = [zoom](std::int32_t coordinate) {
    const auto from_edge = static_cast<std::uint64_t>(std::int64_t{coordinate} + (std::int64_t{1} << 31U));
    return static_cast<std::uint32_t>(from_edge >> (32U - zoom));
  };
  const auto south_west = projection::on_mercator_grid(box.low);
  const auto north_east = projection::on_mercator_grid(box.high);
  return {number(south_west.x), number(north_east.x), number(north_east.y), number(south_west.y)};
}

}  // namespace

WarmUp::WarmUp(const std::shared_ptr<const Snapshot>& snapshot) : snapshot_(snapshot) {
  if (!snapshot->atlas) return;
  const auto& atlas = *snapshot->atlas;
  std::vector<std::size_t> all;
  for (const auto& id : style_layers(atlas, atlas.default_edition)) all.push_back(*atlas.layer_number(id));
  std::sort(all.begin(), all.end());
  std::vector<std::vector<std::size_t>> combinations;
  if (all.size() > 1) combinations.push_back(all);
  for (const auto layer : all) combinations.push_back({layer});

  for (unsigned zoom = 0; zoom <= std::min(deepest_warm_zoom, atlas.max_zoom); ++zoom)
    for (const auto& layers : combinations) {
      std::optional<DegreeBox> box;
      for (const auto layer : layers) {
        const auto& bounds = atlas.layers[layer].bounds;
        if (!bounds) continue;
        if (!box) box = bounds;
        box->extend(bounds->low);
        box->extend(bounds->high);
      }
      if (!box) continue;
      const auto range = tiles_over(*box, zoom);
      for (auto row = range.first_row; row <= range.last_row; ++row)
        for (auto column = range.first_column; column <= range.last_column; ++column)
          wanted_.push_back({layers, *tiling::TileCoordinate::make(zoom, column, row)});
    }
  std::reverse(wanted_.begin(), wanted_.end());
}

bool WarmUp::step() {
  const auto snapshot = snapshot_.lock();
  if (!snapshot || wanted_.empty() || snapshot->tiles->size() > snapshot->tiles->capacity() / 4) return false;
  const auto [layers, tile] = std::move(wanted_.back());
  wanted_.pop_back();
  const auto work =
      snapshot->tiles->ask(cache::TileKey(layers, tile), cut_of(snapshot->atlas, layers, tile, Compressed::gzip),
                           [](const Result<cache::FoundTile, std::exception_ptr>&) {});
  if (work) work();
  return !wanted_.empty();
}

}  // namespace geoprio::service
