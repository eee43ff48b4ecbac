#include "tileserver/cache/compression.hpp"

#include <libdeflate.h>

#include <memory>

#include "geo/core/error.hpp"

namespace geoprio::cache {
namespace {

struct CompressorDeleter {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};

}  // namespace

std::string gzip(std::string_view bytes, int level) {
  const std::unique_ptr<libdeflate_compressor, CompressorDeleter> compressor(libdeflate_alloc_compressor(level));
  if (!compressor) throw Error("gzip: libdeflate gives no compressor of level " + std::to_string(level));
  std::string compressed(libdeflate_gzip_compress_bound(compressor.get(), bytes.size()), '\0');
  const std::size_t size =
      libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(), compressed.data(), compressed.size());
  compressed.resize(size);
  return compressed;
}

}  // namespace geoprio::cache
