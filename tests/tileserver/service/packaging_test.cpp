// What downloads made by GDAL rest on; their files are read in tests/integration/exports_test.py.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"
#include "tileserver/service/export_cache.hpp"
#include "tileserver/service/export_metadata.hpp"
#include "tileserver/service/turns.hpp"

using namespace geoprio;
using namespace geoprio::service;
using namespace geoprio::testing;

namespace {

std::vector<std::string> shortened(const std::vector<std::string>& names) {
  std::vector<Field> fields;
  for (const auto& name : names) fields.push_back({name, FieldType::text});
  short_names(fields);
  std::vector<std::string> result;
  for (const auto& field : fields) result.push_back(field.name);
  return result;
}

KeptExport body_of(std::size_t size) { return {Body::of(std::string(size, 'x')), "\"x\""}; }

}  // namespace

TEST_CASE("names become ten characters of ASCII, none twice in any case", "[exports]") {
  using Names = std::vector<std::string>;
  CHECK(shortened({"id", "tier_rank"}) == Names{"id", "tier_rank"});
  CHECK(shortened({"quarter_count", "quarter_code"}) == Names{"quarter_co", "quarter__1"});
  // A name that fits is never changed for the sake of one that does not.
  CHECK(shortened({"quarter_count", "quarter_co"}) == Names{"quarter__1", "quarter_co"});
  CHECK(shortened({"Code", "code", "CODE"}) == Names{"Code", "code_1", "CODE_2"});
  CHECK(shortened({"é", "ça va", "€"}) == Names{"champ", "ava", "champ_1"});
}

TEST_CASE("the text beside a Shapefile tells what is known, and what was shortened", "[exports]") {
  const auto text = metadata_text({{"Titre", "Quartiers"}}, {{"quarter_co", "quarter_count"}});
  CHECK(text.find("Titre : Quartiers\r\n") == 0);
  CHECK(text.find("quarter_co : quarter_count\r\n") != std::string::npos);
  CHECK(metadata_text({}, {}).empty());
}

TEST_CASE("files asked for lately are kept, up to so many bytes", "[exports]") {
  ExportCache cache(100);
  cache.keep("a", body_of(40));
  cache.keep("b", body_of(40));
  CHECK(cache.find("a").has_value());
  cache.keep("c", body_of(40));
  CHECK(cache.find("a").has_value());
  CHECK_FALSE(cache.find("b").has_value());
  cache.keep("d", body_of(101));
  CHECK_FALSE(cache.find("d").has_value());
  CHECK(cache.find("c").has_value());
  // Kept twice, counted once.
  for (int turn = 0; turn < 5; ++turn) cache.keep("a", body_of(60));
  CHECK(cache.find("a")->body.size() == 60);
  CHECK(cache.find("c").has_value());
}

TEST_CASE("one worker does all that is asked for while it is at it, in its order", "[exports]") {
  const auto turns = std::make_shared<Turns>();
  std::string done;
  std::function<void()> second;
  const auto first = Turns::take(turns, [&] {
    done += "1";
    second = Turns::take(turns, [&] { done += "2"; });
  });
  REQUIRE(first);
  first();
  CHECK_FALSE(second);
  CHECK(done == "12");
  const auto later = Turns::take(turns, [&] { done += "3"; });
  REQUIRE(later);
  later();
  CHECK(done == "123");
}

TEST_CASE("a download in a format of GDAL's has its length, its tag and its name, and can be gone on with",
          "[exports]") {
  const auto response = asked("/exports/2014.quarters.gpkg");
  REQUIRE(response.status == 200);
  CHECK(response.stream == nullptr);
  CHECK(header(response, "Content-Type") == "application/geopackage+sqlite3");
  CHECK(header(response, "Content-Disposition") == R"(attachment; filename="2014.quarters.gpkg")");
  CHECK(header(response, "Accept-Ranges") == "bytes");
  CHECK(response.body.bytes().substr(0, 15) == "SQLite format 3");
}

TEST_CASE("a download is no other's whose question has the same hash", "[exports]") {
  // FNV-1a-64 of the two questions is one number; blocks of eight letters with equal lower halves (a birthday for
  // each), chosen so that the upper halves are equal too, are found in a second.
  const std::string of_all =
      "enbcadgsfhxpuwsscmqquturvlacrkdnvwktiusrznntmpifyjaainufkgoowdyeqolhwfahyvycaqbhjeipquvupygqaokjmmevxniqmjdsvq"
      "sdjeipquvupygqaokjmmevxniqmjdsvqsdjeipquvupygqaokjmmevxniqmjdsvqsdjeipquvupygqaokjmmevxniqmjdsvqsdjeipquvupygq"
      "aokjmmevxniqmjdsvqsdjeipquvupygqaokjmmevxniqmjdsvqsdjeipquvupygqaokjmmevxniqmjdsvqsdjeipquvupygqaokjmmevxniq";
  const std::string of_none =
      "xlhdovzfvvuleqgdcsbqmtswvlacrkdnvwktiusrfbvcwosjyjaainufurpdreohemjdqrhiyvycaqbhspkcngczpygqaokjmmevxniqmjdsvq"
      "sdspkcngczpygqaokjckxcquxhcobsxwznspkcngczfhujpdefckxcquxhmjdsvqsdjeipquvufhujpdefmmevxniqmjdsvqsdjeipquvupygq"
      "aokjckxcquxhcobsxwznspkcngczfhujpdefmmevxniqcobsxwznjeipquvupygqaokjmmevxniqmjdsvqsdjeipquvupygqaokjmmevxniq";
  const auto all = asked("/exports/2014.quarters.csv?filter=code%3C%3E%27" + of_all + "%27");
  const auto none = asked("/exports/2014.quarters.csv?filter=code%3D%27" + of_none + "%27");
  REQUIRE(all.status == 200);
  REQUIRE(none.status == 200);
  const auto hash = [](const service::Response& response) { return header(response, "ETag").substr(0, 34); };
  REQUIRE(hash(all) == hash(none));
  CHECK(all.body.bytes().find("q1") != std::string_view::npos);
  CHECK(none.body.bytes().find("q1") == std::string_view::npos);
}

TEST_CASE("KML is in degrees and says so when asked for anything else", "[exports]") {
  CHECK(asked("/exports/2014.quarters.kml").status == 200);
  const auto refused = asked("/exports/2014.quarters.kml?crs=http://www.opengis.net/def/crs/EPSG/0/2154");
  CHECK(refused.status == 400);
  CHECK(refused.body.bytes().find("fixed-crs") != std::string_view::npos);
}

TEST_CASE("nothing is made for a client that has left", "[exports]") {
  std::stop_source leaving;
  leaving.request_stop();
  Request request;
  request.target = "/exports/2014.quarters.fgb";
  request.left = leaving.get_token();
  CHECK(answer(request, *testing::small_snapshot(testing::small_atlas())).status == 503);
}
