// Where the names of the communes stand on the map.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "tileserver/atlas/atlas.hpp"

namespace geoprio::service {

/// A GeoJSON FeatureCollection with one point (properties `code`, `name`) for each commune that holds a quarter of the
/// edition; empty without a set of communes. Only those communes: a national atlas has 35,000, its quarters lie in some
/// 900. The point is inside the commune's largest part: the middle of the widest stretch at its centroid's latitude.
nlohmann::ordered_json commune_name_points(const atlas::Atlas& atlas, std::string_view edition);

}  // namespace geoprio::service
