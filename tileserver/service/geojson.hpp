// Features as GeoJSON (RFC 7946), appended to a text: a document tree of the same would take ten times the memory.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "geo/domain/layer.hpp"

namespace geoprio::service {

/// Appends a JSON string; bytes that are not UTF-8 become U+FFFD.
void append_json_text(std::string& text, std::string_view value);

/// Appends a number of 1e-7 degree as degrees: exact, without zeros at the end (`4.39203`).
void append_degrees(std::string& text, std::int32_t units);

/// Appends a JSON value; unknown, and what is not a finite number, as null.
void append_json_value(std::string& text, const AttributeValue& value);

/// Appends the geometry, shells anticlockwise as they are stored (RFC 7946 §3.1.6); null when there is none.
void append_geometry(std::string& text, const domain::FeatureGeometry& geometry);

/// Appends the Feature; `more_members` are written before its end and begin with a comma, or are empty.
void append_feature(std::string& text, const domain::Layer& layer, const domain::Feature& feature,
                    std::string_view more_members = {});

}  // namespace geoprio::service
