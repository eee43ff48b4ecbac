// `check --verify`: every tier overlay of an atlas recomputed with plain GEOS operations, and compared.
#pragma once

#include <string>
#include <vector>

#include "geo/core/language.hpp"
#include "geo/geometry/verification.hpp"
#include "tileserver/atlas/atlas_builder.hpp"

namespace geoprio::atlas {

/// Tiers against the union of their quarters without the higher tiers' quarters, tiers by commune against the land of
/// both, bands against their own shape. Nothing is expected to differ by more than the longer perimeter × 1 unit of
/// the grid, but where slivers were absorbed, which the report lists.
std::vector<geometry::Verification> verified_overlays(const CutAtlas& cut);

/// The comparison as a table with its largest relative difference.
std::string verification_table(const std::vector<geometry::Verification>& overlays, Language language);

}  // namespace geoprio::atlas
