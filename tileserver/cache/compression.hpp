// The content codings that HTTP knows (RFC 9110 §8.4.1) and their compressors.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace geoprio::cache {

/// In the order of preference where a client likes several equally: br is the smallest on tiles (README.md).
enum class Encoding : unsigned char { br, zstd, gzip, identity };

inline constexpr std::array<Encoding, 4> all_encodings = {Encoding::br, Encoding::zstd, Encoding::gzip,
                                                          Encoding::identity};

/// The place of an encoding in an array of one entry each.
[[nodiscard]] constexpr std::size_t place_of(Encoding encoding) noexcept { return static_cast<std::size_t>(encoding); }

/// As Accept-Encoding and Content-Encoding write it: `br`.
[[nodiscard]] std::string_view name_of(Encoding encoding) noexcept;

/// The level at which tiles are compressed, chosen by measurement (README.md); 0 for identity.
[[nodiscard]] int level_of(Encoding encoding) noexcept;

/// `bytes` in that encoding: the same for equal bytes, level and library. Levels: gzip 1 to 12, br 0 to 11, zstd 1
/// to 19. A gzip member has neither name nor time (RFC 1952).
/// @throws Error when the compressor refuses, with the encoding and what it said.
[[nodiscard]] std::string compressed(std::string_view bytes, Encoding encoding, int level);

/// gzip at one level, again and again: setting a compressor up takes longer than compressing a small tile. Thread
/// safety: confined to one thread.
class GzipCompressor {
 public:
  /// @throws Error when there is no such level.
  explicit GzipCompressor(int level);
  GzipCompressor(GzipCompressor&&) noexcept;
  GzipCompressor& operator=(GzipCompressor&&) noexcept;
  ~GzipCompressor();

  /// As `compressed` gives them.
  [[nodiscard]] std::string compressed(std::string_view bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace geoprio::cache
