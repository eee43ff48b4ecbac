#include "geo/mvt/layer_encoder.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "vector_tile.pb.h"

using geoprio::AttributeValue;
using geoprio::Field;
using geoprio::FieldType;
using geoprio::Ring;
using geoprio::mvt::encoded_layer;
using geoprio::mvt::LayerContent;
using geoprio::mvt::point_commands;
using geoprio::mvt::polygon_commands;
using geoprio::tiling::TilePoint;
using geoprio::tiling::TilePolygon;

namespace {

using Commands = std::vector<std::uint32_t>;

const std::vector<Field> fields{{"name", FieldType::text},
                                {"count", FieldType::integer},
                                {"share", FieldType::real},
                                {"listed", FieldType::boolean}};

/// A tile that another reader than ours made of the bytes.
vector_tile::Tile read(const std::string& bytes) {
  vector_tile::Tile tile;
  REQUIRE(tile.ParseFromString(bytes));
  return tile;
}

std::string key_of(const vector_tile::Tile_Layer& layer, int feature, int pair) {
  return layer.keys(static_cast<int>(layer.features(feature).tags(2 * pair)));
}

const vector_tile::Tile_Value& value_of(const vector_tile::Tile_Layer& layer, int feature, int pair) {
  return layer.values(static_cast<int>(layer.features(feature).tags(2 * pair + 1)));
}

}  // namespace

// The command integers are those that MVT 2.1 §4.3.5 writes out for the same shapes.
TEST_CASE("a point is the specification's first example", "[mvt]") {
  CHECK(point_commands(TilePoint{25, 17}) == Commands{9, 50, 34});
}

TEST_CASE("a polygon is the specification's example of one", "[mvt]") {
  const std::vector<TilePolygon> polygons{{{{{3, 6}, {8, 12}, {20, 34}}}, {}}};
  CHECK(polygon_commands(polygons) == Commands{9, 6, 12, 18, 10, 12, 24, 44, 15});
}

TEST_CASE("polygons with a hole go on from the cursor, as in the specification's last example", "[mvt]") {
  const std::vector<TilePolygon> polygons{
      {{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}}, {}},
      {{{{11, 11}, {20, 11}, {20, 20}, {11, 20}}}, {{{{13, 13}, {13, 17}, {17, 17}, {17, 13}}}}}};
  CHECK(polygon_commands(polygons) == Commands{9, 0,  0,  26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0,
                                               0, 18, 17, 0,  15, 9, 4, 13, 26, 0, 8,  8, 0,  0, 7,  15});
}

TEST_CASE("a layer says its version, name and extent", "[mvt]") {
  const std::vector<AttributeValue> values(4);
  const auto tile = read(encoded_layer({"2014.tiers", fields, {{1, values, TilePoint{0, 0}}}}));
  REQUIRE(tile.layers_size() == 1);
  CHECK(tile.layers(0).version() == 2);
  CHECK(tile.layers(0).name() == "2014.tiers");
  CHECK(tile.layers(0).extent() == 4096);
}

TEST_CASE("a layer without features takes no bytes", "[mvt]") { CHECK(encoded_layer({"empty", fields, {}}).empty()); }

TEST_CASE("values keep their types", "[mvt]") {
  const std::vector<AttributeValue> values{std::string("Crêt de Roc"), std::int64_t{-7}, 0.25, false};
  const auto tile = read(encoded_layer({"quarters", fields, {{9, values, TilePoint{0, 0}}}}));
  const auto& layer = tile.layers(0);
  REQUIRE(layer.features(0).tags_size() == 8);
  CHECK(value_of(layer, 0, 0).string_value() == "Crêt de Roc");
  CHECK(value_of(layer, 0, 1).sint_value() == -7);
  CHECK(value_of(layer, 0, 2).double_value() == 0.25);
  CHECK(value_of(layer, 0, 3).has_bool_value());
  CHECK_FALSE(value_of(layer, 0, 3).bool_value());
}

TEST_CASE("an unknown value is absent, key and all", "[mvt]") {
  const std::vector<AttributeValue> values{std::monostate{}, std::int64_t{3}, std::monostate{}, std::monostate{}};
  const auto tile = read(encoded_layer({"quarters", fields, {{9, values, TilePoint{0, 0}}}}));
  const auto& layer = tile.layers(0);
  REQUIRE(layer.features(0).tags_size() == 2);
  CHECK(key_of(layer, 0, 0) == "count");
  CHECK(value_of(layer, 0, 0).int_value() == 3);
  CHECK(layer.keys_size() == 1);
}

TEST_CASE("equal keys and values are written once, in the order of their first use", "[mvt]") {
  const std::vector<AttributeValue> first{std::monostate{}, std::int64_t{1}, 1.0, true};
  const std::vector<AttributeValue> second{std::string("1"), std::int64_t{1}, 1.0, true};
  const auto tile =
      read(encoded_layer({"quarters", fields, {{1, first, TilePoint{0, 0}}, {2, second, TilePoint{0, 0}}}}));
  const auto& layer = tile.layers(0);
  CHECK(std::vector<std::string>(layer.keys().begin(), layer.keys().end()) ==
        std::vector<std::string>{"count", "share", "listed", "name"});
  // 1, 1.0, true and "1" are four values: equal only within a type.
  REQUIRE(layer.values_size() == 4);
  CHECK(layer.values(3).string_value() == "1");
}

TEST_CASE("a feature keeps its 52-bit id and says what its geometry is", "[mvt]") {
  const std::vector<AttributeValue> values(4);
  const std::uint64_t id = (std::uint64_t{1} << 52U) - 1U;
  const std::vector<TilePolygon> square{{{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}}, {}}};
  const auto tile = read(encoded_layer({"quarters", fields, {{id, values, square}, {1, values, TilePoint{25, 17}}}}));
  const auto& layer = tile.layers(0);
  CHECK(layer.features(0).id() == id);
  CHECK(layer.features(0).type() == vector_tile::Tile_GeomType_POLYGON);
  CHECK(layer.features(1).type() == vector_tile::Tile_GeomType_POINT);
  const auto& geometry = layer.features(1).geometry();
  CHECK(Commands(geometry.begin(), geometry.end()) == Commands{9, 50, 34});
}

TEST_CASE("layers written one after another are a tile", "[mvt]") {
  const std::vector<AttributeValue> values(4);
  const auto one = encoded_layer({"one", fields, {{1, values, TilePoint{0, 0}}}});
  const auto two = encoded_layer({"two", fields, {{1, values, TilePoint{0, 0}}}});
  const auto tile = read(one + two);
  REQUIRE(tile.layers_size() == 2);
  CHECK(tile.layers(0).name() == "one");
  CHECK(tile.layers(1).name() == "two");
}

TEST_CASE("the same content gives the same bytes", "[mvt]") {
  const std::vector<AttributeValue> values{std::string("a"), std::int64_t{-1}, 2.5, true};
  const LayerContent content{"quarters", fields, {{5, values, TilePoint{-64, 4160}}}};
  CHECK(encoded_layer(content) == encoded_layer(content));
}
