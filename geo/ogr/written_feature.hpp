// Features on their way into GDAL: what the writers of files and of stores have in common. Private to geo/ogr.
#pragma once

#include <memory>
#include <span>
#include <type_traits>

#include "geo/core/attribute.hpp"
#include "geo/ogr/gdal.hpp"

namespace geoprio::ogr {

using SystemHandle = std::unique_ptr<std::remove_pointer_t<OGRSpatialReferenceH>, Release<OSRRelease>>;
using DefinitionHandle = std::unique_ptr<std::remove_pointer_t<OGRFieldDefnH>, Release<OGR_Fld_Destroy>>;

/// A feature of the layer with one value a field, and no geometry yet.
[[nodiscard]] FeatureHandle feature_with(OGRLayerH layer, std::span<const AttributeValue> values);

[[nodiscard]] GeometryHandle point_at(double easting, double northing);

}  // namespace geoprio::ogr
