// The pictures that fill the tiers: one seamless square a tier, in its colour and its pattern.
#pragma once

#include <string>
#include <string_view>

#include "tileserver/atlas/atlas.hpp"

namespace geoprio::service {

/// A MapLibre sprite: an index (JSON) and a picture (PNG), at one and at two pixels per CSS pixel.
struct SpriteFiles {
  std::string json, png, json_2x, png_2x;
};

/// The name of a tier's picture in the sprite: `2014.watch`.
std::string sprite_name(std::string_view edition, std::string_view tier);

/// Pictures of every tier that has a fill, of every edition. Patterns: solid, diagonal, dots, cross; one that is not
/// known is drawn solid. Without such a tier the sprite is one transparent pixel and its index is empty.
/// @throws Error when libpng cannot write the picture.
SpriteFiles sprites_of(const atlas::Atlas& atlas);

}  // namespace geoprio::service
