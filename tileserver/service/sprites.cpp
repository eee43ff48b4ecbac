#include "tileserver/service/sprites.hpp"

#include <png.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "geo/core/error.hpp"

namespace geoprio::service {
namespace {

// CSS pixels a side. The stripes of a diagonal stand 8/√2 = 5.7 pixels apart, and up to twice that between two zooms,
// where MapLibre stretches a pattern: still three of them across a quarter of 400 m at zoom 11.
constexpr unsigned side = 8;
// Samples a pixel and axis: edges of stripes and dots are smooth, and a square of 16 pixels costs 4,096 samples.
constexpr unsigned samples = 4;

struct Colour {
  double red = 0, green = 0, blue = 0;  // 0 to 1, as in sRGB
};

/// `#RRGGBB`, nothing for anything else.
std::optional<Colour> colour_of(std::string_view text) {
  if (text.size() != 7 || text.front() != '#') return std::nullopt;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + 7, number, 16);
  if (error != std::errc{} || end != text.data() + 7) return std::nullopt;
  return Colour{(number >> 16U & 255U) / 255.0, (number >> 8U & 255U) / 255.0, (number & 255U) / 255.0};
}

Colour mixed(Colour ground, Colour over, double share) {
  return {ground.red + (over.red - ground.red) * share, ground.green + (over.green - ground.green) * share,
          ground.blue + (over.blue - ground.blue) * share};
}

/// Relative luminance (WCAG 2.2), 0 for black to 1 for white.
double luminance(Colour colour) {
  const auto linear = [](double part) {
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

/// On a dark ground the motif is nearly white, on a light one it has the colour of the outline: readable on both.
Colour motif_colour(Colour fill, const atlas::TierLegend& tier) {
  constexpr double light_ground = 0.35;
  if (luminance(fill) < light_ground) return mixed(fill, {1, 1, 1}, 0.85);
  return colour_of(tier.outline).value_or(mixed(fill, {0, 0, 0}, 0.6));
}

/// Whether the motif covers the point (x, y) of the square, both in CSS pixels.
bool covered(std::string_view pattern, double x, double y) {
  const auto stripe = [](double across, double width) {
    const double place = across - side * std::floor(across / side);
    return place < width;
  };
  // A stripe of `width` along x + y is width/√2 wide as the eye sees it.
  if (pattern == "diagonal") return stripe(x + y, 2.4);
  if (pattern == "cross") return stripe(x + y, 1.2) || stripe(x - y, 1.2);
  if (pattern == "dots") {
    const auto near = [&](double centre_x, double centre_y) { return std::hypot(x - centre_x, y - centre_y) < 1.2; };
    return near(side / 4.0, side / 4.0) || near(side * 3 / 4.0, side * 3 / 4.0);
  }
  return false;
}

double coverage(std::string_view pattern, unsigned column, unsigned row, unsigned ratio) {
  unsigned hits = 0;
  for (unsigned i = 0; i < samples; ++i)
    for (unsigned j = 0; j < samples; ++j)
      if (covered(pattern, (column + (i + 0.5) / samples) / ratio, (row + (j + 0.5) / samples) / ratio)) ++hits;
  return hits / double{samples * samples};
}

struct Square {
  std::string name;
  Colour fill, motif;
  std::string pattern;
};

std::vector<Square> squares_of(const atlas::Atlas& atlas) {
  std::vector<Square> squares;
  for (const auto& edition : atlas.editions)
    for (const auto& tier : edition.tiers)
      if (const auto fill = colour_of(tier.fill))
        squares.push_back({sprite_name(edition.id, tier.code), *fill, motif_colour(*fill, tier), tier.pattern});
  return squares;
}

struct Picture {
  unsigned width = 1, height = 1;
  std::vector<std::uint8_t> pixels = std::vector<std::uint8_t>(4);  // RGBA by rows, from the top
};

void paint(Picture& picture, const Square& square, unsigned left, unsigned ratio) {
  for (unsigned row = 0; row < side * ratio; ++row)
    for (unsigned column = 0; column < side * ratio; ++column) {
      const auto colour = mixed(square.fill, square.motif, coverage(square.pattern, column, row, ratio));
      const std::size_t place = (std::size_t{row} * picture.width + left + column) * 4;
      std::size_t channel = 0;
      for (const double part : {colour.red, colour.green, colour.blue, 1.0})
        picture.pixels[place + channel++] = static_cast<std::uint8_t>(std::lround(part * 255));
    }
}

std::string png_of(const Picture& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = picture.width;
  image.height = picture.height;
  image.format = PNG_FORMAT_RGBA;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string bytes(size, '\0');
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.pixels.data(), 0, nullptr) == 0)
    throw Error(std::string("writing the map's patterns as PNG: libpng says: ") + image.message);
  bytes.resize(size);
  return bytes;
}

struct Sheet {
  std::string json, png;
};

/// All squares in one row: some dozens of them at most, and MapLibre cuts the sheet up when it has read it.
Sheet sheet_of(const std::vector<Square>& squares, unsigned ratio) {
  Picture picture;
  if (!squares.empty()) {
    picture.width = static_cast<unsigned>(squares.size()) * side * ratio;
    picture.height = side * ratio;
    picture.pixels.assign(std::size_t{picture.width} * picture.height * 4, 0);
  }
  auto index = nlohmann::json::object();
  unsigned left = 0;
  for (const auto& square : squares) {
    paint(picture, square, left, ratio);
    index[square.name] = {
        {"x", left}, {"y", 0}, {"width", side * ratio}, {"height", side * ratio}, {"pixelRatio", ratio}};
    left += side * ratio;
  }
  return {index.dump(), png_of(picture)};
}

}  // namespace

std::string sprite_name(std::string_view edition, std::string_view tier) {
  return std::string(edition) + "." + std::string(tier);
}

SpriteFiles sprites_of(const atlas::Atlas& atlas) {
  const auto squares = squares_of(atlas);
  auto [json, png] = sheet_of(squares, 1);
  auto [json_2x, png_2x] = sheet_of(squares, 2);
  return {std::move(json), std::move(png), std::move(json_2x), std::move(png_2x)};
}

}  // namespace geoprio::service
