#include "tileserver/service/stylesheets.hpp"

#include <array>

#include "tileserver/service/qgis_style.hpp"
#include "tileserver/service/sld_style.hpp"
#include "tileserver/service/styles.hpp"

namespace geoprio::service {

std::span<const StylesheetFormat> stylesheet_formats() {
  // QGIS registered no type for its styles; this one is what ldproxy serves and what clients of OGC API Styles look
  // for.
  static const std::array<StylesheetFormat, 2> formats = {
      {{"qml", "application/vnd.qgis.qml", {"Le style pour QGIS (QML)", "The style for QGIS (QML)"}},
       {"sld",
        "application/vnd.ogc.sld+xml;version=1.0",
        {"Le style en SLD 1.0 (GeoServer…)", "The style as SLD 1.0 (GeoServer…)"}}}};
  return formats;
}

std::optional<std::string> stylesheet(const atlas::Atlas& atlas, std::string_view style, std::string_view suffix) {
  const auto* edition = edition_of_style(atlas, style);
  if (edition == nullptr) return std::nullopt;
  return suffix == "qml" ? qgis_style(*edition) : sld_style(*edition);
}

std::optional<std::string> style_of_layer(const atlas::Atlas& atlas, const domain::Layer& layer) {
  const bool by_tier = layer.kind == domain::LayerKind::quarters || layer.kind == domain::LayerKind::tiers ||
                       layer.kind == domain::LayerKind::tiers_by_commune;
  if (!by_tier) return std::nullopt;
  auto id = style_id(layer.edition);
  if (edition_of_style(atlas, id) == nullptr) return std::nullopt;
  return id;
}

}  // namespace geoprio::service
