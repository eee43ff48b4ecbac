// A style in the languages of the desktop: QGIS and SLD, beside MapLibre's.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tileserver/atlas/atlas.hpp"
#include "tileserver/service/text.hpp"

namespace geoprio::service {

struct StylesheetFormat {
  std::string_view suffix;  ///< of `/styles/{id}.{suffix}`, and the word for `f=`
  std::string_view type;
  Text title;
};

/// `qml` and `sld`.
[[nodiscard]] std::span<const StylesheetFormat> stylesheet_formats();

/// The style of `style_ids` in that format, one of `stylesheet_formats`; nothing when there is no such style.
[[nodiscard]] std::optional<std::string> stylesheet(const atlas::Atlas& atlas, std::string_view style,
                                                    std::string_view suffix);

/// The style that draws a layer by its tiers, if there is one.
[[nodiscard]] std::optional<std::string> style_of_layer(const atlas::Atlas& atlas, const domain::Layer& layer);

}  // namespace geoprio::service
