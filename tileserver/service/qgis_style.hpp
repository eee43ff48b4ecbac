// The tiers as QGIS draws them: a layer style file (QML).
#pragma once

#include <string>

#include "tileserver/atlas/atlas.hpp"

namespace geoprio::service {

/// Polygons with a property `tier`, one category a tier of the edition in the order of its rules, with its colour,
/// motif and outline, its label as legend, and the features' names as labels. Tiers without a colour are not drawn.
/// Read by QGIS 3.22 (tests/clients); its properties are written as QGIS 2 and 3 both read them.
[[nodiscard]] std::string qgis_style(const atlas::EditionRecord& edition);

}  // namespace geoprio::service
