// The edition 2014 of the small atlas is valid from 2015-01-01 on; the context set `communes` has no time.
#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"

using namespace geoprio;
using namespace geoprio::testing;

namespace {

int matched(const std::string& datetime) {
  return asked_document("/collections/2014.quarters/items?datetime=" + datetime).at("numberMatched");
}

}  // namespace

TEST_CASE("items are those of an edition that is valid then", "[datetime]") {
  CHECK(matched("2015-01-01") == 4);
  CHECK(matched("2014-12-31") == 0);
  CHECK(matched("2015-01-01T00:00:00Z") == 4);
  CHECK(matched("2014-12-31T23:59:59Z") == 0);
  CHECK(matched("2014-12-31T23:59:59.999Z") == 0);
  CHECK(matched("2015-01-01T01:30:00%2B02:00") == 0);  // 23:30 of the day before in UTC
  CHECK(matched("2014-12-31T22:00:00-02:00") == 4);
}

TEST_CASE("an interval may be open on one side", "[datetime]") {
  CHECK(matched("2014-01-01/2014-06-30") == 0);
  CHECK(matched("2014-01-01/2015-01-01") == 4);
  CHECK(matched("../2014-12-31") == 0);
  CHECK(matched("2014-01-01/..") == 4);
  CHECK(matched("/2015-02-01T00:00:00Z") == 4);
  CHECK(matched("2030-01-01/") == 4);
}

TEST_CASE("an edition is not valid any more after its last day", "[datetime]") {
  auto atlas = small_atlas();
  atlas->editions[1].valid_to = "2023-12-31";
  const auto snapshot = small_snapshot(atlas);
  const auto count = [&](const std::string& datetime) {
    return document(answer(get("/collections/2014.quarters/items?datetime=" + datetime), *snapshot))
        .at("numberMatched")
        .get<int>();
  };
  CHECK(count("2023-12-31T23:59:59Z") == 4);
  CHECK(count("2024-01-01") == 0);
  const auto collection = document(answer(get("/collections/2014.quarters"), *snapshot));
  CHECK(collection.at("extent").at("temporal").at("interval").at(0) ==
        nlohmann::json::array({"2015-01-01T00:00:00Z", "2023-12-31T23:59:59Z"}));
}

TEST_CASE("a context set has no time, and answers at any", "[datetime]") {
  auto atlas = small_atlas();
  atlas->layers[0].edition.clear();
  const auto snapshot = small_snapshot(atlas);
  const auto page = document(answer(get("/collections/2014.quarters/items?datetime=1789-07-14"), *snapshot));
  CHECK(page.at("numberMatched") == 4);
  CHECK_FALSE(document(answer(get("/collections/2014.quarters"), *snapshot)).at("extent").contains("temporal"));
}

TEST_CASE("a datetime that is none is a 400", "[datetime]") {
  for (const auto* text :
       {"", "..", "../..", "/", "2015", "2015-13-01", "2015-02-29", "2015-01-01T00:00:00", "2015-01-01T24:00:00Z",
        "2015-01-01T00:00Z", "2015-01-01T00:00:00.Z", "2015-01-01T00:00:00+2", "2015-01-02/2015-01-01",
        "2015-01-01/2015-01-02/2015-01-03", "now", "2015-01-01T0a:00:00Z"}) {
    INFO(text);
    const auto response = asked(std::string("/collections/2014.quarters/items?datetime=") + text);
    CHECK(response.status == 400);
    CHECK(document(response).at("parameter") == "datetime");
  }
}
