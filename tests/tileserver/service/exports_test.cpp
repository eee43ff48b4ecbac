#include <sstream>

#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"

using namespace geoprio;
using namespace geoprio::testing;

namespace {

/// The whole of a download.
std::string downloaded(const std::string& target) {
  const auto response = asked(target);
  INFO(target);
  REQUIRE(response.status == 200);
  REQUIRE(response.stream != nullptr);
  std::string text;
  std::string piece;
  do {
    text += piece;
    piece.clear();
  } while (response.stream->append_piece(piece));
  return text + piece;
}

}  // namespace

TEST_CASE("a downloaded layer holds the features of all its pages", "[exports]") {
  const auto whole = nlohmann::json::parse(downloaded("/exports/2014.quarters.geojson"));
  CHECK(whole.at("type") == "FeatureCollection");
  CHECK(whole.at("features") == asked_document("/collections/2014.quarters/items").at("features"));
  CHECK(whole.at("features").size() == 4);
}

TEST_CASE("a layer without a feature is a collection without one", "[exports]") {
  CHECK(nlohmann::json::parse(downloaded("/exports/communes.geojson")).at("features").empty());
  CHECK(downloaded("/exports/communes.geojsonl").empty());
}

TEST_CASE("as lines, every line is a feature", "[exports]") {
  std::istringstream text(downloaded("/exports/2014.quarters.geojsonl"));
  nlohmann::json features = nlohmann::json::array();
  for (std::string line; std::getline(text, line);) features.push_back(nlohmann::json::parse(line));
  CHECK(features == asked_document("/collections/2014.quarters/items").at("features"));
}

TEST_CASE("a download is filtered, sorted, cut and moved as items are", "[exports]") {
  for (const std::string query :
       {"?tier=watch", "?filter=score_social%20%3E%2050", "?sortby=-name", "?properties=name,tier",
        "?bbox=4.31,45.39,4.325,45.42", "?crs=http://www.opengis.net/def/crs/EPSG/0/2154", "?datetime=2014-06-01"}) {
    INFO(query);
    CHECK(nlohmann::json::parse(downloaded("/exports/2014.quarters.geojson" + query)).at("features") ==
          asked_document("/collections/2014.quarters/items" + query).at("features"));
  }
}

TEST_CASE("a download says what it is, where that is told of, and in which system", "[exports]") {
  const auto response = asked("/exports/2014.quarters.geojson?crs=http://www.opengis.net/def/crs/EPSG/0/4326");
  CHECK(header(response, "Content-Type") == "application/geo+json");
  CHECK(header(response, "Content-Crs") == "<http://www.opengis.net/def/crs/EPSG/0/4326>");
  CHECK(header(response, "Content-Disposition") == "attachment; filename=\"2014.quarters.geojson\"");
  // A CSV has no place for it: what tells of the layer and of its edition is linked.
  for (const std::string form : {"geojson", "csv"})
    CHECK(header(asked("/exports/2014.quarters." + form), "Link") ==
          "<http://atlas.example/collections/2014.quarters>; rel=\"describedby\"; type=\"application/json\", "
          "<http://atlas.example/editions/2014>; rel=\"describedby\"; type=\"application/json\"");
  CHECK(header(asked("/exports/communes.csv"), "Link").find("/editions/") == std::string::npos);
  CHECK(header(asked("/exports/2014.quarters.geojsonl"), "Content-Type") == "application/x-ndjson");
}

TEST_CASE("a client that has a download is not sent it again; another query is another download", "[exports]") {
  const auto etag = header(asked("/exports/2014.quarters.geojson?tier=watch"), "ETag");
  const auto status = [&](const char* target) { return asked(target, {{"If-None-Match", etag}}).status; };
  CHECK(status("/exports/2014.quarters.geojson?tier=watch") == 304);
  CHECK(status("/exports/2014.quarters.geojson?tier=priority_1") == 200);
  CHECK(status("/exports/2014.quarters.geojsonl?tier=watch") == 200);
  CHECK(status("/exports/2014.quarters.geojson") == 200);
}

TEST_CASE("what cannot be downloaded is refused before anything is sent", "[exports]") {
  const auto refused = asked_document("/exports/2014.quarters.geojso");
  CHECK(refused.at("status") == 404);
  CHECK(refused.at("suggestion") == "geojson");
  CHECK(asked("/exports/nothing.geojson").status == 404);
  CHECK(asked("/exports/.geojson").status == 404);
  CHECK(asked("/exports/geojson").status == 404);
  CHECK(asked("/exports/2014.quarters.geojson/more").status == 404);
  CHECK(asked_document("/exports/2014.quarters.geojson?limit=5").at("parameter") == "limit");
  CHECK(asked("/exports/2014.quarters.geojson?filter=nothing%3D1").status == 400);
}
