// A range of IP addresses as an operator writes it: `10.0.0.0/8`, `2001:db8::/32`, or one address alone.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "geo/core/bilingual.hpp"
#include "geo/core/result.hpp"

namespace geoprio::http {

/// IPv4 addresses are held as IPv6 maps them (RFC 4291 §2.5.5.2), so that a client of an IPv6 socket that comes over
/// IPv4 is the same client; yet an IPv6 range never holds an IPv4 address, not even `::/0`.
class AddressRange {
 public:
  using Address = std::array<std::uint8_t, 16>;

  /// The range, or what is wrong with the text and what to write in its place.
  [[nodiscard]] static Result<AddressRange, BilingualText> parse(std::string_view text);

  /// `address`: 4 or 16 bytes, in network order; any other length is in no range.
  [[nodiscard]] bool contains(std::span<const std::uint8_t> address) const noexcept;

  bool operator==(const AddressRange&) const = default;

 private:
  AddressRange(const Address& first, unsigned bits) : first_(first), bits_(bits) {}
  Address first_;
  unsigned bits_;  ///< that an address has in common with the first one, 0 to 128
};

}  // namespace geoprio::http
