// Addresses as the Base Adresse Nationale publishes them. Private to geo/loading.
#pragma once

#include <vector>

#include "geo/loading/load.hpp"
#include "geo/loading/loaded_atlas.hpp"

namespace geoprio::loading {

/// The streets of `[addresses]`, by commune, name and postal code, with their numbers. Of the columns of the published
/// "Adresses" files (adresse.data.gouv.fr, adresses-csv) these must be there: id, numero, nom_voie, code_postal,
/// code_insee, nom_commune, lon, lat; rep may be. Rows without a street, a number or a place in degrees do not count,
/// and are told in one warning. Empty without `[addresses]`.
/// @throws ogr::SourceError when it cannot be read; LoadError for a column that is not there.
std::vector<LoadedStreet> loaded_streets(const AtlasFile& file, const LoadOptions& options, LoadReport& report);

}  // namespace geoprio::loading
