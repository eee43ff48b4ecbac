#include "tileserver/service/router.hpp"

#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"

using namespace geoprio;
using namespace geoprio::service;
using geoprio::testing::asked;
using geoprio::testing::document;

namespace {

unsigned refusal(std::string_view path) {
  const auto route = route_of(path);
  return route ? 200 : route.error().status;
}

template <class Wanted>
const Wanted& of_atlas(const Result<Route, Problem>& route) {
  return std::get<Wanted>(std::get<AtlasRoute>(*route));
}

}  // namespace

TEST_CASE("a path is split before it is decoded, so that a code may hold a slash", "[router]") {
  const auto route = route_of("/collections/2014.quarters/items/q%2F3");
  REQUIRE(route);
  CHECK(of_atlas<ItemRoute>(route).feature == "q/3");
  const auto quarter = route_of("/editions/2014/quarters/Cr%C3%AAt%20de%20Roc");
  REQUIRE(quarter);
  CHECK(of_atlas<QuarterRoute>(quarter).quarter == "Crêt de Roc");
}

TEST_CASE("a plus sign in a path is a plus sign", "[router]") {
  const auto route = route_of("/collections/a/items/b+c");
  REQUIRE(route);
  CHECK(of_atlas<ItemRoute>(route).feature == "b+c");
}

TEST_CASE("a broken escape, bytes that are not UTF-8 and NUL are a 400", "[router]") {
  CHECK(refusal("/collections/%zz") == 400);
  CHECK(refusal("/collections/%4") == 400);
  CHECK(refusal("/collections/%ff") == 400);
  CHECK(refusal("/collections/%c0%af") == 400);  // an overlong slash
  CHECK(refusal("/collections/%00") == 400);
  CHECK(refusal("/xyz/%zz/0/0/0.mvt") == 400);
}

TEST_CASE("a tile outside the square, or written otherwise than tiles are, does not exist", "[router]") {
  CHECK(refusal("/xyz/a/0/0/0.mvt") == 200);
  CHECK(refusal("/xyz/a/3/7/7.mvt") == 200);
  CHECK(refusal("/xyz/a/3/8/0.mvt") == 404);
  CHECK(refusal("/xyz/a/3/0/8.mvt") == 404);
  CHECK(refusal("/xyz/a/21/0/0.mvt") == 404);
  CHECK(refusal("/xyz/a/4294967296/0/0.mvt") == 404);
  CHECK(refusal("/xyz/a/-1/0/0.mvt") == 404);
  CHECK(refusal("/xyz/a/1/01/0.mvt") == 404);
  CHECK(refusal("/xyz/a/1/0/0.pbf") == 404);
  CHECK(refusal("/xyz/a/1/0/0") == 404);
}

TEST_CASE("a tile holds one to eight layers, each once", "[router]") {
  const auto route = route_of("/xyz/a,b%2Cc/0/0/0.mvt");
  REQUIRE(route);
  CHECK(of_atlas<TileRoute>(route).layers == std::vector<std::string>{"a", "b,c"});
  CHECK(refusal("/xyz/a,b,c,d,e,f,g,h/0/0/0.mvt") == 200);
  CHECK(refusal("/xyz/a,b,c,d,e,f,g,h,i/0/0/0.mvt") == 400);
  CHECK(refusal("/xyz/a,b,a/0/0/0.mvt") == 400);
  CHECK(refusal("/xyz/a,a.json") == 400);
}

TEST_CASE("a layer's name may end like a suffix", "[router]") {
  const auto route = route_of("/xyz/2014.tiers.json.json");
  REQUIRE(route);
  CHECK(of_atlas<TileJsonRoute>(route).layers == std::vector<std::string>{"2014.tiers.json"});
}

TEST_CASE("a trailing slash is told the address without it", "[router]") {
  const auto route = route_of("/collections/");
  REQUIRE_FALSE(route);
  CHECK(route.error().status == 404);
  CHECK(route.error().suggestion == "/collections");
}

TEST_CASE("a mistyped root is told the near one", "[router]") {
  const auto route = route_of("/colections");
  REQUIRE_FALSE(route);
  CHECK(route.error().suggestion == "/collections");
}

TEST_CASE("what is not served yet is not there", "[router]") {
  for (const auto* path : {"/exports/communes.zip", "/crossings", "/locate/here", "/kiosk/2", "/assets", "//"})
    CHECK(refusal(path) == 404);
}

TEST_CASE("the log's name of a route holds nothing of what was asked", "[router]") {
  CHECK(asked("/collections/2014.quarters/items/q1").route == "/collections/{layer}/items/{id}");
  CHECK(asked("/collections/secret/items/secret").route == "/collections/{layer}/items/{id}");
  CHECK(asked("/xyz/2014.quarters/3/4/2.mvt").route == "/xyz/{layers}/{z}/{x}/{y}.mvt");
  CHECK(asked("/secret").route == "-");
}

TEST_CASE("every method but reading is refused with what is allowed", "[router]") {
  auto request = testing::get("/collections");
  for (const auto* method : {"POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"}) {
    request.method = method;
    const auto response = answer(request, testing::the_snapshot());
    CHECK(response.status == 405);
    CHECK(response.headers.find("Allow") == std::string_view("GET, HEAD, OPTIONS"));
    CHECK(document(response).at("status") == 405);
  }
}

TEST_CASE("a preflight of any page is answered", "[router]") {
  auto request = testing::get("/collections");
  request.method = "OPTIONS";
  const auto response = answer(request, testing::the_snapshot());
  CHECK(response.status == 204);
  CHECK(response.headers.find("Access-Control-Allow-Origin") == std::string_view("*"));
  CHECK(response.headers.find("Access-Control-Allow-Methods") == std::string_view("GET, HEAD, OPTIONS"));
}

TEST_CASE("a proxy's absolute target is read as its path", "[router]") {
  CHECK(asked("http://atlas.example/health/live").status == 200);
  CHECK(asked("http://atlas.example?f=json").status == 200);
  CHECK(asked("atlas.example:80").status == 404);
}
