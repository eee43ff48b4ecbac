// In which order items come, and which of their properties: `sortby` and `properties`.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "geo/domain/layer.hpp"
#include "tileserver/service/exchange.hpp"

namespace geoprio::service {

/// At most so many names in `sortby`, and in `properties` as many as the layer has.
inline constexpr std::size_t most_sort_keys = 8;

struct SortKey {
  std::size_t field = 0;
  bool descending = false;
};

/// The keys of `sortby=name,-population`; none without it. A plus sign, which a query decodes to a space, is as good as
/// no sign. The problem (400) of an unknown or repeated property.
[[nodiscard]] Result<std::vector<SortKey>, Problem> sort_keys(const Query& query, const domain::Layer& layer);

/// Sorts places of the layer's features: numbers by size, texts by their bytes, false before true; what is missing
/// comes last either way, and what is equal keeps its order.
void sort_places(std::vector<std::size_t>& places, const domain::Layer& layer, const std::vector<SortKey>& keys);

/// Per field of the layer whether `properties` names it; nothing without the parameter.
[[nodiscard]] Result<std::optional<std::vector<bool>>, Problem> selected_fields(const Query& query,
                                                                                const domain::Layer& layer);

}  // namespace geoprio::service
