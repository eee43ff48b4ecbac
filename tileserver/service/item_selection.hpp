// Which features of a layer are asked for, from the query of `/collections/{layer}/items`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tileserver/service/bounding_box.hpp"
#include "tileserver/service/exchange.hpp"
#include "tileserver/service/item_filter.hpp"
#include "tileserver/service/item_order.hpp"
#include "tileserver/service/time_interval.hpp"

namespace geoprio::service {

struct ItemSelection {
  std::uint64_t limit = 0;
  std::uint64_t offset = 0;
  std::optional<BoundingBox> box;
  std::optional<TimeInterval> time;
  const projection::OfferedCrs* crs = nullptr;  ///< of the answer; never null
  ItemFilter filter;
  std::vector<SortKey> order;
  std::optional<std::vector<bool>> fields;  ///< that are written; nothing: all are
};

/// A page of items has `limit`, `offset`, `f` and `lang`; a download has all items, in a format of its own.
enum class Extent { page, whole };

/// The problem (400) of the first parameter that is unknown or wrong.
[[nodiscard]] Result<ItemSelection, Problem> item_selection(const Exchange& exchange, const domain::Layer& layer,
                                                            Extent extent = Extent::page);

/// Whether the layer speaks of the time that is asked for: else nothing of it is selected.
[[nodiscard]] bool is_of_time(const atlas::Atlas& atlas, const domain::Layer& layer, const ItemSelection& selection);

/// Whether the feature at that place is selected, if its layer `is_of_time`.
[[nodiscard]] bool selects(const ItemSelection& selection, const domain::Layer& layer, std::size_t place);

/// One page of what is selected.
struct ItemPage {
  std::vector<std::size_t> features;  ///< places in the layer
  std::uint64_t matched = 0;          ///< on all pages
};

[[nodiscard]] ItemPage item_page(const Exchange& exchange, const domain::Layer& layer, const ItemSelection& selection);

/// The address of another page of the same selection: every parameter of the query as it was given, but `limit` and
/// `offset`, and `f` where another `format` is named.
[[nodiscard]] std::string page_address(const Exchange& exchange, const domain::Layer& layer,
                                       const ItemSelection& selection, std::uint64_t offset,
                                       std::string_view format = {});

}  // namespace geoprio::service
