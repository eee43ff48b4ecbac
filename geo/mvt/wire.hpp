// Protobuf's wire format, as far as a vector tile needs it, written by Protobuf's own primitives.
#pragma once

#include <google/protobuf/io/coded_stream.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace geoprio::mvt {

/// Field numbers of vector_tile.proto (MVT 2.1 §4.1 and its appendix).
namespace field {
inline constexpr std::uint32_t tile_layers = 3;
inline constexpr std::uint32_t layer_name = 1;
inline constexpr std::uint32_t layer_features = 2;
inline constexpr std::uint32_t layer_keys = 3;
inline constexpr std::uint32_t layer_values = 4;
inline constexpr std::uint32_t layer_extent = 5;
inline constexpr std::uint32_t layer_version = 15;
inline constexpr std::uint32_t feature_id = 1;
inline constexpr std::uint32_t feature_tags = 2;
inline constexpr std::uint32_t feature_type = 3;
inline constexpr std::uint32_t feature_geometry = 4;
inline constexpr std::uint32_t string_value = 1;
inline constexpr std::uint32_t double_value = 3;
inline constexpr std::uint32_t int_value = 4;
inline constexpr std::uint32_t sint_value = 6;
inline constexpr std::uint32_t bool_value = 7;
}  // namespace field

/// Small magnitudes of either sign to small numbers (§4.3.2 for 32 bits).
constexpr std::uint32_t zigzag(std::int32_t value) {
  return (static_cast<std::uint32_t>(value) << 1U) ^ static_cast<std::uint32_t>(value >> 31);
}
constexpr std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63);
}

/// Bytes that grow at the end.
class WireBuffer {
 public:
  void clear() { size_ = 0; }
  [[nodiscard]] std::string_view bytes() const { return std::string_view(text_).substr(0, size_); }

  /// Room for that many calls of `add_number`.
  void reserve_numbers(std::size_t count) { reserve(count * most_bytes_of_32_bits); }
  /// A bare varint, for which room has been reserved.
  void add_number(std::uint32_t number) {
    advance(google::protobuf::io::CodedOutputStream::WriteVarint32ToArray(number, end()));
  }
  void add_integer(std::uint32_t field, std::uint64_t value) {
    constexpr std::uint32_t varint = 0;
    reserve(most_bytes_of_32_bits + most_bytes_of_64_bits);
    add_number(field << 3U | varint);
    advance(google::protobuf::io::CodedOutputStream::WriteVarint64ToArray(value, end()));
  }
  void add_double(std::uint32_t field, double value) {
    constexpr std::uint32_t eight_bytes = 1;
    reserve(most_bytes_of_32_bits + sizeof value);
    add_number(field << 3U | eight_bytes);
    advance(google::protobuf::io::CodedOutputStream::WriteLittleEndian64ToArray(std::bit_cast<std::uint64_t>(value),
                                                                                end()));
  }
  /// What comes before `size` bytes of a field.
  void add_head(std::uint32_t field, std::size_t size) {
    constexpr std::uint32_t delimited = 2;
    reserve(2 * most_bytes_of_32_bits);
    add_number(field << 3U | delimited);
    add_number(static_cast<std::uint32_t>(size));
  }
  void add_bytes(std::uint32_t field, std::string_view bytes) {
    add_head(field, bytes.size());
    reserve(bytes.size());
    size_ += bytes.copy(text_.data() + size_, bytes.size());
  }

 private:
  static constexpr std::size_t most_bytes_of_32_bits = 5;
  static constexpr std::size_t most_bytes_of_64_bits = 10;

  void reserve(std::size_t more) {
    if (text_.size() < size_ + more) text_.resize(std::bit_ceil(size_ + more));
  }
  std::uint8_t* end() { return reinterpret_cast<std::uint8_t*>(text_.data()) + size_; }
  void advance(const std::uint8_t* end) {
    size_ = static_cast<std::size_t>(end - reinterpret_cast<const std::uint8_t*>(text_.data()));
  }

  std::string text_;
  std::size_t size_ = 0;
};

}  // namespace geoprio::mvt
