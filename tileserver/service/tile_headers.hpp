// The header fields of an atlas's tiles: they depend on little, so each combination is written once.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "tileserver/cache/compression.hpp"
#include "tileserver/service/headers.hpp"

namespace geoprio::service {

/// Whether a URL names this very atlas by its fingerprint: what is behind it never changes.
enum class Dated { no, yes };

/// Thread safety: immutable.
class TileHeaders {
 public:
  explicit TileHeaders(std::string_view fingerprint);

  /// A tile's entity tag in that encoding: the fingerprint, because a URL's tile changes when the atlas does and only
  /// then, so that nothing need be cut to know that a client has it.
  [[nodiscard]] const std::string& etag(cache::Encoding encoding) const noexcept;

  /// Those of a 200, a 304 and a 204. An empty tile has no tag: it has no encodings either.
  [[nodiscard]] const std::shared_ptr<const FixedHeaders>& full(cache::Encoding encoding, Dated dated) const noexcept;
  [[nodiscard]] const std::shared_ptr<const FixedHeaders>& unchanged(cache::Encoding encoding,
                                                                     Dated dated) const noexcept;
  [[nodiscard]] const std::shared_ptr<const FixedHeaders>& empty(Dated dated) const noexcept;

 private:
  using ByDate = std::array<std::shared_ptr<const FixedHeaders>, 2>;
  struct OfEncoding {
    std::string etag;
    ByDate full, unchanged;
  };
  std::array<OfEncoding, cache::all_encodings.size()> encodings_;
  ByDate empty_;
};

}  // namespace geoprio::service
