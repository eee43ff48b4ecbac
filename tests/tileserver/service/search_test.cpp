#include "tests/support/catch.hpp"
#include "tests/tileserver/atlas/default_atlas.hpp"
#include "tests/tileserver/service/asked.hpp"

using namespace geoprio;
using namespace geoprio::testing;

namespace {

service::Response searched(const std::string& query, service::Headers headers = {}) {
  static const auto snapshot = [] {
    service::SnapshotParts parts;
    parts.atlas = tests::default_atlas();
    return make_snapshot(std::move(parts));
  }();
  return answer(get("/search" + query, std::move(headers)), *snapshot);
}

}  // namespace

TEST_CASE("a quarter and a commune are found by name, with a place on the map", "[search]") {
  const auto response = searched("?q=montreino");
  REQUIRE(response.status == 200);
  CHECK(header(response, "Cache-Control") == "no-store");
  const auto results = document(response).at("results");
  REQUIRE_FALSE(results.empty());
  CHECK(results[0].at("kind") == "quarter");
  CHECK(results[0].at("label").get<std::string>().starts_with("Montreynaud"));
  const auto commune = document(searched("?q=st%20etienne")).at("results").at(0);
  CHECK(commune.at("kind") == "commune");
  CHECK(commune.at("code") == "42218");
  CHECK(commune.at("confidence") == 1.0);
}

TEST_CASE("where a search leads, the quarter is that is there", "[search]") {
  const auto atlas = tests::default_atlas();
  const auto& quarters = atlas->layers[*atlas->layer_number("2014.quarters")];
  for (std::size_t feature = 0; feature < quarters.features.size(); ++feature) {
    const std::string code(quarters.features.id(feature));
    const auto name = std::get<std::string>(quarters.features.value(feature, 2));
    const auto found = atlas->names.search(name, 20);
    const auto same = std::find_if(found.begin(), found.end(), [&](const auto& one) { return one.code == code; });
    INFO(name);
    REQUIRE(same != found.end());
    const auto location = atlas->places.locator.locate(same->place, 1);
    bool there = false;
    for (const auto number : location.members)
      for (const auto& set : atlas->places.sets)
        if (set.numbers.holds(number) && atlas->layers[set.layer].id == "2014.quarters")
          there = there || atlas->layers[set.layer].features.id(number - set.numbers.first) == code;
    CHECK(there);
  }
}

TEST_CASE("no question, too long a one, and a limit that is none are refused by name", "[search]") {
  for (const auto& [query, parameter] : {std::pair<std::string, const char*>{"", "q"},
                                         {"?q=" + std::string(201, 'a'), "q"},
                                         {"?q=a&limit=0", "limit"},
                                         {"?q=a&limit=-1", "limit"},
                                         {"?q=a&limit=many", "limit"},
                                         {"?q=a&limit=", "limit"},
                                         {"?q=a&q=b", "q"},
                                         {"?q=a&limt=3", "limt"}}) {
    INFO(query);
    const auto response = searched(query);
    CHECK(response.status == 400);
    CHECK(document(response).at("parameter") == parameter);
  }
  CHECK(searched("?q=a", {{"Accept", "text/html"}}).status == 406);
}

TEST_CASE("no more results than asked, eight without a limit, twenty at most", "[search]") {
  CHECK(document(searched("?q=s")).at("results").size() <= 8);
  CHECK(document(searched("?q=saint&limit=2")).at("results").size() == 2);
  CHECK(document(searched("?q=s&limit=99999999999999999999")).at("results").size() <= 20);
  CHECK(document(searched("?q=")).at("results").empty());
  CHECK(document(searched("?q=honolulu")).at("results").empty());
}

TEST_CASE("a quarter's document names its neighbours, its range of people and what would change its tier",
          "[editions]") {
  const auto atlas = tests::default_atlas();
  service::SnapshotParts parts;
  parts.atlas = atlas;
  const auto snapshot = make_snapshot(std::move(parts));
  std::size_t neighbours = 0;
  std::size_t alternatives = 0;
  for (const auto& quarter : atlas->editions.back().quarters) {
    const auto told = document(answer(get("/editions/2014/quarters/" + quarter.code), *snapshot));
    INFO(told.dump());
    for (const auto& neighbour : told.at("neighbours")) {
      ++neighbours;
      CHECK(neighbour.at("border_m").get<double>() > 0);
      CHECK(neighbour.at("name").is_string());
      CHECK(neighbour.at("tier").is_string());
      const std::string code = neighbour.at("code");
      const auto other = document(answer(get("/editions/2014/quarters/" + code), *snapshot)).at("neighbours");
      CHECK(std::any_of(other.begin(), other.end(), [&](const auto& one) { return one.at("code") == quarter.code; }));
    }
    const auto range = told.at("population_range");
    CHECK(range.at(0).get<double>() <= told.at("population").get<double>() + 0.05);
    CHECK(range.at(1).get<double>() >= told.at("population").get<double>() - 0.05);
    for (const auto& one : told.at("alternatives")) {
      ++alternatives;
      CHECK(one.at("tier") != told.at("tier_computed"));
      CHECK(one.at("change").get<double>() ==
            Approx(one.at("to").get<double>() - one.at("from").get<double>()).margin(1e-6));
    }
  }
  CHECK(alternatives > 0);
  WARN(neighbours << " neighbours in the default atlas");
}
