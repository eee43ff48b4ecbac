// A published grouping or source: an OGC collection, an MVT layer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "geo/core/attribute.hpp"
#include "geo/core/box.hpp"
#include "geo/core/shape.hpp"

namespace geoprio::domain {

enum class LayerKind { quarters, tiers, tiers_by_commune, band, borders, labels, context };

/// A polygon layer's features have shapes, a label layer's points, a border layer's lines; monostate: the area
/// collapsed.
using FeatureGeometry = std::variant<std::monostate, DegreeShape, DegreePoint, DegreeLines>;

struct Feature {
  std::string id;                      ///< the GeoJSON id: a code, a tier, `{tier}.{commune}`…
  std::vector<AttributeValue> values;  ///< one per field of the layer, in the fields' order; `id` is among them
  FeatureGeometry geometry;
  std::optional<DegreeBox> bounds;  ///< nothing when the geometry is empty
};

struct Layer {
  std::string id;  ///< `2014.tiers`, `communes`…
  LayerKind kind = LayerKind::context;
  std::string title;
  std::string edition;  ///< empty for a context set
  std::string licence;
  std::string attribution;
  std::vector<Field> fields;
  std::vector<Feature> features;
  std::optional<DegreeBox> bounds;
};

/// The MVT feature id of DESIGN §6: FNV-1a-64 of `{layer}/{feature}` shifted right by 12, so that JavaScript holds it.
std::uint64_t tile_feature_id(const std::string& layer_id, const std::string& feature_id);

}  // namespace geoprio::domain
