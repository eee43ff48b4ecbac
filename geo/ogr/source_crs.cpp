#include "geo/ogr/source_crs.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace geoprio::ogr {

namespace {

std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }

/// GeoPackage's srs_id 0 and -1, and what GDAL 3.9 calls "Undefined SRS".
bool calls_itself_undefined(std::string_view name) {
  static constexpr std::string_view undefined = "undefined";
  return name.size() >= undefined.size() &&
         std::equal(undefined.begin(), undefined.end(), name.begin(),
                    [](char expected, char letter) { return expected == (letter | 0x20); });
}

bool says_crs84_by_standard(const std::string& driver) {
  static constexpr std::array<std::string_view, 4> drivers{"GeoJSON", "GeoJSONSeq", "KML", "LIBKML"};
  return std::ranges::find(drivers, driver) != drivers.end();
}

std::string definition_of(OGRSpatialReferenceH reference) {
  const std::string authority = text_or_empty(OSRGetAuthorityName(reference, nullptr));
  const std::string code = text_or_empty(OSRGetAuthorityCode(reference, nullptr));
  if (!authority.empty() && !code.empty()) return authority + ":" + code;
  char* wkt = nullptr;
  static constexpr std::array<const char*, 2> options{"FORMAT=WKT2_2019", nullptr};
  OSRExportToWktEx(reference, &wkt, options.data());
  const TextHandle owned(wkt);
  return text_or_empty(wkt);
}

}  // namespace

std::optional<SourceCrs> crs_of(OGRSpatialReferenceH reference, const std::string& driver) {
  if (reference == nullptr || OSRIsLocal(reference) != 0) return std::nullopt;
  const std::string name = text_or_empty(OSRGetName(reference));
  if (calls_itself_undefined(name)) return std::nullopt;
  SourceCrs crs{.definition = definition_of(reference),
                .name = name,
                .geographic = OSRIsGeographic(reference) != 0,
                .declared_by_standard = false};
  if (crs.definition.empty()) return std::nullopt;
  const bool is_wgs84 = crs.definition == "EPSG:4326" || crs.definition == "OGC:CRS84";
  crs.declared_by_standard = is_wgs84 && says_crs84_by_standard(driver);
  return crs;
}

bool northing_comes_first(OGRSpatialReferenceH reference) {
  if (reference == nullptr) return false;
  OGRAxisOrientation first_axis = OAO_Other;
  OSRGetAxis(reference, nullptr, 0, &first_axis);
  const bool authority_says_north_first = first_axis == OAO_North;
  int count = 0;
  const int* mapping = OSRGetDataAxisToSRSAxisMapping(reference, &count);
  const bool swapped = mapping != nullptr && count >= 2 && mapping[0] == 2;
  return authority_says_north_first != swapped;
}

}  // namespace geoprio::ogr
