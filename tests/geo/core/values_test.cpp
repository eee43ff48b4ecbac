#include "geo/core/grid_point.hpp"
#include "geo/core/hash.hpp"
#include "geo/core/lon_lat.hpp"
#include "geo/domain/layer.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;

TEST_CASE("a longitude past the antimeridian does not exist", "[core]") {
  CHECK_FALSE(Longitude::make(180.0000001));
  CHECK_FALSE(Latitude::make(-90.5));
  CHECK(LonLat::make(-180, 90));
}

TEST_CASE("a place on the grid is within half a unit of itself", "[core]") {
  const auto place = LonLat::make(4.39203, 45.437121);
  REQUIRE(place);
  CHECK(on_grid(*place) == DegreePoint{43920300, 454371210});
}

TEST_CASE("FNV-1a-64 gives the published values", "[core]") {
  // Test vectors of draft-eastlake-fnv, section 6.
  CHECK(Fnv1a().add("").value() == 0xcbf29ce484222325U);
  CHECK(Fnv1a().add("a").value() == 0xaf63dc4c8601ec8cU);
  CHECK(Fnv1a().add("foobar").value() == 0x85944171f73967e8U);
}

TEST_CASE("a tile feature id fits in 52 bits", "[core]") {
  CHECK(domain::tile_feature_id("2014.tiers", "watch") == Fnv1a().add("2014.tiers/watch").value() >> 12U);
}
