#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"
#include "tileserver/service/geojson.hpp"

using namespace geoprio;
using namespace geoprio::testing;

namespace {

const std::string all = "/collections/2014.quarters/items";

/// The ids of the features that a bbox selects.
std::vector<std::string> within(const std::string& box) {
  std::vector<std::string> ids;
  const auto page = asked_document(all + "?bbox=" + box);
  for (const auto& feature : page.at("features")) ids.push_back(feature.at("id"));
  return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("items are GeoJSON with numbers as numbers and null for the unknown", "[items]") {
  const auto response = asked(all);
  CHECK(header(response, "Content-Type") == "application/geo+json");
  const auto page = document(response);
  CHECK(page.at("type") == "FeatureCollection");
  CHECK(page.at("numberMatched") == 4);
  CHECK(page.at("numberReturned") == 4);
  CHECK(page.at("timeStamp").get<std::string>().size() == 20);
  const auto& first = page.at("features").at(0);
  CHECK(first.at("id") == "q1");
  CHECK(first.at("properties").at("name") == "Beaubrun \"Tarentaize\"");
  CHECK(first.at("properties").at("tier_rank").is_number_integer());
  CHECK(first.at("properties").at("score_social") == 71.25);
  CHECK(first.at("properties").at("renewal") == true);
  CHECK(page.at("features").at(2).at("properties").at("score_social").is_null());
  CHECK(page.at("features").at(3).at("geometry").is_null());
}

TEST_CASE("coordinates are exact decimals without zeros at the end", "[items]") {
  CHECK(asked("/collections/2014.quarters/items/q1")
            .body.bytes()
            .find("[[[4.3,45.4],[4.31,45.4],[4.31,45.41],[4.3,45.41],[4.3,45.4]]]") != std::string_view::npos);
  const auto written = [](std::int32_t units) {
    std::string text;
    service::append_degrees(text, units);
    return text;
  };
  CHECK(written(43920301) == "4.3920301");
  CHECK(written(-1) == "-0.0000001");
  CHECK(written(0) == "0");
  CHECK(written(-1800000000) == "-180");
  CHECK(written(10) == "0.000001");
}

TEST_CASE("a shape of two parts is a MultiPolygon, with its holes", "[items]") {
  const DegreeShape shape{{{square_ring(0, 0, 40000000), {square_ring(10000000, 10000000, 10000000)}},
                           {square_ring(50000000, 0, 10000000), {}}}};
  std::string text;
  CHECK_FALSE(service::GeometryWriter().append(text, shape));
  const auto geometry = nlohmann::json::parse(text);
  CHECK(geometry.at("type") == "MultiPolygon");
  CHECK(geometry.at("coordinates").size() == 2);
  CHECK(geometry.at("coordinates").at(0).size() == 2);
  CHECK(geometry.at("coordinates").at(0).at(1).at(0) == nlohmann::json::array({1, 1}));
}

TEST_CASE("text that is not UTF-8, and controls, still make a JSON document", "[items]") {
  std::string text;
  service::append_json_text(text, "a\xff\"\n\x01");
  CHECK(nlohmann::json::parse(text) == "a\xEF\xBF\xBD\"\n\x01");
}

TEST_CASE("pages follow each other by their links", "[items]") {
  const auto first = asked_document(all + "?limit=2");
  CHECK(first.at("numberMatched") == 4);
  CHECK(first.at("numberReturned") == 2);
  CHECK(linked(first, "next") == "http://atlas.example" + all + "?limit=2&offset=2");
  CHECK(linked(first, "prev").empty());
  const auto second = asked_document(all + "?limit=2&offset=2");
  CHECK(second.at("features").at(0).at("id") == "q/3");
  CHECK(linked(second, "next").empty());
  CHECK(linked(second, "prev") == "http://atlas.example" + all + "?limit=2");
  CHECK(linked(second, "self") == "http://atlas.example" + all + "?limit=2&offset=2");
}

TEST_CASE("a page that has not changed is a 304, though its time has", "[items]") {
  const auto first = asked(all + "?limit=2");
  CHECK(header(first, "ETag").starts_with("W/\""));
  CHECK(asked(all + "?limit=2", {{"If-None-Match", header(first, "ETag")}}).status == 304);
  CHECK(asked(all + "?limit=2&offset=2", {{"If-None-Match", header(first, "ETag")}}).status == 200);
}

TEST_CASE("the links of a page are headers too", "[items]") {
  const auto links = header(asked(all + "?limit=2"), "Link");
  CHECK(links.find("<http://atlas.example" + all + "?limit=2&offset=2>; rel=\"next\"; type=\"application/geo+json\"") !=
        std::string::npos);
  CHECK(header(asked(all), "Access-Control-Expose-Headers").find("Link") != std::string::npos);
}

TEST_CASE("a page past the end is empty and leads back", "[items]") {
  const auto page = asked_document(all + "?offset=100&limit=3");
  CHECK(page.at("numberReturned") == 0);
  CHECK(linked(page, "next").empty());
  CHECK(linked(page, "prev") == "http://atlas.example" + all + "?limit=3&offset=1");
}

TEST_CASE("links keep the bbox", "[items]") {
  const auto page = asked_document(all + "?limit=1&bbox=4,45,5,46");
  CHECK(linked(page, "next") == "http://atlas.example" + all + "?limit=1&offset=1&bbox=4%2C45%2C5%2C46");
  CHECK(asked(linked(page, "next")).status == 200);
}

TEST_CASE("a limit that is no count is a 400, one that is too great is served as ten thousand", "[items]") {
  for (const auto* limit : {"0", "-1", "abc", "", "1.5", "1e3", "%201", "+1", "0x10"}) {
    INFO(limit);
    const auto response = asked(all + "?limit=" + limit);
    CHECK(response.status == 400);
    CHECK(document(response).at("parameter") == "limit");
  }
  CHECK(linked(asked_document(all + "?limit=10001"), "self") == "http://atlas.example" + all + "?limit=10000");
  CHECK(asked(all + "?limit=99999999999999999999999").status == 200);
  CHECK(asked(all + "?offset=-1").status == 400);
  CHECK(asked(all + "?offset=18446744073709551615&limit=10000").status == 200);
}

TEST_CASE("an unknown parameter is a 400 that names the near one", "[items]") {
  const auto response = asked(all + "?limt=5");
  CHECK(response.status == 400);
  CHECK(document(response).at("parameter") == "limt");
  CHECK(document(response).at("suggestion") == "limit");
  CHECK(asked(all + "?limit=5&limit=6").status == 400);
  CHECK(asked("/collections?colour=red").status == 400);
  CHECK(asked("/collections/2014.quarters/items/q1?limit=1").status == 400);
}

TEST_CASE("a bbox selects what it meets, borders included", "[items]") {
  CHECK(within("4.29,45.39,4.305,45.405") == Ids{"q1"});
  CHECK(within("4.31,45.41,4.32,45.42") == Ids{"q1", "q2"});  // two corners
  CHECK(within("4.312,45.4,4.318,45.41") == Ids{});           // between two quarters
  CHECK(within("4.302,45.402,4.304,45.404") == Ids{"q1"});    // wholly inside one
  CHECK(within("4,45,5,46") == Ids{"q1", "q2", "q/3"});       // what has no geometry is nowhere
  CHECK(within("4.3,45.4,0,4.305,45.405,100") == Ids{"q1"});  // with heights
}

TEST_CASE("a bbox across the antimeridian goes the other way round", "[items]") {
  CHECK(within("4.31,45,4.305,46") == Ids{"q1", "q2", "q/3"});
  CHECK(within("4.45,45,4.29,46") == Ids{});
}

TEST_CASE("a bbox is tested on the shape, not on its bounds", "[items]") {
  // A triangle below the diagonal of its bounds, and a square with a hole: the box lies in the bounds, not in the land.
  auto atlas = small_atlas();
  std::vector<domain::Feature> features{atlas->layers[0].features[0], atlas->layers[0].features[1]};
  features[0].geometry = DegreeShape{{{{{{43000000, 454000000}, {43100000, 454000000}, {43100000, 454100000}}}, {}}}};
  features[1].geometry =
      DegreeShape{{{square_ring(43200000, 454000000, 100000), {square_ring(43220000, 454020000, 60000)}}}};
  atlas->layers[0].features = features;
  const auto snapshot = small_snapshot(atlas);
  const auto matched = [&](const std::string& box) {
    return document(answer(get(all + "?bbox=" + box), *snapshot)).at("numberMatched").get<int>();
  };
  CHECK(matched("4.301,45.408,4.302,45.409") == 0);    // above the diagonal
  CHECK(matched("4.308,45.401,4.309,45.402") == 1);    // below it
  CHECK(matched("4.304,45.4045,4.306,45.4055") == 1);  // across it, no vertex in the box
  CHECK(matched("4.324,45.404,4.326,45.406") == 0);    // in the hole
  CHECK(matched("4.321,45.404,4.326,45.406") == 1);    // over the hole's border
}

TEST_CASE("a bbox that is none is a 400", "[items]") {
  for (const auto* box : {"", "1", "1,2,3", "1,2,3,4,5", "1,2,3,4,5,6,7", "a,b,c,d", "1,2,3,", "nan,0,1,1", "0,1,1,0",
                          "-181,0,0,1", "0,0,1,91", "inf,0,1,1", "0%20,0,1,1"}) {
    INFO(box);
    CHECK(asked(all + "?bbox=" + box).status == 400);
  }
}

TEST_CASE("one item has its links, whatever its id holds", "[items]") {
  const auto item = asked_document("/collections/2014.quarters/items/q%2F3");
  CHECK(item.at("type") == "Feature");
  CHECK(item.at("id") == "q/3");
  CHECK(linked(item, "self") == "http://atlas.example/collections/2014.quarters/items/q%2F3");
  CHECK(linked(item, "collection") == "http://atlas.example/collections/2014.quarters");
}

TEST_CASE("an unknown item is a 404 that names the near one", "[items]") {
  const auto response = asked("/collections/2014.quarters/items/q");
  CHECK(response.status == 404);
  CHECK(document(response).at("value") == "q");
  CHECK(document(response).at("suggestion") == "q1");
}
