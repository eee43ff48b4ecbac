#include "geo/loading/page_settings.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <string_view>

namespace geoprio::loading {
namespace {

bool is_host_letter(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '.' || letter == '-';
}

/// `https://host[:port]` of an address; nothing when it is none, or when a Content-Security-Policy cannot name its host
/// (CSP 3 §2.3.1: letters, digits, hyphens and dots; a name with anything else could end the directive).
std::optional<std::string> origin_of(std::string_view address) {
  const auto scheme = address.find("://");
  if (scheme == std::string_view::npos) return std::nullopt;
  if (address.substr(0, scheme) != "https" && address.substr(0, scheme) != "http") return std::nullopt;
  const auto start = scheme + 3;
  const auto end = std::min(address.find_first_of("/?#", start), address.size());
  const auto authority = address.substr(start, end - start);
  const auto colon = authority.find(':');
  const auto host = authority.substr(0, colon);
  const auto port = colon == std::string_view::npos ? std::string_view() : authority.substr(colon + 1);
  const bool digits = std::all_of(port.begin(), port.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
  if (host.empty() || !std::all_of(host.begin(), host.end(), is_host_letter)) return std::nullopt;
  if (!digits || port.size() > 5 || (colon != std::string_view::npos && port.empty())) return std::nullopt;
  return std::string(address.substr(0, end));
}

void add_origin(TomlReader& reader, const char* key, const std::string& address, domain::Basemap& basemap) {
  const auto origin = origin_of(address);
  if (!origin)
    reader.fail(key, {"« " + address + " » n'est pas une adresse : https://hote[:port]/…",
                      "“" + address + "” is no address: https://host[:port]/…"});
  if (std::find(basemap.origins.begin(), basemap.origins.end(), *origin) == basemap.origins.end())
    basemap.origins.push_back(*origin);
}

/// What `style = { … }` says.
domain::Basemap basemap_in_table(TomlReader reader) {
  domain::Basemap basemap;
  const auto pmtiles = reader.text("pmtiles");
  const auto raster = reader.text("raster");
  basemap.attribution = reader.text("attribution");
  reader.finish();
  if (pmtiles.empty() == raster.empty())
    reader.fail("raster", {"donnez soit pmtiles = \"…\", soit raster = \"https://…/{z}/{x}/{y}.png\".",
                           "give either pmtiles = \"…\" or raster = \"https://…/{z}/{x}/{y}.png\"."});
  basemap.kind = raster.empty() ? domain::BasemapKind::pmtiles : domain::BasemapKind::raster;
  basemap.location = raster.empty() ? pmtiles : raster;
  for (const char* part : {"{z}", "{x}", "{y}"})
    if (!raster.empty() && raster.find(part) == std::string::npos)
      reader.fail("raster", {"l'adresse doit contenir {z}, {x} et {y}.", "the address must hold {z}, {x} and {y}."});
  if (!basemap.is_file() || !raster.empty())
    add_origin(reader, raster.empty() ? "pmtiles" : "raster", basemap.location, basemap);
  return basemap;
}

}  // namespace

domain::Kiosk kiosk_settings(TomlReader reader) {
  domain::Kiosk kiosk;
  kiosk.idle_s = reader.whole("idle_s", 1, 86400, kiosk.idle_s);
  kiosk.warning_s = reader.whole("warning_s", 20, 3600, kiosk.warning_s);
  kiosk.near_limit = Metres(reader.number("near_limit_m").value_or(kiosk.near_limit.value()));
  if (!(kiosk.near_limit.value() >= 0 && kiosk.near_limit.value() <= 1000))
    reader.fail("near_limit_m", {"« near_limit_m » doit être entre 0 et 1 000 mètres.",
                                 "“near_limit_m” must be between 0 and 1,000 metres."});
  reader.finish();
  return kiosk;
}

domain::Basemap basemap_settings(TomlReader reader) {
  domain::Basemap basemap;
  if (reader.holds_table("style")) {
    basemap = basemap_in_table(*reader.table("style"));
  } else {
    basemap.location = reader.required_text("style");
    if (!basemap.is_file()) add_origin(reader, "style", basemap.location, basemap);
  }
  for (const auto& host : reader.texts("hosts")) add_origin(reader, "hosts", host, basemap);
  reader.finish();
  return basemap;
}

}  // namespace geoprio::loading
