#include "tileserver/cache/stream_compressor.hpp"

#include <libdeflate.h>
#include <zstd.h>

#include <string>
#include <vector>

#include "tests/support/catch.hpp"

using namespace geoprio::cache;

namespace {

std::string a_long_text() {
  std::string text;
  for (int number = 0; number < 200'000; ++number) text += std::to_string(number * 7919 % 10'007) + ",";
  return text;
}

/// All at once, in pieces of that size, and with an empty piece at the end.
std::string compressed_in_pieces(Encoding encoding, std::string_view text, std::size_t size) {
  const auto compressor = StreamCompressor::of(encoding);
  REQUIRE(compressor != nullptr);
  std::string compressed;
  for (; !text.empty(); text.remove_prefix(std::min(size, text.size())))
    compressor->append(text.substr(0, size), false, compressed);
  compressor->append({}, true, compressed);
  return compressed;
}

std::string from_gzip(const std::string& bytes, std::size_t size) {
  std::string plain(size, '\0');
  auto* decompressor = libdeflate_alloc_decompressor();
  // The whole of `bytes` must be one member: `read` says where it ends.
  std::size_t read = 0, written = 0;
  const auto result =
      libdeflate_gzip_decompress_ex(decompressor, bytes.data(), bytes.size(), plain.data(), size, &read, &written);
  libdeflate_free_decompressor(decompressor);
  return result == LIBDEFLATE_SUCCESS && read == bytes.size() && written == size ? plain : "(broken)";
}

std::string from_zstd(const std::string& bytes, std::size_t size) {
  std::string plain(size, '\0');
  return ZSTD_decompress(plain.data(), size, bytes.data(), bytes.size()) == size ? plain : "(broken)";
}

}  // namespace

TEST_CASE("a text that is compressed in pieces is read back by the libraries' own decompressors", "[compression]") {
  const auto text = a_long_text();
  for (const std::size_t size : {std::size_t{1000}, std::size_t{128} * 1024, text.size()}) {
    INFO(size);
    const auto gzip = compressed_in_pieces(Encoding::gzip, text, size);
    CHECK(gzip.size() < text.size() / 2);
    CHECK((from_gzip(gzip, text.size()) == text));
    const auto zstd = compressed_in_pieces(Encoding::zstd, text, size);
    CHECK(zstd.size() < text.size() / 2);
    CHECK((from_zstd(zstd, text.size()) == text));
  }
}

TEST_CASE("a text without a letter is a whole stream too", "[compression]") {
  CHECK(from_gzip(compressed_in_pieces(Encoding::gzip, "", 1), 0).empty());
  CHECK(from_zstd(compressed_in_pieces(Encoding::zstd, "", 1), 0).empty());
}

TEST_CASE("br and identity have no stream", "[compression]") {
  CHECK(StreamCompressor::of(Encoding::br) == nullptr);
  CHECK(StreamCompressor::of(Encoding::identity) == nullptr);
}
