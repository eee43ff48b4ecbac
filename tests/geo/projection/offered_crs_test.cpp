#include "geo/projection/offered_crs.hpp"

#include <algorithm>

#include "geo/projection/reprojector.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using projection::OfferedCrs;

TEST_CASE("a system is named by its OGC address", "[projection][crs]") {
  CHECK(OfferedCrs::make("EPSG:2154").address() == "http://www.opengis.net/def/crs/EPSG/0/2154");
  CHECK(OfferedCrs::make("OGC:CRS84").address() == "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
  CHECK(OfferedCrs::make("IGNF:LAMB93").address() == "http://www.opengis.net/def/crs/IGNF/0/LAMB93");
}

// Orders of axes: the EPSG registry's.
TEST_CASE("the order of axes is its authority's", "[projection][crs]") {
  CHECK_FALSE(OfferedCrs::make("OGC:CRS84").northing_first());
  CHECK(OfferedCrs::make("EPSG:4326").northing_first());
  CHECK(OfferedCrs::make("EPSG:4171").northing_first());
  CHECK(OfferedCrs::make("EPSG:3035").northing_first());
  for (const auto* metric : {"EPSG:3857", "EPSG:2154", "EPSG:3945", "EPSG:5490", "EPSG:2975", "EPSG:27572"})
    CHECK_FALSE(OfferedCrs::make(metric).northing_first());
}

TEST_CASE("only what differs by its order alone needs no computing", "[projection][crs]") {
  CHECK(OfferedCrs::make("OGC:CRS84").is_wgs84_degrees());
  CHECK(OfferedCrs::make("EPSG:4326").is_wgs84_degrees());
  CHECK_FALSE(OfferedCrs::make("EPSG:4171").is_wgs84_degrees());
  CHECK(OfferedCrs::make("EPSG:4171").is_geographic());
  CHECK_FALSE(OfferedCrs::make("EPSG:2154").is_geographic());
}

TEST_CASE("what has no address, or is unknown, cannot be offered", "[projection][crs]") {
  for (const auto* definition :
       {"", "2154", "EPSG:", "+proj=merc", "EPSG:99999999", "EPSG:21 54", "OGC:1.3:CRS84", "EPSG:5720"}) {
    INFO(definition);
    CHECK_THROWS_AS(OfferedCrs::make(definition), projection::CrsError);
  }
}

TEST_CASE("an atlas's own systems follow those of every atlas, each once", "[projection][crs]") {
  const auto offered = projection::offered_crs(std::vector<std::string>{"EPSG:27572", "EPSG:2154", "EPSG:27572"});
  CHECK(offered.size() == 19);
  CHECK(offered.front().definition() == "OGC:CRS84");
  CHECK(offered.back().definition() == "EPSG:27572");
  for (const auto* code : {"4326", "3857", "2154", "3942", "3943", "3944", "3945", "3946", "3947", "3948", "3949",
                           "3950", "5490", "2975", "4471", "2972", "4467"})
    CHECK(std::count_if(offered.begin(), offered.end(),
                        [&](const auto& one) { return one.definition() == std::string("EPSG:") + code; }) == 1);
}
