#include "geo/domain/layer.hpp"

#include "geo/core/hash.hpp"

namespace geoprio::domain {

std::uint64_t tile_feature_id(const std::string& layer_id, std::string_view feature_id) {
  return Fnv1a().add(layer_id).add("/").add(feature_id).value() >> 12U;
}

}  // namespace geoprio::domain
