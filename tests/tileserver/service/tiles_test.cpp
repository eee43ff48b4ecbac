#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"

using namespace geoprio;
using namespace geoprio::testing;

namespace {

constexpr const char* a_tile = "/xyz/2014.quarters/3/4/2.mvt";

}  // namespace

TEST_CASE("a tile holds its layers one after the other, in the order of the collections", "[tiles]") {
  const auto response = asked("/xyz/c2,2014.quarters/3/4/2.mvt");
  CHECK(response.status == 200);
  CHECK(header(response, "Content-Type") == "application/vnd.mapbox-vector-tile");
  const std::string bytes(response.body.bytes());
  CHECK(bytes.substr(0, 9) == "[0 3/4/2]");
  CHECK(bytes.find("[2 3/4/2]") != std::string::npos);
}

TEST_CASE("the same layers in another order are the same tile, cut and kept once", "[tiles]") {
  auto tiles = std::make_shared<WordTiles>();
  const auto snapshot = small_snapshot(small_atlas(tiles));
  const auto one = answer(get("/xyz/c2,2014.quarters,c3/3/4/2.mvt"), *snapshot);
  const auto other = answer(get("/xyz/c3,c2,2014.quarters/3/4/2.mvt"), *snapshot);
  CHECK(other.cache == service::CacheUse::hit);
  CHECK(one.body.bytes() == other.body.bytes());
  CHECK(tiles->cuts == 3);
}

TEST_CASE("nothing is cut for a list of layers that is refused", "[tiles]") {
  auto tiles = std::make_shared<WordTiles>();
  const auto snapshot = small_snapshot(small_atlas(tiles));
  CHECK(answer(get("/xyz/c2,c3,c2/3/4/2.mvt"), *snapshot).status == 400);
  CHECK(answer(get("/xyz/c2,nothing/3/4/2.mvt"), *snapshot).status == 404);
  CHECK(answer(get("/xyz/2014.quarters,communes,c2,c3,c4,c5,c6,c7,c8/3/4/2.mvt"), *snapshot).status == 400);
  CHECK(answer(get("/xyz/2014.quarters,communes,c2,c3,c4,c5,c6,c7/3/4/2.mvt"), *snapshot).status == 200);
  CHECK(tiles->cuts == 8);
  // Refused at once, on the connection's own thread.
  CHECK(answer_at_once(get("/xyz/c2,nothing/3/4/2.mvt"), *snapshot)->status == 404);
}

TEST_CASE("a better encoding is made after the second hit that wants it, under a tag of its own", "[tiles]") {
  const auto snapshot = small_snapshot(small_atlas());
  const service::Headers browser = {{"Accept-Encoding", "gzip, deflate, br, zstd"}};
  const auto encoding = [&] { return header(answer(get(a_tile, browser), *snapshot), "Content-Encoding"); };
  CHECK(encoding() == "gzip");  // cut
  CHECK(encoding() == "gzip");  // the first hit
  const auto second = answer(get(a_tile, browser), *snapshot);
  CHECK(header(second, "Content-Encoding") == "gzip");
  REQUIRE(second.afterwards);
  second.afterwards();
  const auto third = answer(get(a_tile, browser), *snapshot);
  CHECK(header(third, "Content-Encoding") == "br");
  CHECK(header(third, "ETag") == "\"0123456789abcdef-br\"");
  CHECK_FALSE(third.afterwards);
}

TEST_CASE("a tile is compressed for the first who takes that, not for who takes it as it is", "[tiles]") {
  const auto snapshot = small_snapshot(small_atlas());
  const auto plain = answer(get(a_tile), *snapshot);
  CHECK(header(plain, "Content-Encoding") == "(none)");
  CHECK(header(answer(get(a_tile), *snapshot), "Content-Encoding") == "(none)");
  const service::Headers browser = {{"Accept-Encoding", "gzip, br"}};
  // Compressing takes time: not on the connection's own thread.
  CHECK_FALSE(answer_at_once(get(a_tile, browser), *snapshot));
  CHECK(header(answer(get(a_tile, browser), *snapshot), "Content-Encoding") == "gzip");
  CHECK(answer_at_once(get(a_tile, browser), *snapshot));
  CHECK(header(answer(get("/xyz/2014.quarters/3/3/2.mvt", browser), *snapshot), "Content-Encoding") == "gzip");
}

TEST_CASE("a client that has the tile in one of its encodings is not sent it in another", "[tiles]") {
  const auto again = asked(a_tile, {{"Accept-Encoding", "br, gzip"}, {"If-None-Match", "\"0123456789abcdef-gzip\""}});
  CHECK(again.status == 304);
  CHECK(header(again, "ETag") == "\"0123456789abcdef-gzip\"");
  CHECK(asked(a_tile, {{"Accept-Encoding", "br"}, {"If-None-Match", "\"0123456789abcdef-gzip\""}}).status == 200);
}

TEST_CASE("later is the same answer as now, for a tile and for a document", "[tiles]") {
  const auto snapshot = small_snapshot(small_atlas());
  for (const std::string target : {a_tile, "/collections", "/xyz/nothing/3/4/2.mvt"}) {
    const auto request = get(target);
    std::string later;
    const auto work = answer_later(request, snapshot, [&](Result<service::Response, std::exception_ptr> response) {
      later = std::string(response->body.bytes()) + std::string(response->route);
    });
    if (work) work();
    const auto now = answer(request, *snapshot);
    CHECK(later == std::string(now.body.bytes()) + std::string(now.route));
  }
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
