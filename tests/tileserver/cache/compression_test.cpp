#include "tileserver/cache/compression.hpp"

#include <brotli/decode.h>
#include <libdeflate.h>
#include <zstd.h>

#include <string>

#include "tests/support/catch.hpp"
#include "tileserver/cache/encoded_tile.hpp"

using namespace geoprio;
using cache::Encoding;

namespace {

std::string from_gzip(const std::string& bytes, std::size_t size) {
  std::string plain(size, '\0');
  auto* decompressor = libdeflate_alloc_decompressor();
  const auto result = libdeflate_gzip_decompress(decompressor, bytes.data(), bytes.size(), plain.data(), size, nullptr);
  libdeflate_free_decompressor(decompressor);
  return result == LIBDEFLATE_SUCCESS ? plain : "(broken)";
}

std::string from_br(const std::string& bytes, std::size_t size) {
  std::string plain(size, '\0');
  const auto result = BrotliDecoderDecompress(bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                              reinterpret_cast<std::uint8_t*>(plain.data()));
  return result == BROTLI_DECODER_RESULT_SUCCESS && size == plain.size() ? plain : "(broken)";
}

std::string from_zstd(const std::string& bytes, std::size_t size) {
  std::string plain(size, '\0');
  return ZSTD_decompress(plain.data(), size, bytes.data(), bytes.size()) == size ? plain : "(broken)";
}

std::string a_document() {
  std::string bytes;
  for (int number = 0; number < 5000; ++number) bytes += std::to_string(number * number % 997);
  return bytes;
}

}  // namespace

TEST_CASE("what was compressed comes back by the library's own decompressor", "[compression]") {
  const auto bytes = a_document();
  const auto at_its_level = [&](Encoding encoding) { return cache::compressed(bytes, encoding, level_of(encoding)); };
  CHECK(from_gzip(at_its_level(Encoding::gzip), bytes.size()) == bytes);
  CHECK(from_br(at_its_level(Encoding::br), bytes.size()) == bytes);
  CHECK(from_zstd(at_its_level(Encoding::zstd), bytes.size()) == bytes);
  for (const auto encoding : {Encoding::gzip, Encoding::br, Encoding::zstd})
    CHECK(at_its_level(encoding).size() < bytes.size());
  CHECK(from_gzip(cache::compressed("", Encoding::gzip, 1), 0).empty());
}

TEST_CASE("equal bytes stay equal when compressed", "[compression]") {
  for (const auto encoding : cache::all_encodings)
    CHECK(cache::compressed(a_document(), encoding, level_of(encoding)) ==
          cache::compressed(a_document(), encoding, level_of(encoding)));
}

TEST_CASE("an empty tile has no encoding", "[compression]") {
  CHECK(cache::EncodedTile::of("").empty());
  for (const auto encoding : cache::all_encodings) CHECK_FALSE(cache::EncodedTile::of("").bytes(encoding));
  CHECK(cache::EncodedTile::of("x").bytes(Encoding::identity));
}

TEST_CASE("a further encoding shares what is there, and counts", "[compression]") {
  const auto tile = cache::EncodedTile::of(a_document()).with(Encoding::gzip);
  CHECK_FALSE(tile.bytes(Encoding::br));
  const auto further = tile.with(Encoding::br);
  CHECK(from_br(std::string(further.bytes(Encoding::br)->view()), a_document().size()) == a_document());
  CHECK(further.bytes(Encoding::gzip) == tile.bytes(Encoding::gzip));
  CHECK(further.size() >= tile.size() + further.bytes(Encoding::br)->view().size());
}
