// FNV-1a, 64 bits: for fingerprints and feature ids, not against an adversary.
#pragma once

#include <cstdint>
#include <string_view>

namespace geoprio {

/// FNV-1a-64 (draft-eastlake-fnv), fed piece by piece; the same bytes give the same value on every machine.
class Fnv1a {
 public:
  constexpr Fnv1a& add(std::string_view bytes) noexcept {
    for (const char byte : bytes) {
      value_ ^= static_cast<unsigned char>(byte);
      value_ *= 0x100000001b3U;
    }
    return *this;
  }
  [[nodiscard]] constexpr std::uint64_t value() const noexcept { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325U;
};

}  // namespace geoprio
