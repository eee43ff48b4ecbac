#include <set>

#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"

using namespace geoprio;
using namespace geoprio::testing;

TEST_CASE("a layer's tile has the same bytes under the standard's address, where the row comes first", "[tilesets]") {
  const auto by_standard = asked("/collections/2014.quarters/tiles/WebMercatorQuad/3/2/4");
  const auto by_column = asked("/xyz/2014.quarters/3/4/2.mvt");
  CHECK(by_standard.status == 200);
  CHECK(header(by_standard, "Content-Type") == "application/vnd.mapbox-vector-tile");
  CHECK(by_standard.body.bytes() == by_column.body.bytes());
  CHECK(by_standard.body.bytes().substr(0, 9) == "[0 3/4/2]");
}

TEST_CASE("the tiles of the whole atlas hold the default edition and the communes, or the layers that are named",
          "[tilesets]") {
  // The small atlas has no tiers, borders or labels; its communes are empty.
  CHECK(asked("/tiles/WebMercatorQuad/3/2/4").body.bytes() ==
        asked("/xyz/communes,2014.quarters/3/4/2.mvt").body.bytes());
  CHECK(asked("/tiles/WebMercatorQuad/3/2/4?collections=c3,c2").body.bytes() ==
        asked("/xyz/c2,c3/3/4/2.mvt").body.bytes());
}

TEST_CASE("layers that cannot be in one tile are refused by the parameter that names them", "[tilesets]") {
  for (const auto* path : {"/tiles/WebMercatorQuad/3/2/4", "/tiles/WebMercatorQuad", "/tiles"}) {
    INFO(path);
    const auto status = [&](const char* list) { return asked(std::string(path) + "?collections=" + list).status; };
    CHECK(status("c2,c2") == 400);
    CHECK(status("c2,nothing") == 404);
    CHECK(status("2014.quarters,communes,c2,c3,c4,c5,c6,c7,c8") == 400);
    CHECK(asked_document(std::string(path) + "?collections=c2,c2").at("parameter") == "collections");
  }
}

TEST_CASE("tiles of no layer are refused", "[tilesets]") {
  for (const auto* target :
       {"/tiles?collections=", "/tiles/WebMercatorQuad?collections=", "/tiles/WebMercatorQuad/0/0/0?collections="}) {
    const auto response = asked(target);
    CHECK(response.status == 400);
    CHECK(document(response).at("parameter") == "collections");
  }
}

TEST_CASE("a tile that was cut once is answered at once under either address", "[tilesets]") {
  const auto snapshot = small_snapshot(small_atlas());
  const auto request = get("/collections/c2/tiles/WebMercatorQuad/3/2/4");
  CHECK_FALSE(answer_at_once(request, *snapshot));
  CHECK(answer(get("/xyz/c2/3/4/2.mvt"), *snapshot).status == 200);
  CHECK(answer_at_once(request, *snapshot)->cache == service::CacheUse::hit);
  CHECK(answer_at_once(get("/tiles/WebMercatorQuad/3/2/4?collections=c2"), *snapshot)->status == 200);
}

TEST_CASE("what is no tile matrix set or no tile of it is named", "[tilesets]") {
  for (const auto* path :
       {"/tiles/WorldCRS84Quad", "/collections/c2/tiles/WorldCRS84Quad/0/0/0", "/tileMatrixSets/WorldCRS84Quad"}) {
    INFO(path);
    const auto refused = asked(path);
    CHECK(refused.status == 404);
    CHECK(document(refused).at("value") == "WorldCRS84Quad");
    CHECK(document(refused).at("allowed") == nlohmann::json::array({"WebMercatorQuad"}));
  }
  CHECK(asked_document("/tiles/WebMercatorQuad/1/0/2").at("parameter") == "z/x/y");
  CHECK(asked("/tiles/WebMercatorQuad/15/0/0").status == 404);  // deeper than the atlas's zooms
  CHECK(asked("/collections/nothing/tiles").status == 404);
}

TEST_CASE("a list of tilesets leads to the tileset, and that to its tiles and to how they are cut", "[tilesets]") {
  for (const std::string path : {"/tiles", "/collections/2014.quarters/tiles", "/tiles?collections=c2"}) {
    INFO(path);
    const auto list = asked_document(path).at("tilesets");
    REQUIRE(list.size() == 1);
    CHECK(list[0].at("dataType") == "vector");
    const auto tileset = asked_document(linked(list[0], "self"));
    CHECK(tileset.at("tileMatrixSetURI") == "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad");
    CHECK(tileset.at("crs") == "http://www.opengis.net/def/crs/EPSG/0/3857");
    CHECK(asked_document(linked(tileset, "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme")).at("id") ==
          "WebMercatorQuad");
    CHECK(asked_document(linked(tileset, "describedby")).at("tilejson") == "3.0.0");
    auto address = linked(tileset, "item");
    for (const auto& [name, number] : {std::pair("{tileMatrix}", "3"), {"{tileRow}", "2"}, {"{tileCol}", "4"}})
      address.replace(address.find(name), std::string(name).size(), number);
    CHECK(asked(address).status == 200);
  }
}

TEST_CASE("a tileset names its layers, their kind, and the tiles that are not empty", "[tilesets]") {
  const auto tileset = asked_document("/collections/2014.quarters/tiles/WebMercatorQuad");
  CHECK(tileset.at("layers").at(0).at("id") == "2014.quarters");
  CHECK(tileset.at("layers").at(0).at("geometryDimension") == 2);
  const auto limits = tileset.at("tileMatrixSetLimits");
  REQUIRE(limits.size() == 15);
  // At zoom 8 a tile is 1.40625 degrees wide: (180 + 4.3) / 1.40625 = 131.06, and latitude 45.4 lies in row 91.
  const auto& eighth = limits.at(8);
  CHECK(eighth.at("tileMatrix") == "8");
  CHECK(eighth.at("minTileCol") == 131);
  CHECK(eighth.at("maxTileCol") == 131);
  CHECK(eighth.at("minTileRow") == 91);
  CHECK(eighth.at("maxTileRow") == 91);
  CHECK(tileset.at("boundingBox").at("lowerLeft") == nlohmann::json::array({4.3, 45.4}));
}

TEST_CASE("the tile matrices are those of the standard", "[tilesets]") {
  // OGC 17-083r4, annex D.1, table for WebMercatorQuad.
  const auto matrices = asked_document("/tileMatrixSets/WebMercatorQuad").at("tileMatrices");
  REQUIRE(matrices.size() == 25);
  CHECK(matrices.at(0).at("scaleDenominator").get<double>() == Approx(559082264.028717));
  CHECK(matrices.at(0).at("cellSize").get<double>() == Approx(156543.033928041));
  CHECK(matrices.at(10).at("scaleDenominator").get<double>() == Approx(545978.773465544));
  CHECK(matrices.at(10).at("matrixWidth") == 1024);
  CHECK(matrices.at(0).at("pointOfOrigin").at(0).get<double>() == Approx(-20037508.3427892));
  CHECK(matrices.at(0).at("pointOfOrigin").at(1).get<double>() == Approx(20037508.3427892));
}
