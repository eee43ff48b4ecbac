#include "tileserver/service/commune_names.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace geoprio::service {
namespace {

using nlohmann::ordered_json;

struct Place {
  double x = 0, y = 0;  // degrees of longitude and latitude
};

/// The text of a named field, nothing when the layer has no such field or the value is unknown.
std::optional<std::string> text_of(const domain::Layer& layer, std::size_t feature, std::string_view name) {
  for (std::size_t number = 0; number < layer.fields.size(); ++number)
    if (layer.fields[number].name == name) {
      auto value = layer.features.value(feature, number);
      if (auto* text = std::get_if<std::string>(&value)) return std::move(*text);
    }
  return std::nullopt;
}

/// The codes in `42218;42095`, for every quarter of the layer.
std::set<std::string, std::less<>> commune_codes(const domain::Layer& quarters) {
  std::set<std::string, std::less<>> codes;
  for (std::size_t quarter = 0; quarter < quarters.features.size(); ++quarter) {
    const auto list = text_of(quarters, quarter, "communes");
    for (std::size_t begin = 0; list && begin < list->size();) {
      const auto end = std::min(list->find(';', begin), list->size());
      codes.insert(list->substr(begin, end - begin));
      begin = end + 1;
    }
  }
  return codes;
}

Place place_of(DegreePoint point) { return {longitude_of(point), latitude_of(point)}; }

/// Twice the signed area in square degrees and the latitude of the centroid: to place a name, not to measure.
struct Balance {
  double area = 0, latitude = 0;
};

Balance balance_of(const Ring<DegreePoint>& ring) {
  Balance balance;
  if (ring.points.empty()) return balance;
  const Place origin = place_of(ring.points.front());  // near the ring: the sums keep their digits
  Place previous = place_of(ring.points.back());
  for (const auto point : ring.points) {
    const Place next = place_of(point);
    const double cross = (previous.x - origin.x) * (next.y - origin.y) - (next.x - origin.x) * (previous.y - origin.y);
    balance.area += cross;
    balance.latitude += cross * ((previous.y - origin.y) + (next.y - origin.y)) / 3;
    previous = next;
  }
  balance.latitude = balance.area == 0 ? origin.y : origin.y + balance.latitude / balance.area;
  return balance;
}

/// Longitudes at which the ring crosses that latitude.
void add_crossings(const Ring<DegreePoint>& ring, double latitude, std::vector<double>& longitudes) {
  if (ring.points.empty()) return;
  Place previous = place_of(ring.points.back());
  for (const auto point : ring.points) {
    const Place next = place_of(point);
    if ((previous.y > latitude) != (next.y > latitude))
      longitudes.push_back(previous.x + (next.x - previous.x) * (latitude - previous.y) / (next.y - previous.y));
    previous = next;
  }
}

std::optional<Place> name_place(const DegreeShape& shape) {
  const Polygon<DegreePoint>* largest = nullptr;
  Balance balance;
  for (const auto& polygon : shape.polygons)
    if (const auto candidate = balance_of(polygon.shell); std::abs(candidate.area) > std::abs(balance.area)) {
      largest = &polygon;
      balance = candidate;
    }
  if (largest == nullptr) return std::nullopt;
  std::vector<double> longitudes;
  add_crossings(largest->shell, balance.latitude, longitudes);
  for (const auto& hole : largest->holes) add_crossings(hole, balance.latitude, longitudes);
  std::sort(longitudes.begin(), longitudes.end());
  std::optional<Place> place;
  double widest = 0;
  for (std::size_t number = 0; number + 1 < longitudes.size(); number += 2)
    if (const double width = longitudes[number + 1] - longitudes[number]; width > widest) {
      widest = width;
      place = Place{(longitudes[number] + longitudes[number + 1]) / 2, balance.latitude};
    }
  return place;
}

/// Seven decimals, as the grid has.
double rounded(double degrees) { return std::round(degrees * degree_units) / degree_units; }

}  // namespace

ordered_json commune_name_points(const atlas::Atlas& atlas, std::string_view edition) {
  auto features = ordered_json::array();
  const auto communes = atlas.layer_number("communes");
  const auto quarters = atlas.layer_number(std::string(edition) + ".quarters");
  if (communes && quarters) {
    const auto& layer = atlas.layers[*communes];
    const auto wanted = commune_codes(atlas.layers[*quarters]);
    for (std::size_t commune = 0; commune < layer.features.size(); ++commune) {
      const auto code = text_of(layer, commune, "code");
      const auto name = text_of(layer, commune, "name");
      if (!code || !name || !wanted.contains(*code)) continue;
      const auto geometry = layer.features.geometry(commune);
      const auto* shape = std::get_if<DegreeShape>(&geometry);
      if (shape == nullptr) continue;
      if (const auto place = name_place(*shape))
        features.push_back(
            {{"type", "Feature"},
             {"properties", {{"code", *code}, {"name", *name}}},
             {"geometry", {{"type", "Point"}, {"coordinates", {rounded(place->x), rounded(place->y)}}}}});
    }
  }
  return {{"type", "FeatureCollection"}, {"features", std::move(features)}};
}

}  // namespace geoprio::service
