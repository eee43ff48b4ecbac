// atlas.toml as typed settings: everything in it is checked that can be checked without reading the sources.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/language.hpp"
#include "geo/core/quantity.hpp"
#include "geo/domain/basemap.hpp"
#include "geo/domain/consultation.hpp"
#include "geo/domain/date.hpp"
#include "geo/domain/decision.hpp"
#include "geo/domain/kiosk.hpp"
#include "geo/domain/stage.hpp"

namespace geoprio::loading {

/// What every source table may say. `data` as written: a file relative to the atlas file, `/vsizip/…`, `PG:…`.
struct SourceSettings {
  std::string data;
  std::string crs, layer, encoding;  ///< empty: as the source says
  std::string title, source, licence, attribution, date;
  bool snap = false;
};

struct PerimeterSettings {
  std::string id;
  SourceSettings source;
  std::string code, name;  ///< field names; empty: not given
};

struct PopulationSettings {
  SourceSettings source;
  std::string count;  ///< the field with the number of people
};

struct QuarterSettings {
  SourceSettings source;
  std::string code;                          ///< field names, matched without regard to case
  std::string name, communes, status, tier;  ///< empty: not given
};

struct IndicatorSettings {
  SourceSettings source;
  std::string key;
  std::map<std::string, std::string> columns;  ///< indicator id to column name, where they differ
};

struct BandSettings {
  std::string tier;
  Metres metres;
};

struct EditionSettings {
  std::string id, title;
  domain::Stage stage = domain::Stage::draft;
  std::optional<domain::Date> valid_from, valid_to;
  std::optional<std::string> previous;
  QuarterSettings quarters;
  std::optional<IndicatorSettings> indicators;
  std::string rules;  ///< a file; empty: no rules
  std::vector<BandSettings> bands;
  std::vector<domain::Decision> decisions;
};

struct AtlasFile {
  std::filesystem::path path;  ///< of the file itself
  std::string title;
  std::string metric_crs;
  std::string default_edition;   ///< empty: the current one
  std::vector<std::string> crs;  ///< offered beside those of every atlas
  std::vector<PerimeterSettings> perimeters;
  std::optional<PopulationSettings> population;
  std::vector<EditionSettings> editions;
  unsigned max_zoom = 16;
  std::size_t cache_mb = 64;
  Metres sliver_width{1};
  std::optional<SourceSettings> addresses;
  domain::Kiosk kiosk;
  domain::Consultation consultation;
  std::optional<domain::Basemap> basemap;  ///< nothing: the communes are drawn behind
  /// The settings as parsed (no comments, no layout, keys in order): what the fingerprints begin with. The public text
  /// is without the editions that are not. A connection string is its scheme alone (`PG:`).
  std::string settings_public, settings_whole;

  /// What OGR opens for `data`: files relative to the atlas file are made so; `/vsi…`, `PG:…` and other connection
  /// strings are left as they are, but a relative path inside `/vsizip/` follows the atlas file too.
  [[nodiscard]] std::string location_of(const std::string& data) const;
};

/// Reads an atlas.toml, or the one in a folder.
/// @throws LoadError naming file, line, what was expected and what to do.
AtlasFile read_atlas_file(const std::filesystem::path& place, Language language);

}  // namespace geoprio::loading
