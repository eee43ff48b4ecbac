// The borders between tiers of the default atlas, as features and in tiles.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/tileserver/atlas/default_atlas.hpp"
#include "tests/tileserver/atlas/tile_reading.hpp"

using namespace geoprio;

namespace {

const domain::Layer& layer(const char* id) {
  return tests::default_atlas()->layers[*tests::default_atlas()->layer_number(id)];
}

std::string text_of(const domain::Layer& layer, const domain::Feature& feature, const std::string& field) {
  for (std::size_t place = 0; place < layer.fields.size(); ++place)
    if (layer.fields[place].name == field) return std::get<std::string>(feature.values[place]);
  return {};
}

using Edge = std::pair<DegreePoint, DegreePoint>;

/// The directed edges of a tier's polygons: shells anticlockwise, holes clockwise, so the tier is on the left.
std::set<Edge> edges_of(const domain::Feature& tier) {
  std::set<Edge> edges;
  const auto add = [&](const Ring<DegreePoint>& ring) {
    for (std::size_t i = 0; i < ring.points.size(); ++i)
      edges.insert({ring.points[i], ring.points[(i + 1) % ring.points.size()]});
  };
  for (const auto& polygon : std::get<DegreeShape>(tier.geometry).polygons) {
    add(polygon.shell);
    for (const auto& hole : polygon.holes) add(hole);
  }
  return edges;
}

}  // namespace

TEST_CASE("borders have the tier that they name on their left, north up", "[borders]") {
  const auto& borders = layer("2014.borders");
  const auto& tiers = layer("2014.tiers");
  std::size_t checked = 0;
  for (const auto& tier : tiers.features) {
    if (tier.id == "outside") continue;
    const auto edges = edges_of(tier);
    std::size_t on_left = 0;
    std::size_t on_right = 0;
    for (const auto& border : borders.features) {
      const bool left = text_of(borders, border, "left") == tier.id;
      const bool right = text_of(borders, border, "right") == tier.id;
      CHECK(border.id == text_of(borders, border, "left") + "." + text_of(borders, border, "right"));
      for (const auto& line : std::get<DegreeLines>(border.geometry).lines)
        for (std::size_t i = 1; i < line.size(); ++i) {
          const bool along = edges.contains({line[i - 1], line[i]});
          const bool against = edges.contains({line[i], line[i - 1]});
          // Both layers are of the same edges but where a tier's polygons leave out a crossing of another set's border.
          if (!along && !against) continue;
          CHECK(along == left);
          CHECK(against == right);
          on_left += along ? 1 : 0;
          on_right += against ? 1 : 0;
        }
    }
    CHECK(on_left + on_right > edges.size() * 9 / 10);
    checked += on_left + on_right;
  }
  CHECK(checked > 100);
}

TEST_CASE("a border is in a tile once, in the direction of its feature", "[borders][tiles]") {
  const auto& borders = layer("2014.borders");
  const auto number = *tests::default_atlas()->layer_number("2014.borders");
  // 9/262/183 holds all quarters, so borders with the land outside go all around.
  const auto place = *tiling::TileCoordinate::make(9, 262, 183);
  const auto tile = tests::tile_of(tests::default_atlas()->tiles->cut(number, place));
  REQUIRE(tile.layers_size() == 1);
  std::map<std::uint64_t, std::string> id_of;
  for (const auto& feature : borders.features) id_of[domain::tile_feature_id(borders.id, feature.id)] = feature.id;
  std::set<std::tuple<std::int32_t, std::int32_t, std::int32_t, std::int32_t>> pieces;
  std::map<std::string, double> area_on_left;
  for (const auto& feature : tile.layers(0).features()) {
    CHECK(feature.type() == vector_tile::Tile_GeomType_LINESTRING);
    REQUIRE(id_of.contains(feature.id()));
    std::int32_t x = 0;
    std::int32_t y = 0;
    for (int i = 0; i < feature.geometry_size();) {
      const auto command = feature.geometry(i++);
      for (std::uint32_t step = 0; step < command >> 3U; ++step) {
        const auto from_x = x;
        const auto from_y = y;
        x += tests::unzigzag(feature.geometry(i++));
        y += tests::unzigzag(feature.geometry(i++));
        if ((command & 7U) != 2) continue;
        CHECK(pieces.insert({from_x, from_y, x, y}).second);
        CHECK_FALSE(pieces.contains({x, y, from_x, from_y}));
        // The surveyor's formula, y to the north: a closed border around what is on its left has a positive sum.
        area_on_left[id_of[feature.id()]] += double(x) * from_y - double(from_x) * y;
      }
    }
  }
  CHECK(pieces.size() > 30);
  CHECK(area_on_left["priority_1.outside"] > 0);
}
