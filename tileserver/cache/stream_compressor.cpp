#include "tileserver/cache/stream_compressor.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>

#include "geo/core/error.hpp"

namespace geoprio::cache {
namespace {

constexpr std::size_t room = std::size_t{64} * 1024;

/// zlib, because libdeflate compresses whole texts alone, and browsers read the first of several gzip members alone.
class GzipStream final : public StreamCompressor {
 public:
  GzipStream() {
    constexpr int level = 1, gzip_window = 15 + 16, usual_memory = 8;
    if (deflateInit2(&state_, level, Z_DEFLATED, gzip_window, usual_memory, Z_DEFAULT_STRATEGY) != Z_OK)
      throw Error("gzip: zlib gives no compressor");
  }
  ~GzipStream() override { deflateEnd(&state_); }

  void append(std::string_view bytes, bool last, std::string& compressed) override {
    do {
      const auto part = bytes.substr(0, std::numeric_limits<uInt>::max());
      bytes.remove_prefix(part.size());
      append_part(part, last && bytes.empty(), compressed);
    } while (!bytes.empty());
  }

 private:
  void append_part(std::string_view part, bool last, std::string& compressed) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): zlib reads through a pointer that is not const
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(part.data()));
    state_.avail_in = static_cast<uInt>(part.size());
    int said = Z_OK;
    do {
      const auto before = compressed.size();
      compressed.resize(before + room);
      state_.next_out = reinterpret_cast<Bytef*>(compressed.data() + before);
      state_.avail_out = static_cast<uInt>(room);
      said = deflate(&state_, last ? Z_FINISH : Z_NO_FLUSH);
      compressed.resize(compressed.size() - state_.avail_out);
      if (said != Z_OK && said != Z_STREAM_END && said != Z_BUF_ERROR) throw Error("gzip: zlib gives up");
    } while (state_.avail_out == 0 || (last && said != Z_STREAM_END));
  }

  z_stream state_{};
};

class ZstdStream final : public StreamCompressor {
 public:
  ZstdStream() : context_(ZSTD_createCCtx()) {
    constexpr int level = 1;
    if (!context_) throw Error("zstd: no compressor");
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, level);
  }

  void append(std::string_view bytes, bool last, std::string& compressed) override {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    std::size_t left = 0;
    do {
      const auto before = compressed.size();
      compressed.resize(before + room);
      ZSTD_outBuffer out{compressed.data() + before, room, 0};
      left = ZSTD_compressStream2(context_.get(), &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
      compressed.resize(before + out.pos);
      if (ZSTD_isError(left) != 0) throw Error(std::string("zstd: ") + ZSTD_getErrorName(left));
    } while (in.pos < in.size || (last && left > 0));
  }

 private:
  struct Deleter {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  std::unique_ptr<ZSTD_CCtx, Deleter> context_;
};

}  // namespace

std::unique_ptr<StreamCompressor> StreamCompressor::of(Encoding encoding) {
  if (encoding == Encoding::gzip) return std::make_unique<GzipStream>();
  if (encoding == Encoding::zstd) return std::make_unique<ZstdStream>();
  return nullptr;
}

}  // namespace geoprio::cache
