// Sums of bytes: for fingerprints, feature ids and damaged files, not against an adversary.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
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

/// A sum over 8-byte words, fast enough for whole files (several GB/s): finds damage, not an adversary. Fed in pieces
/// of whole words; the same words in the same order give the same value.
class WordSum {
 public:
  void add(std::span<const std::uint64_t> words) noexcept {
    for (const auto word : words) {
      auto& lane = lanes_[next_];
      lane = std::rotl(lane ^ word, 29) * 0x9e3779b97f4a7c15U;
      next_ = (next_ + 1) % lanes_.size();
    }
    count_ += words.size();
  }
  [[nodiscard]] std::uint64_t value() const noexcept {
    std::uint64_t all = count_;
    for (const auto lane : lanes_) all = std::rotl(all ^ lane ^ (lane >> 31U), 29) * 0x9e3779b97f4a7c15U;
    return all;
  }

 private:
  std::array<std::uint64_t, 4> lanes_{1, 2, 3, 4};  ///< so that a multiplication need not wait for the one before
  std::size_t next_ = 0;
  std::uint64_t count_ = 0;
};

}  // namespace geoprio
