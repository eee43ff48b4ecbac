#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>

#include "tileserver/service/bounding_box.hpp"
#include "tileserver/service/document.hpp"
#include "tileserver/service/geojson.hpp"
#include "tileserver/service/nearest.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {
namespace {

constexpr std::uint64_t usual_limit = 100;
constexpr std::uint64_t highest_limit = 10'000;
constexpr Format item_formats[] = {{"geojson", "application/geo+json"}, {"json", "application/json"}};

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

/// Which features of a layer are asked for.
struct Selection {
  std::uint64_t limit;
  std::uint64_t offset;
  std::optional<BoundingBox> box;
};

Result<Selection, Problem> selection_of(const Query& query) {
  if (auto fault = query.fault({"f", "limit", "offset", "bbox"})) return Unexpected{std::move(*fault)};
  const auto limit = count_of(query, "limit", 1, usual_limit);
  if (!limit) return Unexpected{limit.error()};
  const auto offset = count_of(query, "offset", 0, 0);
  if (!offset) return Unexpected{offset.error()};
  Selection selection{std::min(*limit, highest_limit), *offset, std::nullopt};
  if (const auto text = query.find("bbox")) {
    auto box = BoundingBox::parse(*text);
    if (!box) return Unexpected{box.error()};
    selection.box = std::move(*box);
  }
  return selection;
}

struct Page {
  std::vector<std::size_t> features;  ///< places in the layer
  std::uint64_t matched = 0;
};

Page page_of(const domain::Layer& layer, const Selection& selection) {
  Page page;
  for (std::size_t place = 0; place < layer.features.size(); ++place) {
    if (selection.box && !selection.box->selects(layer.features, place)) continue;
    if (page.matched >= selection.offset && page.features.size() < selection.limit) page.features.push_back(place);
    ++page.matched;
  }
  return page;
}

/// The address of a page of the same selection.
std::string page_address(const Exchange& exchange, const domain::Layer& layer, const Selection& selection,
                         std::uint64_t offset) {
  std::string address = exchange.base_url + "/collections/" + percent_encoded(layer.id) +
                        "/items?limit=" + std::to_string(selection.limit);
  if (offset > 0) address += "&offset=" + std::to_string(offset);
  for (const std::string_view name : {"bbox", "f"})
    if (const auto value = exchange.query.find(name))
      address += "&" + std::string(name) + "=" + percent_encoded(*value);
  return address;
}

Document page_links(const Exchange& exchange, const domain::Layer& layer, const Selection& selection, const Page& page,
                    std::string_view type) {
  Document links = Document::array();
  links.push_back(link("self", type, page_address(exchange, layer, selection, selection.offset)));
  if (selection.offset < page.matched && page.matched - selection.offset > page.features.size())
    links.push_back(link("next", type, page_address(exchange, layer, selection, selection.offset + selection.limit)));
  if (selection.offset > 0) {
    const std::uint64_t before = std::min(selection.offset, page.matched);
    links.push_back(
        link("prev", type,
             page_address(exchange, layer, selection, before > selection.limit ? before - selection.limit : 0)));
  }
  links.push_back(
      link("collection", "application/json", exchange.base_url + "/collections/" + percent_encoded(layer.id)));
  return links;
}

std::string now() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

Problem unknown_item(const domain::Layer& layer, const std::string& asked) {
  std::vector<std::string> ids;
  for (std::size_t place = 0; place < layer.features.size(); ++place) ids.emplace_back(layer.features.id(place));
  return {.status = 404,
          .kind = "unknown-item",
          .detail = {"La couche « " + layer.id + " » n'a pas d'objet « " + asked + " ».",
                     "The layer “" + layer.id + "” has no item “" + asked + "”."},
          .parameter = "id",
          .value = asked,
          .suggestion = nearest(asked, ids)};
}

}  // namespace

Answer items(const Exchange& exchange, const ItemsRoute& route) {
  const auto number = layer_named(exchange.atlas, route.layer);
  if (!number) return Unexpected{number.error()};
  const auto& layer = exchange.atlas.layers[*number];
  const auto selection = selection_of(exchange.query);
  if (!selection) return Unexpected{selection.error()};
  const auto format = negotiated(exchange, item_formats);
  if (!format) return Unexpected{format.error()};

  const Page page = page_of(layer, *selection);
  std::string text = R"({"type":"FeatureCollection","features":[)";
  for (std::size_t place = 0; place < page.features.size(); ++place) {
    if (place > 0) text.push_back(',');
    append_feature(text, layer, layer.features[page.features[place]]);
  }
  text += fmt::format(R"(],"numberMatched":{},"numberReturned":{},"timeStamp":"{}","links":)", page.matched,
                      page.features.size(), now());
  text += page_links(exchange, layer, *selection, page, item_formats[0].type).dump();
  text.push_back('}');
  return text_response(exchange, std::move(text), item_formats[0].type, false);
}

Answer item(const Exchange& exchange, const ItemRoute& route) {
  const auto number = layer_named(exchange.atlas, route.layer);
  if (!number) return Unexpected{number.error()};
  const auto& layer = exchange.atlas.layers[*number];
  const auto place = layer.features.find(route.feature);
  if (!place) return Unexpected{unknown_item(layer, route.feature)};
  if (auto fault = exchange.query.fault({"f"})) return Unexpected{std::move(*fault)};
  const auto format = negotiated(exchange, item_formats);
  if (!format) return Unexpected{format.error()};

  const std::string collection = exchange.base_url + "/collections/" + percent_encoded(layer.id);
  const Document links =
      Document::array({link("self", item_formats[0].type, collection + "/items/" + percent_encoded(route.feature)),
                       link("collection", "application/json", collection)});
  std::string text;
  append_feature(text, layer, layer.features[*place], ",\"links\":" + links.dump());
  return text_response(exchange, std::move(text), item_formats[0].type);
}

}  // namespace geoprio::service
