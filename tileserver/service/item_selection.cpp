#include "tileserver/service/item_selection.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "tileserver/service/crs_parameter.hpp"
#include "tileserver/service/page_size.hpp"
#include "tileserver/service/percent.hpp"

namespace geoprio::service {
namespace {

Problem not_a_count(std::string_view parameter, std::string_view value, std::uint64_t lowest) {
  const std::string least = std::to_string(lowest);
  return {.status = 400,
          .kind = "broken-number",
          .detail = {"« " + std::string(parameter) + " » attend un nombre entier à partir de " + least + ".",
                     "“" + std::string(parameter) + "” takes a whole number from " + least + "."},
          .parameter = std::string(parameter),
          .value = std::string(value)};
}

/// A whole number written in digits alone; what is too great for 64 bits counts as the greatest.
Result<std::uint64_t, Problem> count_of(const Query& query, std::string_view parameter, std::uint64_t lowest,
                                        std::uint64_t otherwise) {
  const auto text = query.find(parameter);
  if (!text) return otherwise;
  const bool digits = !text->empty() && std::all_of(text->begin(), text->end(),
                                                    [](char letter) { return letter >= '0' && letter <= '9'; });
  if (!digits) return Unexpected{not_a_count(parameter, *text, lowest)};
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (fault != std::errc()) number = UINT64_MAX;
  if (number < lowest) return Unexpected{not_a_count(parameter, *text, lowest)};
  return number;
}

/// Whether the layer speaks of a time that is asked for. A context set has none: OGC 17-069r4 §7.15.4 leaves what is
/// without a time in.
bool is_of_time(const atlas::Atlas& atlas, const domain::Layer& layer, const ItemSelection& selection) {
  const auto* edition = layer.edition.empty() ? nullptr : atlas.edition(layer.edition);
  return !selection.time || edition == nullptr || TimeInterval::of(*edition).intersects(*selection.time);
}

}  // namespace

Result<ItemSelection, Problem> item_selection(const Exchange& exchange, const domain::Layer& layer) {
  const auto& query = exchange.query;
  if (auto fault = query.fault({"f", "limit", "offset", "bbox", "bbox-crs", "datetime", "crs"}))
    return Unexpected{std::move(*fault)};
  const auto limit = count_of(query, "limit", 1, usual_limit);
  if (!limit) return Unexpected{limit.error()};
  const auto offset = count_of(query, "offset", 0, 0);
  if (!offset) return Unexpected{offset.error()};
  const auto crs = crs_parameter(exchange, "crs");
  if (!crs) return Unexpected{crs.error()};
  const auto box_crs = crs_parameter(exchange, "bbox-crs");
  if (!box_crs) return Unexpected{box_crs.error()};
  ItemSelection selection{std::min(*limit, highest_limit), *offset, std::nullopt, std::nullopt, *crs};
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

ItemPage item_page(const Exchange& exchange, const domain::Layer& layer, const ItemSelection& selection) {
  ItemPage page;
  if (!is_of_time(exchange.atlas, layer, selection)) return page;
  for (std::size_t place = 0; place < layer.features.size(); ++place) {
    if (selection.box && !selection.box->selects(layer.features, place)) continue;
    if (page.matched >= selection.offset && page.features.size() < selection.limit) page.features.push_back(place);
    ++page.matched;
  }
  return page;
}

std::string page_address(const Exchange& exchange, const domain::Layer& layer, const ItemSelection& selection,
                         std::uint64_t offset) {
  std::string address = exchange.base_url + "/collections/" + percent_encoded(layer.id) +
                        "/items?limit=" + std::to_string(selection.limit);
  if (offset > 0) address += "&offset=" + std::to_string(offset);
  for (const auto& [name, value] : exchange.query.parameters())
    if (name != "limit" && name != "offset") address += "&" + percent_encoded(name) + "=" + percent_encoded(value);
  return address;
}

}  // namespace geoprio::service
