// A cut tile in the encodings that were made of it.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>

#include "tileserver/cache/compression.hpp"
#include "tileserver/cache/kept_bytes.hpp"

namespace geoprio::cache {

/// Identity from the cut on; gzip too when who asked for the cut takes it, else once it is wanted; br and zstd once
/// they were asked for often enough to be worth their time. Thread safety: immutable once shared.
class EncodedTile {
 public:
  /// Nothing is in it.
  EncodedTile() = default;
  /// The MVT tile, not compressed. Empty bytes give the empty tile.
  [[nodiscard]] static EncodedTile of(std::string tile);

  [[nodiscard]] bool empty() const noexcept { return !bytes_[place_of(Encoding::identity)]; }
  /// The tile in that encoding; null when it was not made, and for the empty tile.
  [[nodiscard]] const std::shared_ptr<const KeptBytes>& bytes(Encoding encoding) const noexcept {
    return bytes_[place_of(encoding)];
  }
  /// The same tile in one more encoding; what is there is shared, not copied. Must not be empty.
  [[nodiscard]] EncodedTile with(Encoding encoding) const;
  /// What it costs to keep, in bytes.
  [[nodiscard]] std::size_t size() const noexcept;

 private:
  void put(Encoding encoding, std::string bytes);
  std::array<std::shared_ptr<const KeptBytes>, all_encodings.size()> bytes_;
};

}  // namespace geoprio::cache
