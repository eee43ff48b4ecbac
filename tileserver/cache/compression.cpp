#include "tileserver/cache/compression.hpp"

#include <brotli/encode.h>
#include <libdeflate.h>
#include <zstd.h>

#include <cstdint>
#include <memory>

#include "geo/core/error.hpp"

namespace geoprio::cache {
namespace {

struct CompressorDeleter {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};

std::string brotli(std::string_view bytes, int level) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string result(size, '\0');
  const auto done = BrotliEncoderCompress(level, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_GENERIC, bytes.size(),
                                          reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                          reinterpret_cast<std::uint8_t*>(result.data()));
  if (done != BROTLI_TRUE) throw Error("br: the encoder gives up at level " + std::to_string(level));
  result.resize(size);
  return result;
}

std::string zstd(std::string_view bytes, int level) {
  std::string result(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compress(result.data(), result.size(), bytes.data(), bytes.size(), level);
  if (ZSTD_isError(size) != 0) throw Error(std::string("zstd: ") + ZSTD_getErrorName(size));
  result.resize(size);
  return result;
}

}  // namespace

struct GzipCompressor::State {
  std::unique_ptr<libdeflate_compressor, CompressorDeleter> compressor;
  std::string room;  ///< as long as the longest result may be
};

GzipCompressor::GzipCompressor(int level) : state_(std::make_unique<State>()) {
  state_->compressor.reset(libdeflate_alloc_compressor(level));
  if (!state_->compressor) throw Error("gzip: libdeflate gives no compressor of level " + std::to_string(level));
}
GzipCompressor::GzipCompressor(GzipCompressor&&) noexcept = default;
GzipCompressor& GzipCompressor::operator=(GzipCompressor&&) noexcept = default;
GzipCompressor::~GzipCompressor() = default;

std::string GzipCompressor::compressed(std::string_view bytes) {
  auto& [compressor, room] = *state_;
  const auto most = libdeflate_gzip_compress_bound(compressor.get(), bytes.size());
  if (room.size() < most) room.resize(most);
  const auto size = libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(), room.data(), room.size());
  return room.substr(0, size);
}

std::string_view name_of(Encoding encoding) noexcept {
  static constexpr std::array<std::string_view, all_encodings.size()> names = {"br", "zstd", "gzip", "identity"};
  return names[place_of(encoding)];
}

int level_of(Encoding encoding) noexcept {
  static constexpr std::array<int, all_encodings.size()> levels = {5, 6, 1, 0};
  return levels[place_of(encoding)];
}

std::string compressed(std::string_view bytes, Encoding encoding, int level) {
  switch (encoding) {
    case Encoding::br:
      return brotli(bytes, level);
    case Encoding::zstd:
      return zstd(bytes, level);
    case Encoding::gzip:
      return GzipCompressor(level).compressed(bytes);
    case Encoding::identity:
      break;
  }
  return std::string(bytes);
}

}  // namespace geoprio::cache
