// Makes `Places` of an atlas that is cut.
#pragma once

#include <span>

#include "geo/domain/layer.hpp"
#include "tileserver/atlas/atlas_builder.hpp"
#include "tileserver/atlas/places.hpp"

namespace geoprio::atlas {

/// `layers` are those that will be published of `cut`.
Places places_of(const CutAtlas& cut, std::span<const domain::Layer> layers);

}  // namespace geoprio::atlas
