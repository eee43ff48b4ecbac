// MapLibre style documents of the atlas: what the planner map and any other MapLibre client draw.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tileserver/atlas/atlas.hpp"

namespace geoprio::service {

/// `{edition}.tiers`
[[nodiscard]] std::string style_id(std::string_view edition);

/// The edition that a style draws; null when there is no such style.
[[nodiscard]] const atlas::EditionRecord* edition_of_style(const atlas::Atlas& atlas, std::string_view id);

/// `{edition}.tiers` for every edition, in their order, and `kiosk`: the default edition, large and with strong
/// contrasts. An edition without tiers is drawn by its quarters, all alike.
std::vector<std::string> style_ids(const atlas::Atlas& atlas);

/// The title of the edition that a style of `style_ids` draws.
[[nodiscard]] std::string title_of_style(const atlas::Atlas& atlas, std::string_view id);

/// The style with that id as JSON (MapLibre style specification, version 8), or nothing when there is none.
/// `base_url` is the address of the server without a slash at its end; every URL in the document begins with it.
/// Colours, patterns and dashes come from the edition's legend and from nowhere else. There is no `glyphs` URL:
/// labels are drawn with the reader's own fonts (MapLibre GL JS 5.11 and later), so that nothing is downloaded.
/// Dashes of the legend are pixels.
std::optional<std::string> style_document(const atlas::Atlas& atlas, std::string_view id, std::string_view base_url);

/// The layers that an edition's style draws from the tiles, as its source names them: those that the atlas has.
[[nodiscard]] std::vector<std::string> style_layers(const atlas::Atlas& atlas, const std::string& edition);

}  // namespace geoprio::service
