#include "tileserver/cache/tile_cache.hpp"

#include <future>
#include <latch>
#include <stdexcept>
#include <vector>

#include "tests/support/catch.hpp"

using namespace geoprio;
using namespace geoprio::cache;

namespace {

TileKey key(std::uint32_t column, std::size_t layer = 0) {
  const std::vector<std::size_t> layers = {layer};
  return TileKey(layers, *tiling::TileCoordinate::make(10, column, 0));
}

EncodedTile tile_of(std::size_t bytes) {
  EncodedTile tile;
  tile.identity = std::string(bytes, 'x');
  return tile;
}

}  // namespace

TEST_CASE("a tile is cut once and then kept", "[cache]") {
  TileCache cache(1U << 20U);
  int cuts = 0;
  const auto cut = [&] {
    ++cuts;
    return tile_of(10);
  };
  CHECK(cache.tile(key(1), cut).origin == Origin::cut);
  CHECK(cache.tile(key(1), cut).origin == Origin::kept);
  CHECK(cache.kept(key(1)));
  CHECK_FALSE(cache.kept(key(2)));
  CHECK(cuts == 1);
}

TEST_CASE("the order of layers, and the place, are part of what is kept", "[cache]") {
  const auto place = *tiling::TileCoordinate::make(3, 1, 2);
  const std::vector<std::size_t> one = {1, 2};
  const std::vector<std::size_t> other = {2, 1};
  CHECK_FALSE(TileKey(one, place) == TileKey(other, place));
  CHECK_FALSE(TileKey(one, place) == TileKey(one, *tiling::TileCoordinate::make(3, 2, 1)));
  CHECK(TileKey(one, place) == TileKey(one, place));
}

TEST_CASE("the cache never holds more than its bytes", "[cache]") {
  constexpr std::size_t capacity = std::size_t{64} * 1024;
  TileCache cache(capacity);
  for (std::uint32_t column = 0; column < 1000; ++column) {
    cache.tile(key(column), [] { return tile_of(1000); });
    REQUIRE(cache.size() <= capacity);
  }
  CHECK(cache.size() > capacity / 4);
}

TEST_CASE("the tile used longest ago leaves first", "[cache]") {
  // Room for about six tiles in each of the eight shards; the one that is asked for again and again stays.
  TileCache cache(std::size_t{64} * 1024);
  cache.tile(key(0), [] { return tile_of(1000); });
  for (std::uint32_t column = 1; column < 500; ++column) {
    cache.tile(key(column), [] { return tile_of(1000); });
    REQUIRE(cache.kept(key(0)));
  }
}

TEST_CASE("a tile too large to keep, and any tile of a cache of nothing, is still served", "[cache]") {
  TileCache cache(8000);
  CHECK(cache.tile(key(1), [] { return tile_of(5000); }).tile->identity.size() == 5000);
  CHECK(cache.size() == 0);
  TileCache none(0);
  CHECK(none.tile(key(1), [] { return tile_of(1); }).tile->identity == "x");
  CHECK_FALSE(none.kept(key(1)));
}

TEST_CASE("one caller cuts and the others wait for it", "[cache]") {
  TileCache cache(1U << 20U);
  std::latch cutting(1);
  std::promise<void> may_end;
  auto end = may_end.get_future().share();
  auto first = std::async(std::launch::async, [&] {
    return cache.tile(key(1), [&] {
      cutting.count_down();
      end.wait();
      return tile_of(10);
    });
  });
  cutting.wait();
  std::vector<std::future<FoundTile>> others;
  for (int number = 0; number < 8; ++number)
    others.push_back(std::async(std::launch::async, [&] {
      return cache.tile(key(1), []() -> EncodedTile { throw std::logic_error("cut twice"); });
    }));
  CHECK_FALSE(cache.kept(key(1)));
  may_end.set_value();
  const auto cut = first.get();
  CHECK(cut.origin == Origin::cut);
  for (auto& other : others) CHECK(other.get().tile == cut.tile);
}

TEST_CASE("a cut that fails is told to who asked and tried anew by the next", "[cache]") {
  TileCache cache(1U << 20U);
  CHECK_THROWS_AS(cache.tile(key(1), []() -> EncodedTile { throw std::runtime_error("no"); }), std::runtime_error);
  CHECK(cache.tile(key(1), [] { return tile_of(10); }).origin == Origin::cut);
}
