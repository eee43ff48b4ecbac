// How a tier is drawn, read from its edition's legend: whatever draws tiers (MapLibre, sprites, QGIS, SLD) asks here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tileserver/atlas/atlas.hpp"

namespace geoprio::service {

struct Colour {
  double red = 0, green = 0, blue = 0;  ///< 0 to 1, as in sRGB
};

/// `#RRGGBB`, nothing for anything else.
[[nodiscard]] std::optional<Colour> colour_of(std::string_view text);
/// `#RRGGBB`, in capitals.
[[nodiscard]] std::string hexadecimal(Colour colour);
[[nodiscard]] Colour mixed(Colour ground, Colour over, double share);

/// What lies over a tier's colour; a pattern that is not known is `none`.
enum class Motif { none, diagonal, cross, dots };

/// Lengths of motifs and outlines in CSS pixels (96 an inch), and the colours of names.
namespace drawn {
/// A side of the square that repeats. The stripes of a diagonal stand 8/√2 = 5.7 pixels apart, and up to twice that
/// between two zooms, where MapLibre stretches a pattern: still three of them across a quarter of 400 m at zoom 11.
inline constexpr double square = 8;
/// Of a stripe, along the square's side: /√2 as the eye sees it.
inline constexpr double diagonal_stripe = 2.4, cross_stripe = 1.2;
/// Of dots, which stand in the middles of two of the square's quarters.
inline constexpr double dot_radius = 1.2;
inline constexpr double outline_width = 1.5;
inline constexpr auto label_text = "#14181F";
inline constexpr auto label_halo = "#FFFFFF";
/// Of quarters without tiers: a grey over the ground, that nobody takes for a tier.
inline constexpr auto unranked_fill = "#6B7480";
inline constexpr double unranked_opacity = 0.25;
}  // namespace drawn

struct TierSymbol {
  std::optional<Colour> fill;  ///< none: the tier is not drawn
  Motif motif = Motif::none;
  Colour motif_colour;            ///< readable on the fill, dark or light
  std::optional<Colour> outline;  ///< none: there is no outline
  std::vector<double> dash;       ///< in pixels; empty: continuous
};

[[nodiscard]] TierSymbol symbol_of(const atlas::TierLegend& tier);

/// Of a quarter in an edition without tiers.
[[nodiscard]] TierSymbol unranked_symbol();

}  // namespace geoprio::service
