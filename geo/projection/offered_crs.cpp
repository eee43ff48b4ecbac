#include "geo/projection/offered_crs.hpp"

#include <algorithm>
#include <array>

#include "geo/projection/proj.hpp"
#include "geo/projection/reprojector.hpp"

namespace geoprio::projection {
namespace {

// Metropolitan France, its nine conformal conic zones, the Antilles, La Réunion, Mayotte, Guyane, Saint-Pierre and
// Miquelon.
constexpr std::array of_every_atlas = {degrees_crs, "EPSG:4326", "EPSG:3857", "EPSG:2154", "EPSG:3942", "EPSG:3943",
                                       "EPSG:3944", "EPSG:3945", "EPSG:3946", "EPSG:3947", "EPSG:3948", "EPSG:3949",
                                       "EPSG:3950", "EPSG:5490", "EPSG:2975", "EPSG:4471", "EPSG:2972", "EPSG:4467"};

bool first_axis_goes_north(PJ_CONTEXT* context, const PJ* crs) {
  const ObjectHandle system(proj_crs_get_coordinate_system(context, crs));
  const char* direction = nullptr;
  if (!system || proj_cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, &direction, nullptr, nullptr,
                                       nullptr, nullptr) == 0)
    return false;
  return direction != nullptr && std::string(direction) == "north";
}

bool is_word(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
           letter == '_' || letter == '-' || letter == '.';
  });
}

}  // namespace

OfferedCrs OfferedCrs::make(const std::string& definition) {
  const auto colon = std::min(definition.find(':'), definition.size());
  const std::string authority = definition.substr(0, colon);
  const std::string code = definition.substr(std::min(colon + 1, definition.size()));
  if (!is_word(authority) || !is_word(code))
    throw CrsError(BilingualText{
        "« " + definition + " » n'a pas d'adresse que des clients puissent demander : écrire par exemple « EPSG:2154 »",
        "« " + definition + " » has no address that clients could ask for: write « EPSG:2154 », say"});
  auto* const context = asking_context();
  const auto crs = crs_object(context, definition);
  const auto kind = kind_of(context, crs.get());
  if (kind == CrsKind::other)
    throw CrsError(BilingualText{"« " + definition + " » n'est ni géographique ni projeté",
                                 "« " + definition + " » is neither geographic nor projected"});
  OfferedCrs offered;
  offered.definition_ = definition;
  // Only the OGC versions its own systems; the others' version 0 is whichever is current.
  offered.address_ = "http://www.opengis.net/def/crs/" + authority + (authority == "OGC" ? "/1.3/" : "/0/") + code;
  offered.wgs84_degrees_ = definition == degrees_crs || definition == "EPSG:4326";
  offered.geographic_ = kind == CrsKind::geographic;
  offered.northing_first_ = first_axis_goes_north(context, crs.get());
  return offered;
}

std::vector<OfferedCrs> offered_crs(std::span<const std::string> more) {
  std::vector<OfferedCrs> offered;
  const auto add = [&](const std::string& definition) {
    const bool known =
        std::any_of(offered.begin(), offered.end(), [&](const auto& one) { return one.definition() == definition; });
    if (!known) offered.push_back(OfferedCrs::make(definition));
  };
  for (const auto* definition : of_every_atlas) add(definition);
  for (const auto& definition : more) add(definition);
  return offered;
}

}  // namespace geoprio::projection
