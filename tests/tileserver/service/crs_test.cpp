// The first quarter of the small atlas is the square from 4.3 E 45.4 N, 0.01 degree wide. Lambert-93 values of its
// south-west corner: gdaltransform -s_srs OGC:CRS84 -t_srs EPSG:2154 (GDAL 3.6.2, PROJ 9.1.1).
#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"

using namespace geoprio;
using namespace geoprio::testing;

namespace {

const std::string all = "/collections/2014.quarters/items";
constexpr double corner_x = 801703.220;
constexpr double corner_y = 6478680.024;
const std::string epsg = "http://www.opengis.net/def/crs/EPSG/0/";

nlohmann::json first_ring(const std::string& crs) {
  return asked_document(all + "/q1?crs=" + crs).at("geometry").at("coordinates").at(0);
}

int matched(const std::string& query) { return asked_document(all + "?" + query).at("numberMatched"); }

}  // namespace

TEST_CASE("EPSG:4326 has its latitude first, CRS84 its longitude", "[crs]") {
  CHECK(first_ring(epsg + "4326").at(1) == nlohmann::json::array({45.4, 4.31}));
  CHECK(first_ring("http://www.opengis.net/def/crs/OGC/1.3/CRS84").at(1) == nlohmann::json::array({4.31, 45.4}));
}

TEST_CASE("an answer names its system", "[crs]") {
  CHECK(header(asked(all), "Content-Crs") == "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>");
  CHECK(header(asked(all + "?crs=" + epsg + "2154"), "Content-Crs") == "<" + epsg + "2154>");
  CHECK(header(asked(all + "/q1?crs=" + epsg + "4326"), "Content-Crs") == "<" + epsg + "4326>");
  CHECK(header(asked(all), "Access-Control-Expose-Headers").find("Content-Crs") != std::string::npos);
}

TEST_CASE("metres of Lambert-93 are written to the millimetre, easting first", "[crs]") {
  const auto ring = first_ring(epsg + "2154");
  CHECK(ring.front().at(0).get<double>() == Approx(corner_x).margin(0.001));
  CHECK(ring.front().at(1).get<double>() == Approx(corner_y).margin(0.001));
  CHECK(ring.front() == ring.back());
}

TEST_CASE("edges over 500 m get vertices on their way to metres, not on their way to other degrees", "[crs]") {
  // 0.01 degree is 781 m of the parallel and 1112 m of the meridian: 2 and 3 pieces, both ways round.
  CHECK(first_ring(epsg + "2154").size() == 2 + 3 + 2 + 3 + 1);
  CHECK(first_ring(epsg + "4326").size() == 5);
}

TEST_CASE("a system that is not on the list is a 400 that names the near one", "[crs]") {
  for (const auto* parameter : {"crs", "bbox-crs"}) {
    const auto response = asked(all + "?" + parameter + "=EPSG:2154");
    CHECK(response.status == 400);
    CHECK(document(response).at("parameter") == parameter);
    CHECK(document(response).at("suggestion") == epsg + "2154");
  }
  CHECK(asked_document(all + "?crs=urn:ogc:def:crs:OGC:1.3:CRS84").at("suggestion") ==
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
  CHECK(asked(all + "/q1?crs=" + epsg + "27572").status == 400);
}

TEST_CASE("an atlas offers the systems of its file beside those of every atlas", "[crs]") {
  auto atlas = small_atlas();
  atlas->crs = {"EPSG:27572"};
  const auto snapshot = small_snapshot(atlas);
  CHECK(answer(get(all + "/q1?crs=" + epsg + "27572"), *snapshot).status == 200);
  const auto list = document(answer(get("/collections/2014.quarters"), *snapshot)).at("crs");
  CHECK(list.size() == 19);
  CHECK(list.front() == "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
  CHECK(list.back() == epsg + "27572");
}

TEST_CASE("a bbox is read in its own system, with its axes in that order", "[crs]") {
  CHECK(matched("bbox=45.39,4.29,45.405,4.305&bbox-crs=" + epsg + "4326") == 1);
  CHECK(matched("bbox=4.29,45.39,4.305,45.405&bbox-crs=" + epsg + "4326") == 0);
  const auto around = [](double x, double y, double half) {
    return "bbox=" + std::to_string(x - half) + "," + std::to_string(y - half) + "," + std::to_string(x + half) + "," +
           std::to_string(y + half) + "&bbox-crs=" + epsg + "2154";
  };
  CHECK(matched(around(corner_x, corner_y, 1)) == 1);
  CHECK(matched(around(corner_x - 10, corner_y, 1)) == 0);
  CHECK(matched(around(corner_x, corner_y, 0)) <= 1);
  CHECK(matched(around(corner_x, corner_y, 1e6)) == 3);
}

TEST_CASE("a bbox of half the world in metres selects what is there", "[crs]") {
  CHECK(matched("bbox=-1e9,-1e9,1e9,1e9&bbox-crs=" + epsg + "2154") == 3);
  CHECK(matched("bbox=-2e7,-2e7,2e7,2e7&bbox-crs=" + epsg + "3857") == 3);
  CHECK(matched("bbox=1e8,1e8,1e9,1e9&bbox-crs=" + epsg + "2154") == 0);
  CHECK(asked(all + "?bbox=2,0,1,1&bbox-crs=" + epsg + "2154").status == 400);
  CHECK(asked(all + "?bbox=0,0,inf,1&bbox-crs=" + epsg + "2154").status == 400);
}

TEST_CASE("an item's own link leads to it in the same system", "[crs]") {
  const auto item = asked_document(all + "/q1?crs=" + epsg + "2154");
  CHECK(asked_document(linked(item, "self")) == item);
  CHECK(linked(asked_document(all + "/q1"), "self") == "http://atlas.example" + all + "/q1");
}

TEST_CASE("pages keep their system", "[crs]") {
  const auto page = asked_document(all + "?limit=1&crs=" + epsg + "4326");
  const auto next = asked(linked(page, "next"));
  CHECK(header(next, "Content-Crs") == "<" + epsg + "4326>");
}
