#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"

using namespace geoprio;
using namespace geoprio::testing;

namespace {

constexpr const char* a_tile = "/xyz/2014.quarters/3/4/2.mvt";

}  // namespace

TEST_CASE("a tile holds its layers one after the other", "[tiles]") {
  const auto response = asked("/xyz/c2,2014.quarters/3/4/2.mvt");
  CHECK(response.status == 200);
  CHECK(header(response, "Content-Type") == "application/vnd.mapbox-vector-tile");
  const std::string bytes(response.body.bytes());
  CHECK(bytes.substr(0, 9) == "[2 3/4/2]");
  CHECK(bytes.find("[0 3/4/2]") != std::string::npos);
}

TEST_CASE("a tile with nothing in it is a 204", "[tiles]") {
  const auto response = asked("/xyz/communes/3/4/2.mvt");
  CHECK(response.status == 204);
  CHECK(response.body.empty());
  CHECK(header(response, "Access-Control-Allow-Origin") == "*");
}

TEST_CASE("a tile past the deepest zoom is a 404, and nothing is cut for it", "[tiles]") {
  auto tiles = std::make_shared<WordTiles>();
  const auto snapshot = small_snapshot(small_atlas(tiles));
  const auto response = answer(get("/xyz/2014.quarters/15/0/0.mvt"), *snapshot);
  CHECK(response.status == 404);
  CHECK(document(response).at("value") == "15");
  CHECK(tiles->cuts == 0);
}

TEST_CASE("an unknown layer is a 404 that names the near one", "[tiles]") {
  const auto response = asked("/xyz/2014.quarter/3/4/2.mvt");
  CHECK(response.status == 404);
  CHECK(document(response).at("value") == "2014.quarter");
  CHECK(document(response).at("suggestion") == "2014.quarters");
  CHECK(asked_document("/xyz/quarters.json").at("suggestion") == "2014.quarters");
}

TEST_CASE("a tile of this very atlas may be kept for ever, any other is asked for again", "[tiles]") {
  CHECK(header(asked(std::string(a_tile) + "?v=0123456789abcdef"), "Cache-Control") ==
        "public, max-age=31536000, immutable");
  CHECK(header(asked(a_tile), "Cache-Control") == "no-cache");
  CHECK(header(asked(std::string(a_tile) + "?v=fedcba9876543210"), "Cache-Control") == "no-cache");
  CHECK(header(asked("/xyz/communes/3/4/2.mvt?v=0123456789abcdef"), "Cache-Control") ==
        "public, max-age=31536000, immutable");
}

TEST_CASE("a tile has a strong tag per encoding, and a client that has it gets a 304 with that tag", "[tiles]") {
  const auto plain = asked(a_tile);
  const auto compressed = asked(a_tile, {{"Accept-Encoding", "gzip"}});
  CHECK(header(plain, "ETag") != header(compressed, "ETag"));
  CHECK(header(compressed, "Content-Encoding") == "gzip");
  CHECK(header(compressed, "Vary") == "Accept-Encoding");

  const auto again = asked(a_tile, {{"If-None-Match", "\"other\", W/" + header(plain, "ETag")}});
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  CHECK(header(again, "ETag") == header(plain, "ETag"));
  CHECK(header(again, "Vary") == "Accept-Encoding");
  CHECK(header(again, "Access-Control-Allow-Origin") == "*");
  CHECK(asked(a_tile, {{"If-None-Match", header(compressed, "ETag")}}).status == 200);
}

TEST_CASE("a tile that the client has is not cut", "[tiles]") {
  auto tiles = std::make_shared<WordTiles>();
  const auto snapshot = small_snapshot(small_atlas(tiles));
  CHECK(answer(get(a_tile, {{"If-None-Match", "\"0123456789abcdef\""}}), *snapshot).status == 304);
  CHECK(tiles->cuts == 0);
}

TEST_CASE("a tile is cut once, then kept, and a kept one needs no worker", "[tiles]") {
  auto tiles = std::make_shared<WordTiles>();
  const auto snapshot = small_snapshot(small_atlas(tiles));
  CHECK_FALSE(answer_at_once(get(a_tile), *snapshot));
  CHECK(answer(get(a_tile), *snapshot).cache == service::CacheUse::miss);
  CHECK(answer(get(a_tile, {{"Accept-Encoding", "gzip"}}), *snapshot).cache == service::CacheUse::hit);
  const auto kept = answer_at_once(get(a_tile), *snapshot);
  REQUIRE(kept);
  CHECK(kept->cache == service::CacheUse::hit);
  CHECK(tiles->cuts == 1);
}

TEST_CASE("TileJSON says where the tiles are, what is in them and how far they go", "[tiles]") {
  const auto tilejson = asked_document("/xyz/2014.quarters,communes.json");
  CHECK(tilejson.at("tilejson") == "3.0.0");
  CHECK(tilejson.at("tiles") ==
        nlohmann::json::array({"http://atlas.example/xyz/2014.quarters,communes/{z}/{x}/{y}.mvt?v=0123456789abcdef"}));
  CHECK(tilejson.at("minzoom") == 0);
  CHECK(tilejson.at("maxzoom") == 14);
  CHECK(tilejson.at("bounds") == nlohmann::json::array({4.3, 45.4, 4.35, 45.41}));
  CHECK(tilejson.at("attribution") == "Exemple");
  CHECK(tilejson.at("name") == "Atlas d'essai");
  const auto& layer = tilejson.at("vector_layers").at(0);
  CHECK(layer.at("id") == "2014.quarters");
  CHECK(layer.at("fields").at("tier_rank") == "Number");
  CHECK(layer.at("fields").at("score_social") == "Number");
  CHECK(layer.at("fields").at("name") == "String");
  CHECK(layer.at("fields").at("renewal") == "Boolean");
  CHECK(tilejson.at("vector_layers").at(1).at("id") == "communes");
}
