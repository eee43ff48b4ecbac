// The sections of an atlas file that only pages read: [kiosk] and [basemap]. Private to geo/loading.
#pragma once

#include "geo/domain/basemap.hpp"
#include "geo/domain/kiosk.hpp"
#include "geo/loading/toml_reader.hpp"

namespace geoprio::loading {

/// @throws LoadError for a number out of its range.
domain::Kiosk kiosk_settings(TomlReader reader);

/// `style = "address or file"`, or `style = { pmtiles = "address or file" }`, `{ raster = "https://…/{z}/{x}/{y}.png"
/// }` with `attribution`; `hosts` beside it names further origins that a style fetches from.
/// @throws LoadError for an address that no page could be allowed to fetch from.
domain::Basemap basemap_settings(TomlReader reader);

}  // namespace geoprio::loading
