// Features as GeoJSON (RFC 7946), appended to a text: a document tree of the same would take ten times the memory.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/domain/layer.hpp"
#include "tileserver/service/geometry_writer.hpp"

namespace geoprio::service {

/// Appends a JSON string; bytes that are not UTF-8 become U+FFFD.
void append_json_text(std::string& text, std::string_view value);

/// Appends a JSON value; unknown, and what is not a finite number, as null.
void append_json_value(std::string& text, const AttributeValue& value);

/// What of a feature is written, and how.
struct FeatureForm {
  GeometryWriter geometry{};
  std::optional<std::vector<bool>> fields{};  ///< per field of the layer, whether it is written; nothing: all are

  [[nodiscard]] bool holds(std::size_t field) const { return !fields || (*fields)[field]; }
};

/// Appends the Feature; `more_members` are written before its end and begin with a comma, or are empty. What could not
/// be moved to the form's system leaves a text that is of no use.
[[nodiscard]] std::optional<projection::ReprojectionFailure> append_feature(std::string& text,
                                                                            const domain::Layer& layer,
                                                                            const domain::Feature& feature,
                                                                            const FeatureForm& form,
                                                                            std::string_view more_members = {});

}  // namespace geoprio::service
