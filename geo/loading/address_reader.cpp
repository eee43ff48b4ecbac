#include "geo/loading/address_reader.hpp"

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "geo/loading/field_places.hpp"
#include "geo/loading/indicator_table.hpp"
#include "geo/loading/perimeter_reader.hpp"
#include "geo/loading/source_rows.hpp"
#include "geo/ogr/source.hpp"

namespace geoprio::loading {
namespace {

struct Columns {
  std::size_t id, number, street, postcode, commune_code, commune, lon, lat;
  std::optional<std::size_t> suffix;
};

Columns columns_of(const ogr::Source& source, const std::string& file, Language language) {
  const auto place = [&](const char* name) { return required_field_place(source.fields(), name, file, language); };
  return {place("id"),          place("numero"),     place("nom_voie"),
          place("code_postal"), place("code_insee"), place("nom_commune"),
          place("lon"),         place("lat"),        field_place(source.fields(), "rep")};
}

/// Streets by commune, name and postal code: the same on every server.
using Streets = std::map<std::tuple<std::string, std::string, std::string>, LoadedStreet>;

/// Whether the row has all that an address needs.
bool take(const ogr::SourceFeature& row, const Columns& columns, Streets& streets) {
  const auto text = [&](std::size_t column) { return code_text(row.values[column]); };
  // The columns that GDAL takes for the place come as numbers, the others of a CSV as text.
  const auto number_in = [&](std::size_t column) {
    const auto* real = std::get_if<double>(&row.values[column]);
    return real != nullptr ? std::optional(*real) : french_number(text(column));
  };
  const auto number = number_in(columns.number);
  const auto lon = number_in(columns.lon);
  const auto lat = number_in(columns.lat);
  const auto place = lon && lat ? LonLat::make(*lon, *lat) : std::nullopt;
  auto street = text(columns.street);
  // Number 99999 stands for a place that has none.
  if (!number || !(*number >= 0 && *number < 99999) || !place || street.empty()) return false;
  auto commune = text(columns.commune_code);
  auto postcode = text(columns.postcode);
  auto& entry = streets[{commune, street, postcode}];
  if (entry.addresses.empty()) {
    entry.name = std::move(street);
    entry.postcode = std::move(postcode);
    entry.commune_code = std::move(commune);
    entry.commune = text(columns.commune);
  }
  entry.addresses.push_back({text(columns.id), static_cast<std::uint32_t>(*number),
                             columns.suffix ? text(*columns.suffix) : std::string(), *place});
  return true;
}

}  // namespace

std::vector<LoadedStreet> loaded_streets(const AtlasFile& file, const LoadOptions& options, LoadReport& report) {
  if (!file.addresses) return {};
  const auto location = file.location_of(file.addresses->data);
  auto source = ogr::Source::open({location, file.addresses->layer, file.addresses->encoding});
  const auto printed = printed_source(file.addresses->data, location, source);
  const auto columns = columns_of(source, printed, options.language);
  Streets streets;
  SourceRecord record{.set = addresses_id, .file = printed, .layer = source.layer()};
  std::size_t unusable = 0;
  record.snapshot = read_rows(source, location, [&](ogr::SourceFeature&& row) {
    ++record.read;
    if (!take(row, columns, streets)) ++unusable;
  });
  if (unusable > 0)
    report.warnings.push_back(
        printed + ": " +
        in(options.language, {std::to_string(unusable) +
                                  " ligne(s) sans voie, sans numéro ou sans position en degrés : elles ne comptent "
                                  "pas.",
                              std::to_string(unusable) +
                                  " row(s) without a street, a number or a place in degrees: they do not count."}));
  report.sources.push_back(std::move(record));
  std::vector<LoadedStreet> list;
  for (auto& [key, street] : streets) list.push_back(std::move(street));
  return list;
}

}  // namespace geoprio::loading
