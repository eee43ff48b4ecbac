#include "tileserver/service/tier_symbol.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdint>

namespace geoprio::service {
namespace {

/// Relative luminance (WCAG 2.2), 0 for black to 1 for white.
double luminance(Colour colour) {
  const auto linear = [](double part) {
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

/// On a dark ground the motif is nearly white, on a light one it has the colour of the outline: readable on both.
Colour motif_colour(Colour fill, const std::optional<Colour>& outline) {
  constexpr double light_ground = 0.35;
  if (luminance(fill) < light_ground) return mixed(fill, {1, 1, 1}, 0.85);
  return outline.value_or(mixed(fill, {0, 0, 0}, 0.6));
}

Motif motif_named(std::string_view pattern) {
  if (pattern == "diagonal") return Motif::diagonal;
  if (pattern == "cross") return Motif::cross;
  if (pattern == "dots") return Motif::dots;
  return Motif::none;
}

}  // namespace

std::optional<Colour> colour_of(std::string_view text) {
  if (text.size() != 7 || text.front() != '#') return std::nullopt;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + 7, number, 16);
  if (error != std::errc{} || end != text.data() + 7) return std::nullopt;
  return Colour{(number >> 16U & 255U) / 255.0, (number >> 8U & 255U) / 255.0, (number & 255U) / 255.0};
}

std::string hexadecimal(Colour colour) {
  const auto byte = [](double part) { return std::lround(part * 255); };
  return fmt::format("#{:02X}{:02X}{:02X}", byte(colour.red), byte(colour.green), byte(colour.blue));
}

Colour mixed(Colour ground, Colour over, double share) {
  return {ground.red + (over.red - ground.red) * share, ground.green + (over.green - ground.green) * share,
          ground.blue + (over.blue - ground.blue) * share};
}

TierSymbol symbol_of(const atlas::TierLegend& tier) {
  TierSymbol symbol;
  symbol.fill = colour_of(tier.fill);
  symbol.motif = motif_named(tier.pattern);
  symbol.outline = colour_of(tier.outline);
  symbol.dash = tier.dash;
  if (symbol.fill) symbol.motif_colour = motif_colour(*symbol.fill, symbol.outline);
  return symbol;
}

TierSymbol unranked_symbol() {
  TierSymbol symbol;
  symbol.fill = mixed({1, 1, 1}, *colour_of(drawn::unranked_fill), drawn::unranked_opacity);
  symbol.outline = colour_of(drawn::label_text);
  return symbol;
}

}  // namespace geoprio::service
