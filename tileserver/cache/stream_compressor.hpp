// A long text compressed while it is made, piece by piece.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "tileserver/cache/compression.hpp"

namespace geoprio::cache {

/// Thread safety: one thread at a time, not always the same.
class StreamCompressor {
 public:
  /// For gzip and zstd, at levels that keep up with what makes the text; null for the other encodings: br costs more
  /// time than it saves where a text is sent once.
  /// @throws Error when the library gives no compressor.
  [[nodiscard]] static std::unique_ptr<StreamCompressor> of(Encoding encoding);

  StreamCompressor() = default;
  StreamCompressor(const StreamCompressor&) = delete;
  StreamCompressor& operator=(const StreamCompressor&) = delete;
  virtual ~StreamCompressor() = default;

  /// Appends what is ready of `bytes` and of all before them, which may be nothing; with the `last` ones all the rest.
  /// Nothing may follow the last.
  /// @throws Error when the library gives up.
  virtual void append(std::string_view bytes, bool last, std::string& compressed) = 0;
};

}  // namespace geoprio::cache
