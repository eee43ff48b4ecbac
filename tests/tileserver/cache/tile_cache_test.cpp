#include "tileserver/cache/tile_cache.hpp"

#include <atomic>
#include <future>
#include <latch>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/catch.hpp"

using namespace geoprio;
using namespace geoprio::cache;

namespace {

TileKey key(std::uint32_t column, std::size_t layer = 0) {
  const std::vector<std::size_t> layers = {layer};
  return TileKey(layers, *tiling::TileCoordinate::make(10, column, 0));
}

/// About so many bytes with all that is kept beside them.
EncodedTile tile_of(std::size_t bytes) { return EncodedTile::of(std::string(bytes, 'x')); }

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
  CHECK(cache.size() > capacity / 2);
}

TEST_CASE("a tile that is asked for again and again stays while others come and go", "[cache]") {
  TileCache cache(std::size_t{64} * 1024);
  cache.tile(key(0), [] { return tile_of(1000); });
  for (std::uint32_t column = 1; column < 500; ++column) {
    REQUIRE(cache.kept(key(0)));
    cache.tile(key(column), [] { return tile_of(1000); });
  }
}

TEST_CASE("a tile that left while it was read is whole for who reads it", "[cache]") {
  TileCache cache(std::size_t{16} * 1024);
  const auto mine = cache.tile(key(0), [] { return tile_of(1000); }).tile;
  for (std::uint32_t column = 1; column < 100; ++column) cache.tile(key(column), [] { return tile_of(1000); });
  CHECK_FALSE(cache.kept(key(0)));
  CHECK(mine->bytes(Encoding::identity)->view() == std::string(1000, 'x'));
}

TEST_CASE("a tile too large to keep, and any tile of a cache of nothing, is still served", "[cache]") {
  TileCache cache(8000);
  const auto empty = cache.size();
  CHECK(cache.tile(key(1), [] { return tile_of(9000); }).tile->bytes(Encoding::identity)->view().size() == 9000);
  CHECK(cache.size() == empty);
  TileCache none(0);
  CHECK(none.tile(key(1), [] { return tile_of(1); }).tile->bytes(Encoding::identity)->view() == "x");
  CHECK_FALSE(none.kept(key(1)));
  CHECK(none.size() == 0);
}

TEST_CASE("a further encoding is made for the second who wants it, once, and then is there", "[cache]") {
  TileCache cache(1U << 20U);
  cache.tile(key(1), [] { return tile_of(1000).with(Encoding::gzip); });
  CHECK_FALSE(cache.further_encoding(key(1), Encoding::br));
  const auto work = cache.further_encoding(key(1), Encoding::br);
  REQUIRE(work);
  CHECK_FALSE(cache.further_encoding(key(1), Encoding::br));
  const auto before = cache.size();
  work();
  CHECK(cache.kept(key(1))->bytes(Encoding::br));
  CHECK(cache.kept(key(1))->bytes(Encoding::gzip));
  CHECK(cache.size() > before);
  CHECK_FALSE(cache.further_encoding(key(2), Encoding::br));
}

TEST_CASE("an encoding that somebody waits for is made at once, and kept", "[cache]") {
  TileCache cache(1U << 20U);
  const auto cut = cache.tile(key(1), [] { return tile_of(1000); }).tile;
  CHECK_FALSE(cut->bytes(Encoding::gzip));
  const auto further = cache.with_encoding(key(1), *cut, Encoding::gzip);
  CHECK(further->bytes(Encoding::identity) == cut->bytes(Encoding::identity));
  CHECK(cache.kept(key(1)) == further);
  CHECK(further->bytes(Encoding::gzip));
}

TEST_CASE("those who ask for a tile that is being cut are answered by who cuts it, and hold no thread", "[cache]") {
  TileCache cache(1U << 20U);
  std::vector<Origin> origins;
  const Waiter waiter = [&](const Result<FoundTile, std::exception_ptr>& found) { origins.push_back(found->origin); };
  const auto cut = [] { return tile_of(10); };
  const auto work = cache.ask(key(1), cut, waiter);
  REQUIRE(work);
  CHECK_FALSE(cache.ask(key(1), cut, waiter));
  CHECK_FALSE(cache.ask(key(1), cut, waiter));
  CHECK(origins.empty());
  work();
  CHECK(origins == std::vector{Origin::cut, Origin::waited, Origin::waited});
  CHECK_FALSE(cache.ask(key(1), cut, waiter));
  CHECK(origins.back() == Origin::kept);
}

TEST_CASE("many threads that find, keep and drop the same few tiles always get the right one", "[cache]") {
  // Room for a few of sixteen tiles, so that each is dropped while others read it.
  TileCache cache(std::size_t{32} * 1024);
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (unsigned thread = 0; thread < 4; ++thread)
    threads.emplace_back([&, thread] {
      for (unsigned turn = 0; turn < 4000; ++turn) {
        const unsigned column = (turn * 7 + thread * 5) % 16;
        const std::string expected(2000 + column, static_cast<char>('a' + column));
        const auto found = cache.tile(key(column), [&] { return EncodedTile::of(expected); });
        if (found.tile->bytes(Encoding::identity)->view() != expected) ++wrong;
        if (const auto work = cache.further_encoding(key(column), Encoding::zstd)) work();
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(wrong == 0);
  CHECK(cache.size() <= std::size_t{32} * 1024);
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
