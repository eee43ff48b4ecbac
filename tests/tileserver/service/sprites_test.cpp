#include "tileserver/service/sprites.hpp"

#include <png.h>

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/tileserver/service/ranked_atlas.hpp"

namespace geoprio::service {
namespace {

using Pixel = std::array<std::uint8_t, 4>;

struct Picture {
  unsigned width = 0, height = 0;
  std::vector<std::uint8_t> bytes;
  [[nodiscard]] Pixel at(unsigned x, unsigned y) const {
    const auto* first = bytes.data() + (std::size_t{y} * width + x) * 4;
    return {first[0], first[1], first[2], first[3]};
  }
};

Picture decoded(const std::string& file) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  REQUIRE(png_image_begin_read_from_memory(&image, file.data(), file.size()) != 0);
  image.format = PNG_FORMAT_RGBA;
  Picture picture{image.width, image.height, std::vector<std::uint8_t>(PNG_IMAGE_SIZE(image))};
  REQUIRE(png_image_finish_read(&image, nullptr, picture.bytes.data(), 0, nullptr) != 0);
  return picture;
}

/// The pixels of one named square of a sheet, by rows.
std::vector<Pixel> square_of(const std::string& json, const std::string& png, const std::string& name) {
  const auto place = nlohmann::json::parse(json).at(name);
  const auto picture = decoded(png);
  std::vector<Pixel> pixels;
  for (unsigned y = 0; y < place.at("height").get<unsigned>(); ++y)
    for (unsigned x = 0; x < place.at("width").get<unsigned>(); ++x)
      pixels.push_back(picture.at(place.at("x").get<unsigned>() + x, place.at("y").get<unsigned>() + y));
  return pixels;
}

constexpr Pixel plum{0x5E, 0x1A, 0x3A, 255};  // the fill of priority_1 in the atlas of these tests

TEST_CASE("every tier with a fill has its square, the one without has none", "[sprites]") {
  const auto index = nlohmann::json::parse(sprites_of(testing::ranked_atlas()).json);
  CHECK(index.size() == 3);
  for (const auto* name : {"2014.priority_1", "2014.social_development", "2014.watch"}) CHECK(index.contains(name));
}

TEST_CASE("a solid tier is its fill colour and nothing else", "[sprites]") {
  const auto sprites = sprites_of(testing::ranked_atlas());
  for (const auto& pixel : square_of(sprites.json, sprites.png, "2014.priority_1")) CHECK(pixel == plum);
}

TEST_CASE("a pattern shows its fill colour and a motif", "[sprites]") {
  const auto sprites = sprites_of(testing::ranked_atlas());
  const auto pixels = square_of(sprites.json_2x, sprites.png_2x, "2014.social_development");
  const std::set<Pixel> colours(pixels.begin(), pixels.end());
  CHECK(colours.contains(Pixel{0xD5, 0x5E, 0x00, 255}));
  CHECK(colours.size() > 1);
}

TEST_CASE("the square at two pixels per CSS pixel is twice as wide and says so", "[sprites]") {
  const auto sprites = sprites_of(testing::ranked_atlas());
  const auto once = nlohmann::json::parse(sprites.json).at("2014.watch");
  const auto twice = nlohmann::json::parse(sprites.json_2x).at("2014.watch");
  CHECK(twice.at("width").get<int>() == 2 * once.at("width").get<int>());
  CHECK(once.at("pixelRatio") == 1);
  CHECK(twice.at("pixelRatio") == 2);
}

TEST_CASE("a pattern is seamless: diagonal stripes run on over the edge", "[sprites]") {
  const auto sprites = sprites_of(testing::ranked_atlas());
  const auto pixels = square_of(sprites.json, sprites.png, "2014.social_development");
  const auto side = nlohmann::json::parse(sprites.json).at("2014.watch").at("width").get<std::size_t>();
  // A step right is a step down in stripes along x + y, also where the next square begins.
  for (std::size_t row = 0; row < side; ++row)
    for (std::size_t column = 0; column < side; ++column)
      CHECK(pixels[row * side + (column + 1) % side] == pixels[((row + 1) % side) * side + column]);
}

TEST_CASE("an atlas without a ranked edition has an empty sprite that is still a picture", "[sprites]") {
  const auto sprites = sprites_of({});
  CHECK(sprites.json == "{}");
  CHECK(decoded(sprites.png).at(0, 0) == Pixel{0, 0, 0, 0});
}

}  // namespace
}  // namespace geoprio::service
