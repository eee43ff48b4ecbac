// Squares of 0.01 degree at 45.4 N: q1 from 4.3 E, q2 from 4.32, q/3 from 4.34; q4 has no geometry. Relations by hand.
#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"
#include "tileserver/service/percent.hpp"

using namespace geoprio;
using namespace geoprio::testing;

namespace {

const std::string all = "/collections/2014.quarters/items";
const std::string epsg = "http://www.opengis.net/def/crs/EPSG/0/";
using Ids = std::vector<std::string>;

service::Response asked_by(const std::string& filter, const std::string& more) {
  return asked(all + "?filter=" + service::percent_encoded(filter) + more);
}

Ids filtered(const std::string& filter, const std::string& more = "") {
  Ids ids;
  const auto page = document(asked_by(filter, more));
  INFO(page.dump());
  REQUIRE(page.contains("features"));
  for (const auto& feature : page.at("features")) ids.push_back(feature.at("id"));
  return ids;
}

Ids filtered_by_json(const std::string& filter) { return filtered(filter, "&filter-lang=cql2-json"); }

std::string detail(const std::string& filter, const std::string& more = "") {
  const auto response = asked_by(filter, more + "&f=json");
  CHECK(response.status == 400);
  return document(response).at("detail");
}

}  // namespace

TEST_CASE("a filter selects what meets a geometry of any kind", "[filter][spatial]") {
  CHECK(filtered("S_INTERSECTS(geometry, POINT(4.305 45.405))") == Ids{"q1"});
  CHECK(filtered("S_INTERSECTS(geometry, POINT Z (4.305 45.405 500))") == Ids{"q1"});
  CHECK(filtered("S_INTERSECTS(geometry, LINESTRING(4.305 45.405, 4.325 45.405))") == Ids{"q1", "q2"});
  CHECK(filtered("S_INTERSECTS(geometry, POLYGON((4.3 45.3, 4.305 45.3, 4.305 45.5, 4.3 45.5, 4.3 45.3)))") ==
        Ids{"q1"});
  CHECK(filtered("S_INTERSECTS(geometry, MULTIPOINT((4.305 45.405), (4.345 45.405)))") == Ids{"q1", "q/3"});
  CHECK(filtered("S_INTERSECTS(geometry, MULTILINESTRING((4 45, 4.1 45), (4.325 45, 4.325 46)))") == Ids{"q2"});
  CHECK(filtered("S_INTERSECTS(geometry, MULTIPOLYGON(((4.3 45.3, 4.305 45.5, 4.3 45.5, 4.3 45.3)), "
                 "((4.34 45.3, 4.345 45.5, 4.34 45.5, 4.34 45.3))))") == Ids{"q1", "q/3"});
  CHECK(filtered("S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(4.305 45.405), LINESTRING(4.345 45, 4.345 46)))") ==
        Ids{"q1", "q/3"});
  CHECK(filtered("S_INTERSECTS(geometry, BBOX(4.31, 45.41, 4.32, 45.42))") == Ids{"q1", "q2"});
  CHECK(filtered("S_INTERSECTS(BBOX(4.31, 45.41, 4.32, 45.42), geometry)") == Ids{"q1", "q2"});
  CHECK(filtered("S_INTERSECTS(geometry, BBOX(170, 45, 4.305, 46))") == Ids{"q1"});  // across the antimeridian
}

TEST_CASE("the other relations are as their names say, from either side", "[filter][spatial]") {
  const std::string square = "POLYGON((4.3 45.4, 4.31 45.4, 4.31 45.41, 4.3 45.41, 4.3 45.4))";
  CHECK(filtered("S_EQUALS(geometry, " + square + ")") == Ids{"q1"});
  CHECK(filtered("S_DISJOINT(geometry, " + square + ")") == Ids{"q2", "q/3"});
  CHECK(filtered("S_TOUCHES(geometry, BBOX(4.31, 45.4, 4.315, 45.41))") == Ids{"q1"});
  CHECK(filtered("S_WITHIN(geometry, BBOX(4.29, 45.39, 4.335, 45.42))") == Ids{"q1", "q2"});
  CHECK(filtered("S_CONTAINS(BBOX(4.29, 45.39, 4.335, 45.42), geometry)") == Ids{"q1", "q2"});
  CHECK(filtered("S_CONTAINS(geometry, POINT(4.325 45.405))") == Ids{"q2"});
  CHECK(filtered("S_WITHIN(POINT(4.325 45.405), geometry)") == Ids{"q2"});
  CHECK(filtered("S_OVERLAPS(geometry, BBOX(4.305, 45.405, 4.315, 45.42))") == Ids{"q1"});
  CHECK(filtered("S_CROSSES(LINESTRING(4.305 45.405, 4.312 45.405), geometry)") == Ids{"q1"});
  CHECK(filtered("S_WITHIN(POINT(1 1), BBOX(0, 0, 2, 2)) AND tier = 'watch'") == Ids{"q2"});
  CHECK(filtered("S_EQUALS(geometry, geometry)") == Ids{"q1", "q2", "q/3"});
}

TEST_CASE("what has no geometry is in no relation, and can be asked for", "[filter][spatial]") {
  CHECK(filtered("geometry IS NULL") == Ids{"q4"});
  CHECK(filtered("NOT S_INTERSECTS(geometry, POINT(4.305 45.405))") == Ids{"q2", "q/3"});
}

TEST_CASE("filter-crs says what the numbers of a geometry are", "[filter][spatial]") {
  CHECK(filtered("S_INTERSECTS(geometry, POINT(45.405 4.305))", "&filter-crs=" + epsg + "4326") == Ids{"q1"});
  CHECK(filtered("S_INTERSECTS(geometry, BBOX(45.39, 4.29, 45.405, 4.305))", "&filter-crs=" + epsg + "4326") ==
        Ids{"q1"});
  // The corner of q1 in Lambert-93 (see crs_test.cpp), a metre to the north-east and to the south-west of it.
  CHECK(filtered("S_INTERSECTS(geometry, POINT(801704.2 6478681.0))", "&filter-crs=" + epsg + "2154") == Ids{"q1"});
  CHECK(filtered("S_INTERSECTS(geometry, POINT(801702.2 6478679.0))", "&filter-crs=" + epsg + "2154").empty());
  CHECK(asked_by("tier = 'watch'", "&filter-crs=EPSG:2154").status == 400);
}

TEST_CASE("a geometry that cannot be is a 400 that says why", "[filter][spatial]") {
  CHECK(detail("S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 1 0, 0 1, 0 0)))").find("Self-intersection") !=
        std::string::npos);
  CHECK(detail("S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 1 0)))").find("n'est pas valide") != std::string::npos);
  CHECK(detail("S_INTERSECTS(geometry, POINT(181 0))").find("-180") != std::string::npos);
  CHECK(detail("S_INTERSECTS(geometry, BBOX(0, 2, 1, 1))").find("coin bas") != std::string::npos);
  CHECK(detail("S_TOUCHES(geometry, GEOMETRYCOLLECTION(POINT(0 0)))").find("S_INTERSECTS") != std::string::npos);
  CHECK(detail("S_INTERSECTS(geometry, POINT(1))").find("octet") != std::string::npos);
  CHECK(detail("S_INTERSECTS(tier, POINT(1 1))").find("une géométrie") != std::string::npos);
  CHECK(detail("geometry = 1").find("ne se compare pas") != std::string::npos);
}

TEST_CASE("a filter in CQL2 JSON selects as its text does", "[filter][json]") {
  CHECK(filtered_by_json(R"({"op":"=","args":[{"property":"tier"},"watch"]})") == Ids{"q2"});
  CHECK(filtered_by_json(R"({"op":"and","args":[{"op":">","args":[{"property":"score_social"},1]},
                            {"op":"not","args":[{"op":"=","args":[{"property":"renewal"},true]}]}]})") == Ids{"q2"});
  CHECK(filtered_by_json(R"({"op":"in","args":[{"property":"tier"},["watch","undetermined"]]})") == Ids{"q2", "q/3"});
  CHECK(filtered_by_json(R"({"op":"between","args":[{"property":"score_social"},30,50]})") == Ids{"q2"});
  CHECK(filtered_by_json(R"({"op":"isNull","args":[{"property":"score_social"}]})") == Ids{"q/3", "q4"});
  CHECK(filtered_by_json(R"({"op":"like","args":[{"op":"accenti","args":[{"op":"casei","args":[{"property":"name"}]}]},
                            "cret%"]})") == Ids{"q2"});
  CHECK(filtered_by_json(
            R"({"op":">","args":[{"op":"/","args":[{"property":"score_social"},{"property":"tier_rank"}]},50]})") ==
        Ids{"q1"});
  CHECK(filtered_by_json(R"({"op":"s_intersects","args":[{"property":"geometry"},
                            {"type":"Point","coordinates":[4.305,45.405]}]})") == Ids{"q1"});
  CHECK(filtered_by_json(R"({"op":"s_within","args":[{"property":"geometry"},{"bbox":[4.29,45.39,4.335,45.42]}]})") ==
        Ids{"q1", "q2"});
  CHECK(filtered_by_json(R"({"op":"s_intersects","args":[{"property":"geometry"},{"type":"GeometryCollection",
      "geometries":[{"type":"MultiPoint","coordinates":[[4.305,45.405]]},
                    {"type":"MultiPolygon","coordinates":[[[[4.34,45.3],[4.345,45.5],[4.34,45.5],[4.34,45.3]]]]}]}]})") ==
        Ids{"q1", "q/3"});
}

TEST_CASE("a JSON filter that is none is a 400 with its reason", "[filter][json]") {
  const auto reason = [](const std::string& filter) { return detail(filter, "&filter-lang=cql2-json"); };
  CHECK(reason("tier = 'watch'").find("JSON") != std::string::npos);
  CHECK(reason(R"({"op":"near","args":[]})").find("near") != std::string::npos);
  CHECK(reason(R"({"op":"=","args":[1]})").find("opérandes") != std::string::npos);
  CHECK(reason(R"({"op":"=","args":[{"property":"tier"},{"date":"2015-02-29"}]})").find("date") != std::string::npos);
  CHECK(reason(R"({"property":"tier"})").find("vraie ou fausse") != std::string::npos);
  CHECK(reason("null").find("objet") != std::string::npos);
  CHECK(reason(R"({"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[]}]})")
            .find("GeoJSON") != std::string::npos);
  std::string deep = "true";
  for (int level = 0; level < 65; ++level) deep = R"({"op":"not","args":[)" + deep + "]}";
  CHECK(reason(deep).find("64") != std::string::npos);
  CHECK(reason(std::string(2'000, '[')).find("JSON") != std::string::npos);
  CHECK(reason(std::string(2'000, '[') + std::string(2'000, ']')).find("64") != std::string::npos);
}
