#include "geo/ogr/written_feature.hpp"

#include <cstdint>
#include <string>
#include <variant>

namespace geoprio::ogr {
namespace {

void set_value(OGRFeatureH feature, int field, const AttributeValue& value) {
  if (const auto* words = std::get_if<std::string>(&value))
    OGR_F_SetFieldString(feature, field, words->c_str());
  else if (const auto* integer = std::get_if<std::int64_t>(&value))
    OGR_F_SetFieldInteger64(feature, field, *integer);
  else if (const auto* real = std::get_if<double>(&value))
    OGR_F_SetFieldDouble(feature, field, *real);
  else if (const auto* truth = std::get_if<bool>(&value))
    OGR_F_SetFieldInteger(feature, field, *truth ? 1 : 0);
  else
    OGR_F_SetFieldNull(feature, field);
}

}  // namespace

FeatureHandle feature_with(OGRLayerH layer, std::span<const AttributeValue> values) {
  FeatureHandle feature(OGR_F_Create(OGR_L_GetLayerDefn(layer)));
  for (std::size_t field = 0; field < values.size(); ++field)
    set_value(feature.get(), static_cast<int>(field), values[field]);
  return feature;
}

GeometryHandle point_at(double easting, double northing) {
  GeometryHandle point(OGR_G_CreateGeometry(wkbPoint));
  OGR_G_SetPoint_2D(point.get(), 0, easting, northing);
  return point;
}

}  // namespace geoprio::ogr
