// All that was read for an atlas: valid perimeters on the grid, indicators by quarter, and what was refused and why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "geo/core/attribute.hpp"
#include "geo/core/lon_lat.hpp"
#include "geo/core/shape.hpp"
#include "geo/expression/tier_conditions.hpp"
#include "geo/loading/atlas_file.hpp"

namespace geoprio::loading {

/// The set whose perimeters are communes, by INSEE code.
inline constexpr const char* commune_set_id = "communes";
/// What reports call the cells of `[population]`.
inline constexpr const char* population_set_id = "[population]";
/// What reports call the addresses.
inline constexpr const char* addresses_id = "[addresses]";
/// What reports call an edition's table of indicators.
inline std::string indicators_of(const std::string& edition) { return edition + ".indicators"; }

struct LoadedPerimeter {
  std::string code, name;              ///< code may be empty in a context set without one
  std::vector<AttributeValue> values;  ///< one per field of the set
  DegreeShape shape;                   ///< valid, on the grid
  std::int64_t row = 0;                ///< in its source, from 1
};

struct LoadedSet {
  PerimeterSettings settings;
  std::vector<Field> fields;
  std::vector<LoadedPerimeter> perimeters;
};

struct LoadedQuarter {
  LoadedPerimeter perimeter;
  std::vector<std::string> communes;  ///< INSEE codes; empty: the source does not say
  std::optional<std::string> status_national;
  std::optional<std::string> tier_from_source;
  std::map<std::string, double, std::less<>> indicators;  ///< by indicator id; missing ones are not in it
  std::optional<double> households;
};

struct LoadedEdition {
  EditionSettings settings;
  std::optional<expression::TierConditions> conditions;  ///< with the rules; nothing without a rules file
  std::string rules_text;
  std::vector<Field> fields;
  std::vector<LoadedQuarter> quarters;  ///< never empty
  std::size_t refusals = 0;             ///< of the report's, so many are of its quarters and indicators

  /// The rules, or null.
  [[nodiscard]] const domain::TierRules* rules() const { return conditions ? &conditions->rules() : nullptr; }
};

struct LoadedCell {
  std::string code;
  DegreeShape shape;
  double count = 0;  ///< people
};

struct LoadedAddress {
  std::string id;
  std::uint32_t number = 0;
  std::string suffix;  ///< `bis`; may be empty
  LonLat place;
};

struct LoadedStreet {
  std::string name, postcode, commune_code, commune;
  std::vector<LoadedAddress> addresses;  ///< never empty
};

struct SourceRecord {
  std::string set;          ///< a set's or edition's id; `[population]`; `[addresses]`; `2014.indicators`
  std::string file, layer;  ///< as atlas.toml writes it; a connection without its password
  std::size_t read = 0, repaired = 0, refused = 0;
  std::optional<std::uint64_t> snapshot = {};  ///< hash of what was read of a source without a file: a database

  static auto members(auto& self) {
    return std::tie(self.set, self.file, self.layer, self.read, self.repaired, self.refused, self.snapshot);
  }
};

struct RepairRecord {
  std::string file, feature, code;
  double area_changed_m2 = 0;
  double share = 0;  ///< of the source's area

  static auto members(auto& self) {
    return std::tie(self.file, self.feature, self.code, self.area_changed_m2, self.share);
  }
};

struct RefusalRecord {
  std::string file, feature, reason, remedy;

  static auto members(auto& self) { return std::tie(self.file, self.feature, self.reason, self.remedy); }
};

struct LoadReport {
  std::vector<SourceRecord> sources;
  std::vector<RepairRecord> repairs;
  std::vector<RefusalRecord> refusals;
  std::vector<std::string> warnings;

  static auto members(auto& self) { return std::tie(self.sources, self.repairs, self.refusals, self.warnings); }
};

struct LoadedAtlas {
  AtlasFile file;
  std::vector<LoadedSet> sets;
  std::vector<LoadedEdition> editions;
  std::optional<std::vector<LoadedCell>> population;
  std::vector<LoadedStreet> streets;  ///< empty without `[addresses]`
  LoadReport report;
  std::string fingerprint_public;  ///< 16 hex digits; without non-public editions and what only they use
  std::string fingerprint_whole;

  /// The place in `sets` of the communes: the set with the id `communes`.
  [[nodiscard]] std::optional<std::size_t> commune_set() const {
    for (std::size_t place = 0; place < sets.size(); ++place)
      if (sets[place].settings.id == commune_set_id) return place;
    return std::nullopt;
  }
};

}  // namespace geoprio::loading
