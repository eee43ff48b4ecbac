// What becomes of those who wait for a tile when there is no memory, wherever that happens.
#include <array>
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>

#include "tests/support/catch.hpp"
#include "tileserver/cache/tile_cache.hpp"

namespace {

/// How many more allocations of this thread succeed; negative: all.
thread_local int allocations_left = -1;

void* allocated(std::size_t size) {
  if (allocations_left == 0) throw std::bad_alloc();
  if (allocations_left > 0) --allocations_left;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}

void* allocated_or_null(std::size_t size) noexcept {
  try {
    return allocated(size);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

/// While it lives, so many allocations of this thread succeed.
class LittleMemory {
 public:
  explicit LittleMemory(int allocations) { allocations_left = allocations; }
  ~LittleMemory() { allocations_left = -1; }
  LittleMemory(const LittleMemory&) = delete;
  LittleMemory& operator=(const LittleMemory&) = delete;
};

}  // namespace

void* operator new(std::size_t size) { return allocated(size); }
void* operator new[](std::size_t size) { return allocated(size); }
// These too: a sanitizer's own would be freed by ours.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocated_or_null(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocated_or_null(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

using namespace geoprio;
using namespace geoprio::cache;

namespace {

constexpr std::array<std::size_t, 1> layers{0};
const TileKey wanted(layers, *tiling::TileCoordinate::make(4, 1, 1));

EncodedTile some_tile() { return EncodedTile::of(std::string(1000, 'a')); }

}  // namespace

TEST_CASE("whichever allocation fails while a tile is cut and kept, all who wait are answered, once", "[cache]") {
  bool failed = true;
  int allocations = 0;
  for (; failed; ++allocations) {
    REQUIRE(allocations < 1000);
    TileCache cache(1U << 20U);
    int first = 0;
    int second = 0;
    const auto work = cache.ask(wanted, some_tile, [&first](const auto&) { ++first; });
    REQUIRE(static_cast<bool>(work));
    CHECK_FALSE(static_cast<bool>(cache.ask(wanted, some_tile, [&second](const auto&) { ++second; })));
    {
      const LittleMemory little(allocations);
      work();
      failed = allocations_left == 0;
    }
    CHECK(first == 1);
    CHECK(second == 1);
    CHECK(cache.tile(wanted, some_tile).tile->size() >= 1000);
  }
  CHECK(allocations > 3);  // the tile's bytes, its place, its entry: something failed
}

TEST_CASE("whichever allocation fails while a tile is asked for, the next one gets it", "[cache]") {
  bool failed = true;
  for (int allocations = 0; failed; ++allocations) {
    REQUIRE(allocations < 1000);
    TileCache cache(1U << 20U);
    failed = false;
    try {
      const LittleMemory little(allocations);
      if (const auto work = cache.ask(wanted, some_tile, [](const auto&) {})) work();
    } catch (const std::bad_alloc&) {
      failed = true;
    }
    bool answered = false;
    if (const auto work = cache.ask(wanted, some_tile, [&answered](const auto&) { answered = true; })) work();
    CHECK(answered);
  }
}

TEST_CASE("a waiter that throws keeps no other from its answer", "[cache]") {
  TileCache cache(1U << 20U);
  bool answered = false;
  const auto work = cache.ask(wanted, some_tile, [](const auto&) { throw std::bad_alloc(); });
  CHECK_FALSE(static_cast<bool>(cache.ask(wanted, some_tile, [&answered](const auto&) { answered = true; })));
  CHECK_THROWS_AS(work(), std::bad_alloc);
  CHECK(answered);
}
