// `/locate`: what holds a place, and on which side of the priority geography's border it is.
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "geo/core/lon_lat.hpp"
#include "tileserver/service/document.hpp"
#include "tileserver/service/reply.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {
namespace {

constexpr std::string_view json = "application/json";

Problem not_an_angle(std::string_view parameter, std::optional<std::string_view> value, const char* limit) {
  const std::string name(parameter);
  const BilingualText detail{
      name + " est un nombre de degrés, de -" + limit + " à " + limit + ", avec un point : lon=4.39&lat=45.43.",
      name + " is a number of degrees, from -" + limit + " to " + limit + ", with a point: lon=4.39&lat=45.43."};
  return {.status = 400,
          .kind = value ? "broken-coordinate" : "missing-parameter",
          .detail = detail,
          .parameter = name,
          .value = value ? std::optional<std::string>(*value) : std::nullopt};
}

/// The whole text as a number; nothing for what is none, `inf` and `nan` included.
std::optional<double> number_in(std::string_view text) {
  double number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

template <class Axis>
Result<Angle<Axis>, Problem> angle_asked(const Query& query, std::string_view parameter, const char* limit) {
  const auto text = query.find(parameter);
  const auto number = text ? number_in(*text) : std::nullopt;
  const auto angle = number ? Angle<Axis>::make(*number) : std::nullopt;
  if (!angle) return Unexpected{not_an_angle(parameter, text, limit)};
  return *angle;
}

Result<LonLat, Problem> place_asked(const Query& query) {
  const auto lon = angle_asked<LongitudeAxis>(query, "lon", "180");
  if (!lon) return Unexpected{lon.error()};
  const auto lat = angle_asked<LatitudeAxis>(query, "lat", "90");
  if (!lat) return Unexpected{lat.error()};
  return LonLat{*lon, *lat};
}

/// A feature's value under that name, or null.
Document value_named(const domain::Layer& layer, std::size_t feature, std::string_view name) {
  for (std::size_t field = 0; field < layer.fields.size(); ++field)
    if (layer.fields[field].name == name) return value_document(layer.features.value(feature, field));
  return nullptr;
}

Document membership(const domain::Layer& layer, std::size_t feature) {
  auto code = value_named(layer, feature, "code");
  if (code.is_null()) code = layer.features.id(feature);
  return {{"set", layer.id}, {"code", std::move(code)}, {"name", value_named(layer, feature, "name")}};
}

/// Perimeters of this edition and of context sets; another edition's are not what was asked.
Document memberships_of(const atlas::Atlas& atlas, std::string_view edition, std::span<const std::uint32_t> members) {
  Document list = Document::array();
  for (const auto number : members)
    for (const auto& set : atlas.places.sets) {
      if (!set.numbers.holds(number)) continue;
      const auto& layer = atlas.layers[set.layer];
      if (layer.edition.empty() || layer.edition == edition)
        list.push_back(membership(layer, number - set.numbers.first));
    }
  return list;
}

}  // namespace

Answer locate(const Exchange& exchange) {
  if (auto fault = exchange.query.fault({"lon", "lat", "edition", "f", "lang"})) return Unexpected{std::move(*fault)};
  constexpr Format only_json{"json", json};
  if (const auto format = negotiated(exchange, {&only_json, 1}); !format) return Unexpected{format.error()};
  if (auto fault = fault_of_language(exchange)) return Unexpected{std::move(*fault)};
  const auto place = place_asked(exchange.query);
  if (!place) return Unexpected{place.error()};
  const auto& atlas = exchange.atlas;
  const auto edition = edition_named(atlas, exchange.query.find("edition").value_or(atlas.default_edition));
  if (!edition) return Unexpected{edition.error()};

  const auto number = static_cast<std::size_t>(*edition - atlas.editions.data());
  const auto location = atlas.places.locator.locate(*place, number);
  // Centimetres: the grid's own unit.
  const auto distance = location.distance ? Document(std::round(location.distance->value() * 100) / 100) : Document();
  const Document document{{"lon", place->lon.degrees()},
                          {"lat", place->lat.degrees()},
                          {"edition", (*edition)->id},
                          {"answer", analysis::code_of(location.answer)},
                          {"distance_m", distance},
                          {"tier", location.tier ? Document(*location.tier) : Document()},
                          {"memberships", memberships_of(atlas, (*edition)->id, location.members)}};
  Response response =
      public_response(200, json, Body::of(document.dump(-1, ' ', false, Document::error_handler_t::replace)));
  // Where somebody lives is kept by nobody on the way, nor by the kiosk's own browser.
  response.headers.set("Cache-Control", "no-store");
  return response;
}

}  // namespace geoprio::service
