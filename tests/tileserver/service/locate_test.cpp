#include "tests/support/catch.hpp"
#include "tests/tileserver/atlas/default_atlas.hpp"
#include "tests/tileserver/service/asked.hpp"

using namespace geoprio;
using namespace geoprio::testing;

namespace {

service::Response located(const std::string& query, service::Headers headers = {}) {
  static const auto snapshot = [] {
    service::SnapshotParts parts;
    parts.atlas = tests::default_atlas();
    return make_snapshot(std::move(parts));
  }();
  return answer(get("/locate" + query, std::move(headers)), *snapshot);
}

/// The label of a quarter: a point well inside it.
std::pair<std::string, std::string> place_in(const std::string& code) {
  const auto atlas = tests::default_atlas();
  const auto& labels = atlas->layers[*atlas->layer_number("2014.labels")];
  const auto point = std::get<DegreePoint>(labels.features.geometry(labels.features.find(code).value()));
  return {std::to_string(longitude_of(point)), std::to_string(latitude_of(point))};
}

}  // namespace

TEST_CASE("a place is located in its quarter and its commune, and the answer is kept by nobody", "[locate]") {
  const auto atlas = tests::default_atlas();
  const auto& quarters = atlas->layers[*atlas->layer_number("2014.quarters")];
  for (std::size_t feature = 0; feature < quarters.features.size(); ++feature) {
    const std::string code(quarters.features.id(feature));
    const auto [lon, lat] = place_in(code);
    const auto response = located("?lon=" + lon + "&lat=" + lat + "&edition=2014");
    REQUIRE(response.status == 200);
    CHECK(header(response, "Cache-Control") == "no-store");
    CHECK(header(response, "Access-Control-Allow-Origin") == "*");
    CHECK(header(response, "ETag") == "(none)");
    const auto told = document(response);
    INFO(told.dump());
    CHECK(told.at("edition") == "2014");
    CHECK(told.at("lon") == std::stod(lon));
    std::vector<std::string> sets;
    bool quarter = false;
    for (const auto& one : told.at("memberships")) {
      sets.push_back(one.at("set"));
      quarter = quarter || (one.at("set") == "2014.quarters" && one.at("code") == code && one.at("name").is_string());
    }
    CHECK(quarter);
    CHECK(std::count(sets.begin(), sets.end(), "communes") == 1);
    CHECK(std::none_of(sets.begin(), sets.end(), [](const auto& set) { return set.starts_with("2007"); }));
    const std::string tier = told.at("tier");
    CHECK(told.at("answer") == (tier == "undetermined" ? "unavailable" : tier == "outside" ? "outside" : "inside"));
    CHECK(told.at("distance_m").is_number() == (tier != "undetermined"));
  }
}

TEST_CASE("outside every commune nothing is known of a place", "[locate]") {
  const auto told = document(located("?lon=2.35&lat=48.85"));
  CHECK(told.at("edition") == tests::default_atlas()->default_edition);
  CHECK(told.at("answer") == "unavailable");
  CHECK(told.at("distance_m") == nullptr);
  CHECK(told.at("tier") == nullptr);
  CHECK(told.at("memberships") == nlohmann::json::array());
}

TEST_CASE("coordinates that are none, out of range, missing or given twice are refused by name", "[locate]") {
  for (const auto& [query, parameter] : {std::pair{"?lat=45.4", "lon"},
                                         {"?lon=4.3", "lat"},
                                         {"?lon=4,3&lat=45.4", "lon"},
                                         {"?lon=4.3&lat=91", "lat"},
                                         {"?lon=-180.0001&lat=45", "lon"},
                                         {"?lon=nan&lat=45", "lon"},
                                         {"?lon=inf&lat=45", "lon"},
                                         {"?lon=&lat=45", "lon"},
                                         {"?lon=4.3%20&lat=45", "lon"},
                                         {"?lon=0x1p2&lat=45", "lon"},
                                         {"?lon=4.3&lat=45&lat=46", "lat"},
                                         {"?lon=4.3&lat=45&editon=2014", "editon"}}) {
    INFO(query);
    const auto response = located(query);
    CHECK(response.status == 400);
    CHECK(document(response).at("parameter") == parameter);
  }
  CHECK(document(located("?lon=4.3&lat=45&editon=2014")).at("suggestion") == "edition");
  CHECK(located("?lon=4.3&lat=45&edition=2015").status == 404);
  CHECK(located("?lon=4.3&lat=45", {{"Accept", "text/html"}}).status == 406);
  CHECK(located("?lon=180&lat=-90").status == 200);
}

TEST_CASE("the log is told the route, not the place", "[locate]") {
  CHECK(located("?lon=4.3&lat=45").route == "/locate");
}
