#include "tileserver/atlas/network_tiles.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace geoprio::atlas {

NetworkTiles::NetworkTiles(std::span<const domain::Layer> layers, std::vector<tiling::Network> networks,
                           std::vector<LayerTiles> tiles)
    : networks_(std::move(networks)), tiles_(std::move(tiles)) {
  for (const auto& layer : layers) {
    mvt::LayerTable::Builder table(layer.id, layer.fields);
    for (const auto& feature : layer.features)
      table.add_feature(domain::tile_feature_id(layer.id, feature.id), feature.values);
    tables_.push_back(std::move(table).finished());
  }
}

namespace {

/// Of a layer of polygons: a point lies in two of them and takes up to four bytes in each; a border bears a third of
/// the attributes of either. More than that is seldom.
std::size_t expected_bytes(const tiling::TileBorders& borders) {
  return 8 * borders.point_count() + 24 * borders.runs().size();
}

}  // namespace

std::string NetworkTiles::cut(std::span<const std::size_t> numbers, tiling::TileCoordinate tile) const {
  // An edition's tiers, quarters and borders share a network: its borders are found once.
  std::vector<std::pair<std::uint32_t, tiling::TileBorders>> found;
  const auto borders_of = [&](std::uint32_t network) -> const tiling::TileBorders& {
    for (const auto& [number, borders] : found)
      if (number == network) return borders;
    return found.emplace_back(network, networks_[network].borders_in(tile)).second;
  };
  const auto layer = [&](std::size_t number) {
    const auto& [network, features] = tiles_[number];
    mvt::LayerWriter writer(tables_[number], network ? expected_bytes(borders_of(*network)) : 0);
    const auto add = [&writer](const auto& feature) { writer.add(feature); };
    if (const auto* points = std::get_if<tiling::PointFeatures>(&features))
      std::ranges::for_each(points->in(tile), add);
    else if (const auto* groups = std::get_if<tiling::FeatureGroups>(&features))
      tiling::cut_polygons(borders_of(*network), *groups, add);
    else
      std::ranges::for_each(
          tiling::cut_lines(borders_of(*network), std::get<tiling::BorderFeatures>(features)).features, add);
    return std::move(writer).finished();
  };
  if (numbers.size() == 1) return layer(numbers.front());
  std::string bytes;
  for (const auto number : numbers) bytes += layer(number);
  return bytes;
}

}  // namespace geoprio::atlas
