#include "geo/mvt/layer_encoder.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "vector_tile.pb.h"

using namespace geoprio;
using mvt::LayerTable;
using tiling::FeaturePolygons;
using tiling::TilePoint;

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

std::string layer_of(const LayerTable& table, const auto& features) {
  mvt::LayerWriter writer(table);
  for (const auto& feature : features) writer.add(feature);
  return std::move(writer).finished();
}

/// A layer of one point feature for each list of values, with ids from 1.
std::string points_layer(const std::string& name, const std::vector<std::vector<AttributeValue>>& features) {
  LayerTable::Builder table(name, fields);
  std::vector<tiling::PlacedPoint> points;
  for (const auto& values : features) {
    points.push_back({static_cast<std::uint32_t>(points.size()), TilePoint{25, 17}});
    table.add_feature(points.size(), values);
  }
  return layer_of(std::move(table).finished(), points);
}

struct TestRing {
  std::vector<TilePoint> points;
  bool hole = false;
};

/// One feature of polygons, number 0.
std::vector<FeaturePolygons> polygons(const std::vector<TestRing>& rings) {
  FeaturePolygons made;
  for (const auto& ring : rings) {
    made.points.insert(made.points.end(), ring.points.begin(), ring.points.end());
    made.rings.push_back({static_cast<std::uint32_t>(made.points.size()), ring.hole});
  }
  return {made};
}

const std::vector<AttributeValue> unknown_values(4);

mvt::LayerTable table_of_one(std::uint64_t id = 1) {
  LayerTable::Builder table("quarters", fields);
  table.add_feature(id, unknown_values);
  return std::move(table).finished();
}

Commands commands_of(const vector_tile::Tile_Feature& feature) {
  return {feature.geometry().begin(), feature.geometry().end()};
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
  const auto tile = read(points_layer("points", {unknown_values}));
  CHECK(tile.layers(0).features(0).type() == vector_tile::Tile_GeomType_POINT);
  CHECK(commands_of(tile.layers(0).features(0)) == Commands{9, 50, 34});
}

TEST_CASE("lines are the specification's example of two", "[mvt]") {
  const std::vector<TilePoint> first{{2, 2}, {2, 10}, {10, 10}};
  const std::vector<TilePoint> second{{1, 1}, {3, 5}};
  tiling::TileLines lines;
  lines.features.push_back({0, {first, second}});
  const auto tile = read(layer_of(table_of_one(), lines.features));
  CHECK(tile.layers(0).features(0).type() == vector_tile::Tile_GeomType_LINESTRING);
  CHECK(commands_of(tile.layers(0).features(0)) == Commands{9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8});
}

TEST_CASE("a polygon is the specification's example of one", "[mvt]") {
  const auto tile = read(layer_of(table_of_one(), polygons({{{{3, 6}, {8, 12}, {20, 34}}}})));
  CHECK(tile.layers(0).features(0).type() == vector_tile::Tile_GeomType_POLYGON);
  CHECK(commands_of(tile.layers(0).features(0)) == Commands{9, 6, 12, 18, 10, 12, 24, 44, 15});
}

TEST_CASE("polygons with a hole go on from the cursor, as in the specification's last example", "[mvt]") {
  const auto made = polygons({{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}},
                              {{{11, 11}, {20, 11}, {20, 20}, {11, 20}}},
                              {{{13, 13}, {13, 17}, {17, 17}, {17, 13}}, true}});
  const auto tile = read(layer_of(table_of_one(), made));
  CHECK(commands_of(tile.layers(0).features(0)) == Commands{9, 0,  0,  26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0,
                                                            0, 18, 17, 0,  15, 9, 4, 13, 26, 0, 8,  8, 0,  0, 7,  15});
}

TEST_CASE("a layer says its version, name and extent", "[mvt]") {
  const auto tile = read(points_layer("2014.tiers", {unknown_values}));
  REQUIRE(tile.layers_size() == 1);
  CHECK(tile.layers(0).version() == 2);
  CHECK(tile.layers(0).name() == "2014.tiers");
  CHECK(tile.layers(0).extent() == 4096);
}

TEST_CASE("a layer without features takes no bytes", "[mvt]") { CHECK(points_layer("empty", {}).empty()); }

TEST_CASE("values keep their types", "[mvt]") {
  const auto tile = read(points_layer("quarters", {{std::string("Crêt de Roc"), std::int64_t{-7}, 0.25, false}}));
  const auto& layer = tile.layers(0);
  REQUIRE(layer.features(0).tags_size() == 8);
  CHECK(value_of(layer, 0, 0).string_value() == "Crêt de Roc");
  CHECK(value_of(layer, 0, 1).sint_value() == -7);
  CHECK(value_of(layer, 0, 2).double_value() == 0.25);
  CHECK(value_of(layer, 0, 3).has_bool_value());
  CHECK_FALSE(value_of(layer, 0, 3).bool_value());
}

TEST_CASE("an unknown value is absent, key and all", "[mvt]") {
  const auto tile =
      read(points_layer("quarters", {{std::monostate{}, std::int64_t{3}, std::monostate{}, std::monostate{}}}));
  const auto& layer = tile.layers(0);
  REQUIRE(layer.features(0).tags_size() == 2);
  CHECK(key_of(layer, 0, 0) == "count");
  CHECK(value_of(layer, 0, 0).int_value() == 3);
  CHECK(layer.keys_size() == 1);
  CHECK(layer.values_size() == 1);
}

TEST_CASE("equal keys and values are written once, in the order of their first use", "[mvt]") {
  const auto tile = read(points_layer(
      "quarters", {{std::monostate{}, std::int64_t{1}, 1.0, true}, {std::string("1"), std::int64_t{1}, 1.0, true}}));
  const auto& layer = tile.layers(0);
  CHECK(std::vector<std::string>(layer.keys().begin(), layer.keys().end()) ==
        std::vector<std::string>{"count", "share", "listed", "name"});
  // 1, 1.0, true and "1" are four values: equal only within a type.
  REQUIRE(layer.values_size() == 4);
  CHECK(layer.values(3).string_value() == "1");
}

TEST_CASE("each of thousands of features has its own values beside those that it shares", "[mvt]") {
  std::vector<std::vector<AttributeValue>> features;
  for (std::int64_t number = 0; number < 3000; ++number)
    features.push_back({"Quartier " + std::to_string(number), number % 1000, {}, number % 2 == 0});
  const auto tile = read(points_layer("quarters", features));
  const auto& layer = tile.layers(0);
  CHECK(layer.values_size() == 3000 + 1000 + 2);
  for (int feature = 0; feature < 3000; ++feature) {
    REQUIRE(value_of(layer, feature, 0).string_value() == "Quartier " + std::to_string(feature));
    REQUIRE(value_of(layer, feature, 1).int_value() == feature % 1000);
    REQUIRE(value_of(layer, feature, 2).bool_value() == (feature % 2 == 0));
  }
}

TEST_CASE("a tile writes the values of its own features and no others", "[mvt]") {
  LayerTable::Builder table("quarters", fields);
  for (std::int64_t feature = 0; feature < 100; ++feature)
    table.add_feature(static_cast<std::uint64_t>(feature),
                      std::vector<AttributeValue>{std::string("name ") + std::to_string(feature), feature,
                                                  std::monostate{}, std::monostate{}});
  const std::vector<tiling::PlacedPoint> points{{70, {0, 0}}, {7, {0, 0}}};
  const auto tile = read(layer_of(std::move(table).finished(), points));
  const auto& layer = tile.layers(0);
  REQUIRE(layer.values_size() == 4);
  CHECK(layer.features(0).id() == 70);
  CHECK(value_of(layer, 0, 0).string_value() == "name 70");
  CHECK(value_of(layer, 0, 1).int_value() == 70);
  CHECK(value_of(layer, 1, 0).string_value() == "name 7");
  CHECK(value_of(layer, 1, 1).int_value() == 7);
}

TEST_CASE("a feature keeps its 52-bit id", "[mvt]") {
  const std::uint64_t id = (std::uint64_t{1} << 52U) - 1U;
  const auto tile = read(layer_of(table_of_one(id), polygons({{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}}})));
  CHECK(tile.layers(0).features(0).id() == id);
}

TEST_CASE("layers written one after another are a tile", "[mvt]") {
  const auto tile = read(points_layer("one", {unknown_values}) + points_layer("two", {unknown_values}));
  REQUIRE(tile.layers_size() == 2);
  CHECK(tile.layers(0).name() == "one");
  CHECK(tile.layers(1).name() == "two");
}
