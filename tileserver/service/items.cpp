#include <algorithm>
#include <chrono>

#include "tileserver/service/conditional.hpp"
#include "tileserver/service/crs_parameter.hpp"
#include "tileserver/service/document.hpp"
#include "tileserver/service/geojson.hpp"
#include "tileserver/service/item_selection.hpp"
#include "tileserver/service/nearest.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {
namespace {

constexpr Format item_formats[] = {
    {"geojson", "application/geo+json"}, {"json", "application/json"}, {"html", "text/html"}};
constexpr std::string_view geojson_type = item_formats[0].type;

Document page_links(const Exchange& exchange, const domain::Layer& layer, const ItemSelection& selection,
                    const ItemPage& page) {
  const auto address = [&](std::uint64_t offset) { return page_address(exchange, layer, selection, offset); };
  Document links = Document::array();
  links.push_back(link("self", geojson_type, address(selection.offset)));
  if (selection.offset < page.matched && page.matched - selection.offset > page.features.size())
    links.push_back(link("next", geojson_type, address(selection.offset + selection.limit)));
  if (selection.offset > 0) {
    const std::uint64_t before = std::min(selection.offset, page.matched);
    links.push_back(link("prev", geojson_type, address(before > selection.limit ? before - selection.limit : 0)));
  }
  links.push_back(
      link("collection", "application/json", exchange.base_url + "/collections/" + percent_encoded(layer.id)));
  links.push_back(link("alternate", "text/html", page_address(exchange, layer, selection, selection.offset, "html")));
  return links;
}

/// An item as a row of a page's table: its values, and a link to what is said of it alone.
Document row_of(const domain::Layer& layer, std::size_t place, const std::optional<std::vector<bool>>& fields,
                const std::string& collection) {
  Document row{{"id", layer.features.id(place)}};
  for (std::size_t field = 0; field < layer.fields.size(); ++field)
    if (!fields || (*fields)[field]) row[layer.fields[field].name] = value_document(layer.features.value(place, field));
  row["links"] =
      Document::array({link("self", geojson_type, collection + "/items/" + percent_encoded(layer.features.id(place)))});
  return row;
}

std::string collection_address(const Exchange& exchange, const domain::Layer& layer) {
  return exchange.base_url + "/collections/" + percent_encoded(layer.id);
}

/// The page's map draws what the JSON of the same address holds.
Response items_page(const Exchange& exchange, const domain::Layer& layer, const ItemSelection& selection,
                    const ItemPage& page, Document links) {
  Document rows = Document::array();
  for (const auto place : page.features)
    rows.push_back(row_of(layer, place, selection.fields, collection_address(exchange, layer)));
  const auto json_address = page_address(exchange, layer, selection, selection.offset, "json");
  links.push_back(link("alternate", geojson_type, json_address));
  return document_response(exchange,
                           {{"title", layer.title.empty() ? layer.id : layer.title},
                            {"numberMatched", page.matched},
                            {"numberReturned", page.features.size()},
                            {"features", std::move(rows)},
                            {"links", std::move(links)}},
                           geojson_type, {.features = json_address});
}

std::string now() { return instant_text(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())); }

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

/// OGC 18-058r1 §6.4: the answer names its system, in angle brackets.
void finish(Response& response, const Document& links, const projection::OfferedCrs& crs) {
  if (response.status != 200) return;
  response.headers.set("Content-Crs", "<" + crs.address() + ">");
  add_link_headers(response, links);
}

}  // namespace

Answer items(const Exchange& exchange, const ItemsRoute& route) {
  const auto number = layer_named(exchange.atlas, route.layer);
  if (!number) return Unexpected{number.error()};
  const auto& layer = exchange.atlas.layers[*number];
  const auto selection = item_selection(exchange, layer);
  if (!selection) return Unexpected{selection.error()};
  const auto format = negotiated(exchange, item_formats);
  if (!format) return Unexpected{format.error()};
  if (auto fault = fault_of_language(exchange)) return Unexpected{std::move(*fault)};

  const FeatureForm form{.geometry = GeometryWriter(*selection->crs), .fields = selection->fields};
  const ItemPage page = item_page(exchange, layer, *selection);
  auto links = page_links(exchange, layer, *selection, page);
  if (format->word == "html") return items_page(exchange, layer, *selection, page, links);
  std::string text = R"({"type":"FeatureCollection","features":[)";
  for (std::size_t place = 0; place < page.features.size(); ++place) {
    if (place > 0) text.push_back(',');
    if (const auto failure = append_feature(text, layer, layer.features[page.features[place]], form))
      return Unexpected{outside_crs("crs", *selection->crs, *failure)};
  }
  text += R"(],"numberMatched":)" + std::to_string(page.matched) + R"(,"numberReturned":)" +
          std::to_string(page.features.size()) + R"(,"links":)" + links.dump();
  // All but the time is the same each time that the page is asked for: hence a weak tag, of what comes before.
  auto etag = "W/" + content_etag(text);
  text += R"(,"timeStamp":")" + now() + R"("})";
  Response response = tagged_response(exchange, std::move(text), geojson_type, std::move(etag));
  finish(response, links, *selection->crs);
  return response;
}

Answer item(const Exchange& exchange, const ItemRoute& route) {
  const auto number = layer_named(exchange.atlas, route.layer);
  if (!number) return Unexpected{number.error()};
  const auto& layer = exchange.atlas.layers[*number];
  const auto place = layer.features.find(route.feature);
  if (!place) return Unexpected{unknown_item(layer, route.feature)};
  if (auto fault = exchange.query.fault({"f", "lang", "crs"})) return Unexpected{std::move(*fault)};
  const auto format = negotiated(exchange, item_formats);
  if (!format) return Unexpected{format.error()};
  if (auto fault = fault_of_language(exchange)) return Unexpected{std::move(*fault)};

  const auto crs = crs_parameter(exchange, "crs");
  if (!crs) return Unexpected{crs.error()};

  const std::string collection = collection_address(exchange, layer);
  const std::string address = collection + "/items/" + percent_encoded(route.feature);
  const auto asked_crs = exchange.query.find("crs");
  const std::string self = address + (asked_crs ? "?crs=" + percent_encoded(*asked_crs) : "");
  Document links =
      Document::array({link("self", geojson_type, self), link("collection", "application/json", collection)});
  if (format->word == "html") {
    Document row = row_of(layer, *place, std::nullopt, collection);
    row["title"] = layer.title.empty() ? layer.id : layer.title;
    row["links"] = std::move(links);
    return document_response(exchange, std::move(row), geojson_type, {.features = address + "?f=json"});
  }
  links.push_back(link("alternate", "text/html", address + "?f=html"));
  std::string text;
  if (const auto failure = append_feature(text, layer, layer.features[*place], {.geometry = GeometryWriter(**crs)},
                                          ",\"links\":" + links.dump()))
    return Unexpected{outside_crs("crs", **crs, *failure)};
  Response response = text_response(exchange, std::move(text), geojson_type);
  finish(response, links, **crs);
  return response;
}

}  // namespace geoprio::service
