#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "geo/geometry/overlay.hpp"
#include "geo/tiling/tile_matrix_set.hpp"
#include "tests/tileserver/atlas/default_atlas.hpp"
#include "tests/tileserver/atlas/tile_reading.hpp"

using namespace geoprio;

namespace {

/// The tiles of a zoom that hold the box; the textbook formula in doubles, apart from the code under test.
struct TileRange {
  std::uint32_t west, east, north, south;
};
TileRange tiles_of(const DegreeBox& box, unsigned zoom) {
  const double count = std::ldexp(1.0, static_cast<int>(zoom));
  const auto column = [&](std::int32_t x) { return static_cast<std::uint32_t>((x / 1e7 + 180) / 360 * count); };
  const auto row = [&](std::int32_t y) {
    return static_cast<std::uint32_t>((1 - std::asinh(std::tan(y / 1e7 * std::numbers::pi / 180)) / std::numbers::pi) /
                                      2 * count);
  };
  return {column(box.low.x), column(box.high.x), row(box.high.y), row(box.low.y)};
}

template <class Visit>
void for_each_tile(const domain::Layer& layer, unsigned zoom, Visit visit) {
  const auto range = tiles_of(*layer.bounds, zoom);
  for (auto column = range.west; column <= range.east; ++column)
    for (auto row = range.north; row <= range.south; ++row) visit(*tiling::TileCoordinate::make(zoom, column, row));
}

}  // namespace

TEST_CASE("every polygon of every tile of the default atlas is valid at every zoom", "[tiles]") {
  const auto atlas = tests::default_atlas();
  std::size_t polygons = 0;
  for (std::size_t number = 0; number < atlas->layers.size(); ++number)
    for (unsigned zoom = 0; zoom <= atlas->max_zoom; ++zoom)
      for_each_tile(atlas->layers[number], zoom, [&](tiling::TileCoordinate tile) {
        const auto decoded = tests::tile_of(atlas->tiles->cut(number, tile));
        for (const auto& layer : decoded.layers())
          for (const auto& feature : layer.features()) {
            if (feature.type() != vector_tile::Tile_GeomType_POLYGON) continue;
            const auto shape = tests::polygons_of(feature);
            const auto defect = geometry::defect_of(shape);
            if (!defect.empty())
              FAIL(atlas->layers[number].id << " " << zoom << "/" << tile.column() << "/" << tile.row() << ": "
                                            << defect);
            polygons += shape.polygons.size();
          }
      });
  CHECK(polygons > 1000);
}

TEST_CASE("communes fill a tile wholly inside the territory exactly", "[tiles]") {
  const auto atlas = tests::default_atlas();
  const auto number = *atlas->layer_number("communes");
  // 14/8391/5865 is the middle of Saint-Étienne; its neighbours are inside the hull too. (4096 + 2·64)² units.
  for (std::uint32_t column : {8390U, 8391U, 8392U}) {
    double area = 0;
    const auto tile = tests::tile_of(atlas->tiles->cut(number, *tiling::TileCoordinate::make(14, column, 5865)));
    for (const auto& feature : tile.layers(0).features()) area += geometry::area_of(tests::polygons_of(feature));
    CHECK(area == 4224.0 * 4224.0);
  }
}

TEST_CASE("a quarter has one label in the tile that holds it and the same feature id at every zoom", "[tiles]") {
  const auto atlas = tests::default_atlas();
  const auto number = *atlas->layer_number("2014.labels");
  const auto& features = atlas->layers[number].features;
  const auto montreynaud = features.find("montreynaud");
  REQUIRE(montreynaud);
  const auto id = domain::tile_feature_id("2014.labels", "montreynaud");
  for (unsigned zoom = 0; zoom <= 16; ++zoom) {
    // Montreynaud's invented perimeter is around 4.402 E, 45.469 N.
    const auto range = tiles_of(DegreeBox::around(std::get<DegreePoint>(features.geometry(*montreynaud))), zoom);
    const auto tile =
        tests::tile_of(atlas->tiles->cut(number, *tiling::TileCoordinate::make(zoom, range.west, range.north)));
    int found = 0;
    for (const auto& feature : tile.layers(0).features()) found += feature.id() == id ? 1 : 0;
    CHECK(found == 1);
  }
}

TEST_CASE("an unknown value is left out of a tile", "[tiles]") {
  const auto atlas = tests::default_atlas();
  const auto tile = tests::tile_of(
      atlas->tiles->cut(*atlas->layer_number("2014.quarters"), *tiling::TileCoordinate::make(9, 262, 183)));
  const auto& layer = tile.layers(0);
  REQUIRE(layer.features_size() == 24);
  std::map<std::string, int> uses;
  for (const auto& feature : layer.features())
    for (int tag = 0; tag < feature.tags_size(); tag += 2) ++uses[layer.keys(static_cast<int>(feature.tags(tag)))];
  CHECK(uses["tier"] == 24);
  CHECK(uses["tier_adopted"] == 1);  // Solaure's
  CHECK(uses["tier_rank"] == 23);    // Jacquard is undetermined, which has no rank
}

TEST_CASE("a tile of several layers is the tiles of each, one after another", "[default-atlas]") {
  const auto atlas = tests::default_atlas();
  std::vector<std::size_t> numbers;
  for (const auto* name : {"communes", "2014.tiers", "2014.borders", "2014.labels", "2014.quarters"})
    numbers.push_back(*atlas->layer_number(name));
  for (const auto& place : {tiling::TileCoordinate::make(9, 262, 183), tiling::TileCoordinate::make(14, 8390, 5865)}) {
    std::string expected;
    for (const auto number : numbers) expected += atlas->tiles->cut(number, *place);
    CHECK(expected.size() > 100);
    CHECK(atlas->tiles->cut(numbers, *place) == expected);
  }
}

TEST_CASE("tiles made without a server are the served ones, of the layers that were asked for alone",
          "[default-atlas]") {
  const auto loaded = loading::load(std::string(GEOPRIO_SOURCE_FOLDER) + "/datasets/saint-etienne");
  const auto cut = atlas::cut_atlas(loaded, atlas::Audience::everyone, Language::french);
  const auto served = tests::default_atlas();
  const auto tiles = atlas::published_tiles(cut, std::vector<std::string>{"2014.tiers", "communes"});
  CHECK(tiles->fingerprint == served->fingerprint);
  REQUIRE(tiles->layers.size() == served->layers.size());
  std::size_t bytes = 0;
  for (std::size_t number = 0; number < served->layers.size(); ++number) {
    const auto& id = served->layers[number].id;
    INFO(id);
    CHECK(tiles->layers[number].id == id);
    for (const unsigned zoom : {0U, 9U, 12U, 16U}) {
      const auto place = tiling::tile_containing(*LonLat::make(4.40, 45.43), zoom);
      const auto tile = tiles->tiles->cut(number, place);
      if (id == "2014.tiers" || id == "communes") CHECK(tile == served->tiles->cut(number, place));
      // Of what was not asked for there are no borders.
      if (id == "2007.quarters") CHECK(tile.empty());
      bytes += tile.size();
    }
  }
  CHECK(bytes > 1000);
}
