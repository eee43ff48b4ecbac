// A published grouping or source: an OGC collection, an MVT layer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "geo/core/attribute.hpp"
#include "geo/core/box.hpp"
#include "geo/domain/features.hpp"

namespace geoprio::domain {

enum class LayerKind { quarters, tiers, tiers_by_commune, band, borders, labels, context };

struct Layer {
  std::string id;  ///< `2014.tiers`, `communes`…
  LayerKind kind = LayerKind::context;
  std::string title;
  std::string edition;  ///< empty for a context set
  std::string licence;
  std::string attribution;
  std::vector<Field> fields;
  Features features;
  std::optional<DegreeBox> bounds;

  static auto members(auto& self) {
    return std::tie(self.id, self.kind, self.title, self.edition, self.licence, self.attribution, self.fields,
                    self.features, self.bounds);
  }
};

/// The MVT feature id of DESIGN §6: FNV-1a-64 of `{layer}/{feature}` shifted right by 12, so that JavaScript holds it.
std::uint64_t tile_feature_id(const std::string& layer_id, std::string_view feature_id);

}  // namespace geoprio::domain
