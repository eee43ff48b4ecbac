#include "geo/tiling/tile_matrix_set.hpp"

#include <cmath>

#include "tests/support/catch.hpp"

using namespace geoprio;
using namespace geoprio::tiling;

namespace {

DegreePoint at(double lon, double lat) { return on_grid(*LonLat::make(lon, lat)); }

}  // namespace

TEST_CASE("scales and cells are WebMercatorQuad's", "[tiles]") {
  // OGC 17-083r4, annex D.1: the first matrix; each next one halves it.
  CHECK(scale_denominator(0) == Approx(559082264.028717).epsilon(1e-12));
  CHECK(cell_size(0) == Approx(156543.033928041).epsilon(1e-12));
  CHECK(cell_size(18) == Approx(156543.033928041 / 262144).epsilon(1e-12));
}

TEST_CASE("a place near Saint-Étienne is in the tiles that are known", "[tiles]") {
  // The figures given with the real files: 12/2097/1466 and 14/8391/5865.
  const auto place = *LonLat::make(4.39203, 45.437121);
  CHECK(tile_containing(place, 12) == *TileCoordinate::make(12, 2097, 1466));
  CHECK(tile_containing(place, 14) == *TileCoordinate::make(14, 8391, 5865));
}

TEST_CASE("the square's corners and what lies beyond are in its outermost tiles", "[tiles]") {
  CHECK(tile_containing(*LonLat::make(-180, 90), 20) == *TileCoordinate::make(20, 0, 0));
  CHECK(tile_containing(*LonLat::make(180, -90), 20) == *TileCoordinate::make(20, (1U << 20U) - 1, (1U << 20U) - 1));
  CHECK(tile_containing(*LonLat::make(180, 0), 0) == *TileCoordinate::make(0, 0, 0));
  CHECK(tile_containing(*LonLat::make(0, 0), 1) == *TileCoordinate::make(1, 1, 1));
}

TEST_CASE("a tile lies between its sides", "[tiles]") {
  const auto whole = bounds_of(*TileCoordinate::make(0, 0, 0));
  CHECK(whole.west == -180);
  CHECK(whole.east == 180);
  CHECK(whole.north == Approx(85.0511287798066).epsilon(1e-13));
  CHECK(whole.south == Approx(-85.0511287798066).epsilon(1e-13));
  const auto tile = bounds_of(*TileCoordinate::make(12, 2097, 1466));
  CHECK((tile.west < 4.39203 && 4.39203 < tile.east && tile.south < 45.437121 && 45.437121 < tile.north));
}

TEST_CASE("a box meets the tiles whose buffers reach it", "[tiles]") {
  // A tile of zoom 4 is 22.5 degrees wide, its buffer 1/64 of that: 0.3515625.
  CHECK(tiles_meeting({at(1, 1), at(2, 2)}, 4) == TileRange{8, 8, 7, 7});
  CHECK(tiles_meeting({at(0.3, 1), at(2, 2)}, 4) == TileRange{7, 8, 7, 7});
  CHECK(tiles_meeting({at(1, -0.3), at(2, -0.2)}, 4) == TileRange{8, 8, 7, 8});
  CHECK(tiles_meeting({at(-180, -90), at(180, 90)}, 2) == TileRange{0, 3, 0, 3});
}
