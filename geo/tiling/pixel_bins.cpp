#include "geo/tiling/pixel_bins.hpp"

#include <utility>

namespace geoprio::tiling {

PixelBins::PixelBins(std::vector<partition::PlanePoint> pixels) : pixels_(std::move(pixels)) {
  // As one number each: half the time of comparing pairs.
  std::vector<std::uint32_t> keys;
  keys.reserve(pixels_.size());
  for (const auto pixel : pixels_)
    keys.push_back(static_cast<std::uint32_t>(pixel.x) << 16U | static_cast<std::uint32_t>(pixel.y));
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  pixels_.clear();
  for (const auto key : keys)
    pixels_.push_back({static_cast<std::int32_t>(key >> 16U), static_cast<std::int32_t>(key & 0xffffU)});
  const auto bins_a_side = [](int bits) {
    return static_cast<std::size_t>((tile_extent + 2 * tile_buffer) >> bits) + 1;
  };
  while (bins_a_side(bits_) > 1 && bins_a_side(bits_) * bins_a_side(bits_) > 2 * pixels_.size()) ++bits_;
  per_side_ = bins_a_side(bits_);
  starts_.assign(per_side_ * per_side_ + 1, 0);
  const auto bin_of = [&](partition::PlanePoint pixel) { return bin(pixel.x >> bits_, pixel.y >> bits_); };
  for (const auto pixel : pixels_) ++starts_[bin_of(pixel) + 1];
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  numbers_.resize(pixels_.size());
  // Each bin's start moves to its end, which is the next one's start: they are moved back afterwards.
  for (std::uint32_t number = 0; number < pixels_.size(); ++number)
    numbers_[starts_[bin_of(pixels_[number])]++] = number;
  for (std::size_t i = starts_.size() - 1; i > 0; --i) starts_[i] = starts_[i - 1];
  starts_[0] = 0;
}

}  // namespace geoprio::tiling
