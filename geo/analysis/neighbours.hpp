// Which perimeters of one set have a border in common, and how long it is.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "geo/core/quantity.hpp"
#include "geo/partition/partition.hpp"
#include "geo/projection/metric_table.hpp"

namespace geoprio::analysis {

/// Pairs of perimeters by their numbers, the smaller first, with the length of what one's border and the other's have
/// in common from opposite sides: perimeters that meet in a point, or overlap, are none. In the metric system of
/// `table`; nothing for a pair a part of whose border lies outside it, or without a table.
using SharedBorders = std::map<std::pair<std::uint32_t, std::uint32_t>, std::optional<Metres>>;

[[nodiscard]] SharedBorders shared_borders(const partition::Partition& partition, std::uint32_t set,
                                           const projection::MetricTable* table);

}  // namespace geoprio::analysis
