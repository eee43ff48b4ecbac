#include "tileserver/pyramid/hilbert.hpp"

#include <cstdint>
#include <cstdlib>
#include <tuple>

#include "tests/support/catch.hpp"

using geoprio::pyramid::tile_number;
using geoprio::pyramid::tile_numbered;
using geoprio::tiling::TileCoordinate;

TEST_CASE("tiles have the numbers that the PMTiles specification gives them", "[pyramid]") {
  // PMTiles v3, section "Tile ID encoding": its table of examples.
  for (const auto& [zoom, column, row, number] :
       {std::tuple{0U, 0U, 0U, 0U}, std::tuple{1U, 0U, 0U, 1U}, std::tuple{1U, 0U, 1U, 2U}, std::tuple{1U, 1U, 1U, 3U},
        std::tuple{1U, 1U, 0U, 4U}, std::tuple{2U, 0U, 0U, 5U}, std::tuple{12U, 3423U, 1763U, 19078479U}})
    CHECK(tile_number(*TileCoordinate::make(zoom, column, row)) == number);
}

TEST_CASE("a number is one tile's, and its successor is a neighbour's", "[pyramid]") {
  for (std::uint64_t number = 0; number < 21845; ++number) {  // zooms 0 to 7: (4^8 - 1) / 3
    const auto tile = tile_numbered(number);
    CHECK(tile_number(tile) == number);
    const auto next = tile_numbered(number + 1);
    if (next.zoom() != tile.zoom()) continue;
    const auto apart = [](std::uint32_t a, std::uint32_t b) { return a > b ? a - b : b - a; };
    CHECK(apart(next.column(), tile.column()) + apart(next.row(), tile.row()) == 1);
  }
}
