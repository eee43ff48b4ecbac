// Makes `Places` of an atlas that is cut.
#pragma once

#include <span>

#include "geo/domain/layer.hpp"
#include "tileserver/atlas/atlas_builder.hpp"
#include "tileserver/atlas/places.hpp"

namespace geoprio::atlas {

/// `layers` are those that will be published of `cut`.
Places places_of(const CutAtlas& cut, std::span<const domain::Layer> layers);

/// Tells of editions whose quarters are not all where the metric system is made for: nothing is measured there, and no
/// place is told that it is near the limit.
void warn_of_borders_out_of_reach(CutAtlas& cut, Language language);

}  // namespace geoprio::atlas
