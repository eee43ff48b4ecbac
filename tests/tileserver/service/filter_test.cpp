// Filters on the quarters of the small atlas: q1 (priority_1, rank 1, 71.25, renewal), q2 Crêt de Roc (watch, rank 3,
// 40), q/3 Montreynaud (undetermined, without figures) and q4, which has a name alone.
#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"
#include "tileserver/service/percent.hpp"

using namespace geoprio;
using namespace geoprio::testing;

namespace {

const std::string all = "/collections/2014.quarters/items";
using Ids = std::vector<std::string>;

Ids ids_of(const nlohmann::json& page) {
  Ids ids;
  for (const auto& feature : page.at("features")) ids.push_back(feature.at("id"));
  return ids;
}

Ids filtered(const std::string& filter) {
  return ids_of(asked_document(all + "?filter=" + service::percent_encoded(filter)));
}

nlohmann::json refused(const std::string& query) {
  const auto response = asked(all + "?" + query);
  CHECK(response.status == 400);
  return document(response);
}

}  // namespace

TEST_CASE("a filter in CQL2 text selects by the values of properties", "[filter]") {
  CHECK(filtered("tier = 'watch'") == Ids{"q2"});
  CHECK(filtered("score_social > 40 OR tier_rank >= 3") == Ids{"q1", "q2"});
  CHECK(filtered("renewal = TRUE") == Ids{"q1"});
  CHECK(filtered("tier IN ('watch', 'undetermined')") == Ids{"q2", "q/3"});
  CHECK(filtered("score_social BETWEEN 30 AND 50") == Ids{"q2"});
  CHECK(filtered("name LIKE 'Mon%'") == Ids{"q/3"});
  CHECK(filtered("ACCENTI(CASEI(name)) LIKE ACCENTI(CASEI('CRET%'))") == Ids{"q2"});
  CHECK(filtered("score_social / tier_rank > 50") == Ids{"q1"});
  CHECK(filtered("id = code AND tier_rank IS NOT NULL") == Ids{"q1", "q2"});
}

TEST_CASE("what is missing is neither above nor below", "[filter]") {
  CHECK(filtered("score_social > 50") == Ids{"q1"});
  CHECK(filtered("NOT score_social > 50") == Ids{"q2"});
  CHECK(filtered("score_social IS NULL") == Ids{"q/3", "q4"});
}

TEST_CASE("a filter goes with a bbox, and pages count what it leaves", "[filter]") {
  const auto filter = service::percent_encoded("tier_rank IS NOT NULL");
  CHECK(ids_of(asked_document(all + "?bbox=4.29,45.39,4.305,45.405&filter=" + filter)) == Ids{"q1"});
  const auto page = asked_document(all + "?limit=1&filter=" + filter);
  CHECK(page.at("numberMatched") == 2);
  CHECK(ids_of(asked_document(linked(page, "next").substr(std::string("http://atlas.example").size()))) == Ids{"q2"});
}

TEST_CASE("a property's name as a parameter selects what is equal", "[filter]") {
  CHECK(ids_of(asked_document(all + "?tier=watch")) == Ids{"q2"});
  CHECK(ids_of(asked_document(all + "?tier_rank=1&renewal=true")) == Ids{"q1"});
  CHECK(ids_of(asked_document(all + "?name=Beaubrun%20%22Tarentaize%22")) == Ids{"q1"});
  CHECK(ids_of(asked_document(all + "?tier=watch&filter=tier_rank%3D1")).empty());
  CHECK(refused("tier_rank=one").at("parameter") == "tier_rank");
  CHECK(refused("renewal=yes").at("allowed") == nlohmann::json::array({"true", "false"}));
  CHECK(refused("tiers=watch").at("suggestion") == "tier");
}

TEST_CASE("a filter that is none is a 400 that says where", "[filter]") {
  const auto broken = refused("filter=tier%20%3D%20");
  CHECK(broken.at("parameter") == "filter");
  CHECK(broken.at("detail").get<std::string>().find("octet 7") != std::string::npos);
  CHECK(refused("filter=tiers%20%3D%201").at("suggestion") == "tier");
  CHECK(refused("filter=tier%20%3E%203").at("detail").get<std::string>().find("ne se compare pas") !=
        std::string::npos);
  CHECK(refused("filter=").at("parameter") == "filter");
  CHECK(refused("filter=tier%3D1&filter-lang=ecql").at("allowed").at(0) == "cql2-text");
}

TEST_CASE("a filter is measured in characters, decoded, and /api tells how many it may have", "[filter]") {
  // é: two bytes, six of them escaped.
  const auto of_length = [](std::size_t length) {
    const std::string begin = "name = '", end = "'";
    std::string letters;
    for (std::size_t number = begin.size() + end.size(); number < length; ++number) letters += "é";
    return "filter=" + service::percent_encoded(begin + letters + end);
  };
  const auto most = asked_document("/api").at("components").at("parameters").at("filter").at("schema").at("maxLength");
  CHECK(asked(all + "?" + of_length(most)).status == 200);
  const auto problem = refused(of_length(most.get<std::size_t>() + 1));
  CHECK(problem.at("type") == "urn:geoprio:problem:long-filter");
  CHECK(problem.at("detail").get<std::string>().find("4096 au plus") != std::string::npos);
  CHECK_FALSE(problem.contains("value"));
}

TEST_CASE("a filter that would take too long is refused with its limit", "[filter]") {
  auto atlas = small_atlas();
  std::vector<domain::Feature> many(20'000, {"q", {std::string("q")}, {}, {}});
  atlas->layers[0].features = many;
  const auto snapshot = small_snapshot(atlas);
  std::string sum = "1";
  for (int terms = 0; terms < 600; ++terms) sum += "%2B1";  // 1,203 steps an item
  const auto response = answer(get(all + "?filter=" + sum + "%3D1"), *snapshot);
  CHECK(response.status == 400);
  CHECK(document(response).at("type") == "urn:geoprio:problem:costly-filter");
  CHECK(document(response).at("detail").get<std::string>().find("1000") != std::string::npos);
}

TEST_CASE("only the properties that are asked for are written", "[properties]") {
  const auto properties = asked_document(all + "?properties=name,tier_rank").at("features").at(0).at("properties");
  CHECK(properties == nlohmann::json({{"name", "Beaubrun \"Tarentaize\""}, {"tier_rank", 1}}));
  CHECK(asked_document(all + "?properties=").at("features").at(0).at("properties").empty());
  CHECK(refused("properties=name,nom").at("value") == "nom");
  CHECK(refused("properties=name,name").at("value") == "name");
}

TEST_CASE("items come in the order that is asked for, the missing last", "[sortby]") {
  const auto sorted = [](const std::string& keys) { return ids_of(asked_document(all + "?sortby=" + keys)); };
  CHECK(sorted("score_social") == Ids{"q2", "q1", "q/3", "q4"});
  CHECK(sorted("-score_social") == Ids{"q1", "q2", "q/3", "q4"});
  CHECK(sorted("%2Bname") == Ids{"q1", "q2", "q/3", "q4"});
  CHECK(sorted("+name") == Ids{"q1", "q2", "q/3", "q4"});
  CHECK(sorted("renewal,-name") == Ids{"q2", "q1", "q4", "q/3"});
  CHECK(ids_of(asked_document(all + "?sortby=-name&limit=2&offset=1")) == Ids{"q/3", "q2"});
  CHECK(refused("sortby=-nam").at("suggestion") == "name");
  CHECK(refused("sortby=name,-name").at("value") == "name");
}

TEST_CASE("a layer tells what a filter may name, and what its properties hold", "[queryables]") {
  const auto response = asked("/collections/2014.quarters/queryables");
  CHECK(header(response, "Content-Type") == "application/schema+json");
  const auto queryables = document(response);
  CHECK(queryables.at("$id") == "http://atlas.example/collections/2014.quarters/queryables");
  CHECK(queryables.at("properties").at("tier_rank").at("type") == "integer");
  CHECK(queryables.at("properties").at("score_social").at("type") == "number");
  CHECK(queryables.at("properties").at("renewal").at("type") == "boolean");
  CHECK(queryables.at("properties").at("geometry").at("format") == "geometry-polygon-or-multipolygon");
  const auto schema = asked_document("/collections/2014.quarters/schema");
  CHECK(schema.at("properties").at("id").at("x-ogc-role") == "id");
  CHECK(schema.at("properties").at("geometry").at("x-ogc-role") == "primary-geometry");
  // q/3 has no score: its item says null, and so must the schema.
  CHECK(schema.at("properties").at("score_social").at("type") == nlohmann::json{"number", "null"});
  CHECK(schema.at("properties").at("id").at("type") == "string");
  CHECK(asked("/collections/2014.quarter/queryables").status == 404);
}
