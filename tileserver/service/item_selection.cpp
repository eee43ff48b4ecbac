#include "tileserver/service/item_selection.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "tileserver/service/count_parameter.hpp"
#include "tileserver/service/crs_parameter.hpp"
#include "tileserver/service/page_size.hpp"
#include "tileserver/service/percent.hpp"

namespace geoprio::service {
namespace {

/// The parameters of a page that a whole layer has no use for.
constexpr std::array<std::string_view, 4> page_parameters = {"limit", "offset", "f", "lang"};

}  // namespace

// A context set has no time: OGC 17-069r4 §7.15.4 leaves what is without one in.
bool is_of_time(const atlas::Atlas& atlas, const domain::Layer& layer, const ItemSelection& selection) {
  const auto* edition = layer.edition.empty() ? nullptr : atlas.edition(layer.edition);
  return !selection.time || edition == nullptr || TimeInterval::of(*edition).intersects(*selection.time);
}

Result<ItemSelection, Problem> item_selection(const Exchange& exchange, const domain::Layer& layer, Extent extent) {
  const auto& query = exchange.query;
  std::vector<std::string_view> known(item_parameters().begin(), item_parameters().end());
  if (extent == Extent::whole)
    std::erase_if(known, [](std::string_view name) { return std::ranges::count(page_parameters, name) > 0; });
  for (const auto& field : layer.fields)
    if (std::find(known.begin(), known.end(), field.name) == known.end()) known.push_back(field.name);
  if (auto fault = query.fault(known)) return Unexpected{std::move(*fault)};
  const auto limit = count_of(query, "limit", 1, usual_limit);
  if (!limit) return Unexpected{limit.error()};
  const auto offset = count_of(query, "offset", 0, 0);
  if (!offset) return Unexpected{offset.error()};
  const auto crs = crs_parameter(exchange, "crs");
  if (!crs) return Unexpected{crs.error()};
  const auto box_crs = crs_parameter(exchange, "bbox-crs");
  if (!box_crs) return Unexpected{box_crs.error()};
  auto filter = ItemFilter::parse(exchange, layer);
  if (!filter) return Unexpected{filter.error()};
  auto order = sort_keys(query, layer);
  if (!order) return Unexpected{order.error()};
  auto fields = selected_fields(query, layer);
  if (!fields) return Unexpected{fields.error()};
  ItemSelection selection{.limit = std::min(*limit, highest_limit),
                          .offset = *offset,
                          .box = std::nullopt,
                          .time = std::nullopt,
                          .crs = *crs,
                          .filter = *std::move(filter),
                          .order = *std::move(order),
                          .fields = *std::move(fields)};
  if (const auto text = query.find("bbox")) {
    auto box = BoundingBox::parse(*text, **box_crs, layer.bounds);
    if (!box) return Unexpected{box.error()};
    selection.box = std::move(*box);
  }
  if (const auto text = query.find("datetime")) {
    const auto time = TimeInterval::parse(*text);
    if (!time) return Unexpected{time.error()};
    selection.time = *time;
  }
  return selection;
}

bool selects(const ItemSelection& selection, const domain::Layer& layer, std::size_t place) {
  return (!selection.box || selection.box->selects(layer.features, place)) && selection.filter.selects(place);
}

ItemPage item_page(const Exchange& exchange, const domain::Layer& layer, const ItemSelection& selection) {
  ItemPage page;
  if (!is_of_time(exchange.atlas, layer, selection)) return page;
  std::vector<std::size_t> selected;
  for (std::size_t place = 0; place < layer.features.size(); ++place)
    if (selects(selection, layer, place)) selected.push_back(place);
  sort_places(selected, layer, selection.order);
  page.matched = selected.size();
  const auto first = std::min<std::uint64_t>(selection.offset, selected.size());
  const auto count = std::min<std::uint64_t>(selection.limit, selected.size() - first);
  const auto begin = selected.begin() + static_cast<std::ptrdiff_t>(first);
  page.features.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
  return page;
}

std::string page_address(const Exchange& exchange, const domain::Layer& layer, const ItemSelection& selection,
                         std::uint64_t offset, std::string_view format) {
  std::string address = exchange.base_url + "/collections/" + percent_encoded(layer.id) +
                        "/items?limit=" + std::to_string(selection.limit);
  if (offset > 0) address += "&offset=" + std::to_string(offset);
  for (const auto& [name, value] : exchange.query.parameters())
    if (name != "limit" && name != "offset" && (name != "f" || format.empty()))
      address += "&" + percent_encoded(name) + "=" + percent_encoded(value);
  if (!format.empty()) address += "&f=" + std::string(format);
  return address;
}

}  // namespace geoprio::service
