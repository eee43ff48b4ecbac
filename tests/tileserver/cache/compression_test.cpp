#include "tileserver/cache/compression.hpp"

#include <libdeflate.h>

#include <string>

#include "tests/support/catch.hpp"
#include "tileserver/cache/encoded_tile.hpp"

using namespace geoprio;

namespace {

std::string decompressed(const std::string& gzip, std::size_t size) {
  std::string bytes(size, '\0');
  auto* decompressor = libdeflate_alloc_decompressor();
  const auto result = libdeflate_gzip_decompress(decompressor, gzip.data(), gzip.size(), bytes.data(), size, nullptr);
  libdeflate_free_decompressor(decompressor);
  return result == LIBDEFLATE_SUCCESS ? bytes : "(broken)";
}

}  // namespace

TEST_CASE("what was compressed comes back", "[compression]") {
  std::string bytes;
  for (int number = 0; number < 5000; ++number) bytes += std::to_string(number * number % 997);
  const auto compressed = cache::gzip(bytes, 6);
  CHECK(compressed.size() < bytes.size());
  CHECK(decompressed(compressed, bytes.size()) == bytes);
  CHECK(decompressed(cache::gzip("", 1), 0).empty());
}

TEST_CASE("equal bytes stay equal when compressed", "[compression]") {
  CHECK(cache::gzip("a tile", 6) == cache::gzip("a tile", 6));
}

TEST_CASE("an empty tile has no encoding", "[compression]") {
  CHECK(cache::encoded("").empty());
  CHECK(cache::encoded("").gzip.empty());
  CHECK_FALSE(cache::encoded("x").gzip.empty());
}
