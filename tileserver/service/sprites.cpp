#include "tileserver/service/sprites.hpp"

#include <png.h>

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "geo/core/error.hpp"
#include "tileserver/service/tier_symbol.hpp"

namespace geoprio::service {
namespace {

constexpr auto side = static_cast<unsigned>(drawn::square);
// Samples a pixel and axis: edges of stripes and dots are smooth, and a square of 16 pixels costs 4,096 samples.
constexpr unsigned samples = 4;

/// Whether the motif covers the point (x, y) of the square, both in CSS pixels.
bool covered(Motif motif, double x, double y) {
  const auto stripe = [](double across, double width) {
    const double place = across - side * std::floor(across / side);
    return place < width;
  };
  const auto near = [&](double centre_x, double centre_y) {
    return std::hypot(x - centre_x, y - centre_y) < drawn::dot_radius;
  };
  switch (motif) {
    case Motif::diagonal:
      return stripe(x + y, drawn::diagonal_stripe);
    case Motif::cross:
      return stripe(x + y, drawn::cross_stripe) || stripe(x - y, drawn::cross_stripe);
    case Motif::dots:
      return near(side / 4.0, side / 4.0) || near(side * 3 / 4.0, side * 3 / 4.0);
    case Motif::none:
      break;
  }
  return false;
}

double coverage(Motif motif, unsigned column, unsigned row, unsigned ratio) {
  unsigned hits = 0;
  for (unsigned i = 0; i < samples; ++i)
    for (unsigned j = 0; j < samples; ++j)
      if (covered(motif, (column + (i + 0.5) / samples) / ratio, (row + (j + 0.5) / samples) / ratio)) ++hits;
  return hits / double{samples * samples};
}

struct Square {
  std::string name;
  Colour fill, motif_colour;
  Motif motif;
};

std::vector<Square> squares_of(const atlas::Atlas& atlas) {
  std::vector<Square> squares;
  for (const auto& edition : atlas.editions)
    for (const auto& tier : edition.tiers)
      if (const auto symbol = symbol_of(tier); symbol.fill)
        squares.push_back({sprite_name(edition.id, tier.code), *symbol.fill, symbol.motif_colour, symbol.motif});
  return squares;
}

struct Picture {
  unsigned width = 1, height = 1;
  std::vector<std::uint8_t> pixels = std::vector<std::uint8_t>(4);  // RGBA by rows, from the top
};

void paint(Picture& picture, const Square& square, unsigned left, unsigned ratio) {
  for (unsigned row = 0; row < side * ratio; ++row)
    for (unsigned column = 0; column < side * ratio; ++column) {
      const auto colour = mixed(square.fill, square.motif_colour, coverage(square.motif, column, row, ratio));
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
