// The tiers as an OGC Styled Layer Descriptor 1.0 (OGC 02-070).
#pragma once

#include <string>

#include "tileserver/atlas/atlas.hpp"

namespace geoprio::service {

/// One rule a tier that is drawn, for polygons with a property `tier`: its colour, over it its motif, and its outline.
/// Motifs are GeoServer's marks (`shape://slash`…), the standard naming none of hatching: who does not know them, as
/// QGIS, draws the colour.
[[nodiscard]] std::string sld_style(const atlas::EditionRecord& edition);

}  // namespace geoprio::service
